/** CPU time of this process in microseconds: other work on the machine hardly counts. */
export function cpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;

/**
 * CPU microseconds of one call of each work, as medians of interleaved rounds after a warm-up, so that no work has a quieter
 * machine or a warmer compiler than another. A work answers a number that is not zero, so that nothing is optimised away.
 */
export function interleavedUs(works, { rounds, times }) {
  const took = works.map(() => []);
  let turn = 0;
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      let sink = 0;
      const before = cpuUs();
      for (let time = 0; time < times; time += 1) sink += work((turn += 1));
      const spent = (cpuUs() - before) / times;
      if (sink === 0) throw new Error('The work gave nothing.');
      if (round >= 0) took[index].push(spent);
    }
  }
  return took.map(median);
}

/** Prints a figure beside its goal; answers whether it is met. */
export function judge(what, value, goal, unit = '') {
  const met = value <= goal;
  console.log(`  ${met ? 'met    ' : 'MISSED '} ${what}: ${value.toFixed(2)}${unit} (goal <= ${goal}${unit})`);
  return met;
}
