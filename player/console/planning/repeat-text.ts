import type { Repeat } from '../../../media/plan/repeats.ts';
import type { Words } from '../words/words.tsx';

/** A rule in words: `每周一、三，至 2026-12-31，2 天除外`. */
export function repeatText(repeat: Repeat, words: Words['repeats']): string {
  const parts = [
    ruleText(repeat, words.rules),
    ...(repeat.until === undefined ? [] : [words.upTo(repeat.until)]),
    ...(repeat.except === undefined || repeat.except.length === 0 ? [] : [words.excepted(repeat.except.length)]),
  ];
  return parts.join(words.comma);
}

function ruleText(repeat: Repeat, rules: Words['repeats']['rules']): string {
  switch (repeat.every) {
    case 'day':
      return rules.day();
    case 'week':
      return rules.week([...repeat.weekdays].sort((a, b) => a - b));
    case 'month':
      return rules.month([...repeat.dates].sort((a, b) => (a === -1 ? 1 : b === -1 ? -1 : a - b)));
    case 'month-weekday':
      return rules.monthWeekday(repeat.weekday, repeat.week);
  }
}
