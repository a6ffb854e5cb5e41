import type { Words } from '../words/words.tsx';

/** How long something still takes, in words: `大约还要 6 分钟`; whole minutes, rounded up. */
export function timeLeftText(ms: number, { timeLeft }: Words['films']): string {
  const minutes = Math.ceil(ms / 60_000);
  if (ms < 60_000) return timeLeft.underMinute;
  return minutes < 60 ? timeLeft.minutes(minutes) : timeLeft.hours(Math.floor(minutes / 60), minutes % 60);
}
