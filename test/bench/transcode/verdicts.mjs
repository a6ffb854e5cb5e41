const verdicts = [];

/** Notes a goal that is a bound from above; undefined or NaN is a measure that was not taken. */
export function judge(what, value, atMost, unit = '') {
  const isMeasured = Number.isFinite(value);
  const word = isMeasured ? (value <= atMost ? 'passed' : 'missed') : 'not there';
  const said = isMeasured ? `${value.toFixed(3)}${unit}` : '-';
  verdicts.push(`${word.padEnd(10)} ${what}: ${said} (goal <= ${atMost}${unit})`);
}

/** The same with a bound from below. */
export function judgeAtLeast(what, value, atLeast, unit = '') {
  const word = Number.isFinite(value) ? (value >= atLeast ? 'passed' : 'missed') : 'not there';
  verdicts.push(`${word.padEnd(10)} ${what}: ${value.toFixed(4)}${unit} (goal >= ${atLeast}${unit})`);
}

export const printVerdicts = () => console.log(`\n${verdicts.join('\n')}`);
