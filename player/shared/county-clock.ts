/** Formats instants in county time for people; the browser's own zone never shows. */
export interface CountyClock {
  /** `19:30`. */
  readonly time: (atMs: number) => string;
  /** `2026-12-01`: also the key that groups a guide by day. */
  readonly day: (atMs: number) => string;
  /** `12月1日 星期二`, or `Tue, 1 Dec`. */
  readonly dayInWords: (atMs: number, language: 'zh' | 'en') => string;
}

/** Makes the formatter of one IANA zone; building Intl objects is slow on boxes, so there is one set a page. */
export function countyClock(timeZone: string): CountyClock {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hour12: false });
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const words = {
    zh: new Intl.DateTimeFormat('zh-CN', { timeZone, month: 'long', day: 'numeric', weekday: 'long' }),
    en: new Intl.DateTimeFormat('en-GB', { timeZone, month: 'short', day: 'numeric', weekday: 'short' }),
  };
  return {
    // Some engines write midnight as 24:00.
    time: (atMs) => time.format(atMs).replace(/^24/, '00'),
    day: (atMs) => day.format(atMs),
    dayInWords: (atMs, language) => words[language].format(atMs),
  };
}

/** Whether a part of [startAtMs, endAtMs) falls on this day; what runs over midnight is on both. */
export const isOnDay = (clock: CountyClock, day: string, { startAtMs, endAtMs }: DayRange): boolean =>
  clock.day(startAtMs) === day || clock.day(endAtMs - 1) === day;

interface DayRange {
  readonly startAtMs: number;
  readonly endAtMs: number;
}

/** The county's zone (setting TIME_ZONE), which the server writes on the page's first element. */
export const countyTimeZone = (): string => document.documentElement.dataset['timeZone'] ?? 'Asia/Shanghai';

/** Lengths for people: `5:07`, `1:02:03`. */
export function lengthText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
