import type { Words } from '../words/words.tsx';

/** A rough length in words: `大约还要 6 分钟`; whole minutes, rounded up. */
export function roughLength(ms: number, words: Words['films']): string {
  const minutes = Math.ceil(ms / 60_000);
  if (ms < 60_000) return words.underMinute;
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60), minutes % 60);
}
