import { foldCell, type SheetValue } from './sheet-page.ts';

/** A time of day in ms since midnight, [startMs, endMs); an end at or before the start is one of the next day. */
export interface SheetTime {
  readonly startMs: number;
  readonly endMs?: number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** What a word for a part of the day adds to an hour of the twelve-hour clock; undefined where the two contradict. */
function hourOf(part: string, hour: number): number | undefined {
  if (hour > 12) return hour;
  if (/^(中午|正午)$/u.test(part)) return hour === 12 || hour === 11 ? hour : hour <= 2 ? hour + 12 : undefined;
  if (/^(下午|傍晚|pm|p\.m\.)$/u.test(part)) return hour === 12 ? 12 : hour + 12;
  // 晚上12点 is a midnight, of which day nobody can say.
  if (/^(晚上|晚间|晚|夜里|夜间)$/u.test(part)) return hour === 12 ? undefined : hour + 12;
  if (/^(凌晨|am|a\.m\.)$/u.test(part)) return hour === 12 ? 0 : hour;
  return hour;
}

const parts = '凌晨|清晨|早上|早晨|早间|早|上午|中午|正午|下午|傍晚|晚上|晚间|晚|夜里|夜间|am|pm|a\\.m\\.|p\\.m\\.';
const clockForm = new RegExp(
  `^(${parts})?\\s*(\\d{1,2})\\s*(?::(\\d{2})(?::(\\d{2}))?|[点时]\\s*(?:(半|[一三]刻|1刻|3刻|整)|(\\d{1,2})\\s*分?\\s*(?:(\\d{1,2})\\s*秒)?)?)\\s*(am|pm|a\\.m\\.|p\\.m\\.)?$`,
  'u',
);
const spokenMinutes: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, '1刻': 15, 三刻: 45, '3刻': 45, 整: 0 };

/** One time with the part of the day that it names; 24:00 is allowed where something ends. */
function readClock(text: string, inherited?: string): { readonly atMs: number; readonly part?: string } | undefined {
  const found = clockForm.exec(text);
  if (found === null) return undefined;
  const [, before, hourText, colonMinute, colonSecond, spoken, saidMinute, saidSecond, behind] = found;
  const part = behind ?? before ?? inherited;
  const hour = part === undefined ? Number(hourText) : hourOf(part, Number(hourText));
  const minute = spoken === undefined ? Number(colonMinute ?? saidMinute ?? 0) : (spokenMinutes[spoken] ?? 0);
  const second = Number(colonSecond ?? saidSecond ?? 0);
  if (hour === undefined || hour > 24 || minute > 59 || second > 59) return undefined;
  const atMs = hour * hourMs + minute * minuteMs + second * 1000;
  if (atMs > dayMs) return undefined;
  return { atMs, ...(part === undefined ? {} : { part }) };
}

/**
 * Reads a time of day or a range: `8:30`, `08:30:00`, `8：30`, `上午8:30`, `晚7点半`, `19时30分`, `8:30-9:15`,
 * `下午2点至3点`, a spreadsheet's fraction of a day. 24:00 is a time only as an end. Undefined for anything else.
 */
export function readSheetTime(value: SheetValue): SheetTime | undefined {
  if (typeof value === 'number') {
    // A serial number of a day with its time: the part behind the point is the time.
    const atMs = Math.round((value - Math.floor(value)) * 86_400) * 1000;
    return value < 0 || value >= 80_000 || (value >= 1 && value < 61) ? undefined : { startMs: atMs % dayMs };
  }
  const text = foldCell(value)
    .toLowerCase()
    .replaceAll('∶', ':')
    .replace(/\s*:\s*/gu, ':');
  const [first = '', second, ...more] = text.split(/\s*(?:-+|—+|–|~|至|到|→)\s*/u);
  const start = readClock(first);
  if (start === undefined || start.atMs >= dayMs || more.length > 0) return undefined;
  if (second === undefined || second === '') return { startMs: start.atMs };
  const isOwnClock = /^\d{1,2}\s*[:点时]/u.test(second);
  const end = readClock(second, isOwnClock ? start.part : undefined);
  if (end === undefined || end.atMs === start.atMs) return undefined;
  return { startMs: start.atMs, endMs: end.atMs > start.atMs ? end.atMs : end.atMs + dayMs };
}

const lengthForms = {
  clock: /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/u,
  spoken:
    /^(?:(\d{1,2})\s*(?:小时|时|h))?\s*(?:(\d{1,4})\s*(?:分钟|分|min|m|'|′))?\s*(?:(\d{1,5})\s*(?:秒钟|秒|s|"|″))?$/u,
  minutes: /^(\d{1,3})$/u,
};

/** Reads a length in ms: `45:20` (minutes and seconds), `1:02:03`, `45分20秒`, `30分钟`, `90秒`, `30` (minutes), a fraction of a day. */
export function readSheetLength(value: SheetValue): number | undefined {
  if (typeof value === 'number') {
    if (value > 0 && value < 1) return Math.round(value * 86_400) * 1000;
    return value >= 1 && value <= 1440 ? Math.round(value * 60) * 1000 : undefined;
  }
  const text = foldCell(value).toLowerCase();
  if (text === '') return undefined;
  const minutes = lengthForms.minutes.exec(text);
  if (minutes !== null) return Number(minutes[1]) * minuteMs || undefined;
  const found = lengthForms.clock.exec(text) ?? lengthForms.spoken.exec(text);
  if (found === null) return undefined;
  const [hours, mins, seconds] = found.slice(1, 4).map((part) => Number(part || 0));
  const ms = (hours ?? 0) * hourMs + (mins ?? 0) * minuteMs + (seconds ?? 0) * 1000;
  return ms > 0 && ms <= dayMs ? ms : undefined;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Ms since midnight as `19:30:00`; lengths alike, as `0:45:20`. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
}
