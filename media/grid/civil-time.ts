/** Why a civil date or time was refused; the row of finding or field says where it stood. */
export type CivilProblem =
  /** Not written as `2026-12-01` or `2026-12-01T19:30:00+08:00`, full-width digits included. */
  | 'bad_format'
  /** No such day: 29 February of a common year, 31 April, month 13. */
  | 'bad_date'
  /** No such time: 25:00, 23:59:60, 24:00 where nothing ends, an hour that summer time skips. */
  | 'bad_time'
  /** Before 2000 or after 2100. */
  | 'bad_year';

/** An instant in UTC ms, or why there is none. */
export type CivilResult =
  { readonly ok: true; readonly atMs: number } | { readonly ok: false; readonly code: CivilProblem };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/;
const timeForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?(Z|[+-]\d{2}:\d{2})?$/;

/** One formatter a zone: making one costs a hundred times more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-US', {
    ...options,
    second: '2-digit',
    hourCycle: 'h23',
    calendar: 'iso8601',
    numberingSystem: 'latn',
    timeZone: zone,
  });
  formatters.set(zone, made);
  return made;
}

/** Difference of a zone (IANA name) to UTC in ms at an instant, summer time included; throws RangeError on an unknown zone. */
export function zoneOffsetMs(zone: string, atMs: number): number {
  const parts: Record<string, number> = {};
  const wholeMs = Math.floor(atMs / 1000) * 1000;
  for (const { type, value } of formatterOf(zone).formatToParts(wholeMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs;
}

/** First instant that shows `localMs` (civil time written as if it were UTC) in a zone; undefined when clocks skip it. */
function instantOf(localMs: number, zone: string): number | undefined {
  // A zone moves its clocks at most once in two days, so the offsets a day before and after are the only candidates.
  const offsets = [zoneOffsetMs(zone, localMs - DAY_MS), zoneOffsetMs(zone, localMs + DAY_MS)];
  const instants = offsets
    .map((offset) => localMs - offset)
    .filter((atMs) => atMs + zoneOffsetMs(zone, atMs) === localMs);
  return instants.length > 0 ? Math.min(...instants) : undefined;
}

/** Midnight of a date as if it were UTC, or why there is no such date. */
function localDate(year: number, month: number, day: number): number | CivilProblem {
  if (year < 2000 || year > 2100) return 'bad_year';
  const localMs = Date.UTC(year, month - 1, day);
  const back = new Date(localMs);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? localMs : 'bad_date';
}

/** First instant of a county date such as `2026-12-01`; where summer time skips midnight, the end of the skipped hour. */
export function parseCivilDate(text: string, zone: string): CivilResult {
  const [, year, month, day] = dateForm.exec(text) ?? [];
  if (year === undefined) return { ok: false, code: 'bad_format' };
  const localMs = localDate(Number(year), Number(month), Number(day));
  if (typeof localMs === 'string') return { ok: false, code: localMs };
  for (let skipped = 0; skipped <= 180; skipped += 15) {
    const atMs = instantOf(localMs + skipped * MINUTE_MS, zone);
    if (atMs !== undefined) return { ok: true, atMs };
  }
  return { ok: false, code: 'bad_date' };
}

/** Offset in ms of `Z` or `+08:00`; undefined for one that no zone has. */
function writtenOffset(text: string): number | undefined {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  if (Number(text.slice(4, 6)) > 59 || minutes > 14 * 60) return undefined;
  return (text.startsWith('-') ? -minutes : minutes) * MINUTE_MS;
}

/**
 * Instant of a civil time such as `2026-12-01T19:30:00+08:00`; without offset it is county time, and an hour that clocks
 * show twice means its first time. `24:00` is a time only where something may end.
 */
export function parseCivilTime(
  text: string,
  zone: string,
  options: { readonly mayEndDay?: boolean } = {},
): CivilResult {
  const parts = timeForm.exec(text);
  if (!parts) return { ok: false, code: 'bad_format' };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = parts
    .slice(1, 8)
    .map((part) => Number(part || 0));
  const dateMs = localDate(year, month, day);
  if (typeof dateMs === 'string') return { ok: false, code: dateMs };
  const lengthMs = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  const endsDay = hour === 24 && lengthMs === DAY_MS && options.mayEndDay === true;
  if (!endsDay && (hour > 23 || minute > 59 || second > 59)) return { ok: false, code: 'bad_time' };
  const written = parts[8];
  const offset = written === undefined ? undefined : writtenOffset(written);
  if (written !== undefined && offset === undefined) return { ok: false, code: 'bad_format' };
  const localMs = dateMs + lengthMs;
  const atMs = offset === undefined ? instantOf(localMs, zone) : localMs - offset;
  return atMs === undefined ? { ok: false, code: 'bad_time' } : { ok: true, atMs };
}

/** Civil time of an instant (UTC ms, whole seconds shown) with the zone's offset: `2026-12-01T19:30:00+08:00`. */
export function formatCivilTime(atMs: number, zone: string): string {
  const offsetMs = Math.round(zoneOffsetMs(zone, atMs) / MINUTE_MS) * MINUTE_MS;
  const local = new Date(atMs + offsetMs).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offsetMs < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** County date of an instant: `2026-12-01`. */
export function civilDateOf(atMs: number, zone: string): string {
  return formatCivilTime(atMs, zone).slice(0, 10);
}

/** The date `days` days after (or before) a valid date, as in `2026-12-01`. */
export function addCivilDays(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** Weekday of a valid date: 1 (Monday) to 7 (Sunday). */
export function civilWeekday(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}
