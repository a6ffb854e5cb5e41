import { addCivilDays, civilWeekday, formatCivilTime, parseCivilTime } from '../../../../media/grid/civil-time.ts';
import type { BoardEntry } from './board-entries.ts';

/** How much of the plan the board shows. */
export type BoardSpan = 'month' | 'week' | 'day';

/** Where the next film goes: a day, and a time of it where one was chosen. */
export interface BoardCursor {
  readonly day: string;
  /** `19:30:00`; undefined for the whole day. */
  readonly clock?: string;
}

/** Steps of the clock on the board, in minutes: what an arrow moves and what is dragged snaps to. */
export const gridMinutes = 5;
/** What an arrow moves the cursor by. */
const cursorMinutes = 15;
const pageMinutes = 120;

/** First and last day of the plan, both included. */
export interface PlanDays {
  readonly first: string;
  readonly last: string;
}

const within = (day: string, { first, last }: PlanDays): string => (day < first ? first : day > last ? last : day);

/** Monday of the week of a date. */
export const mondayOf = (day: string): string => addCivilDays(day, 1 - civilWeekday(day));

const two = (value: number): string => String(value).padStart(2, '0');
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;

/** Moves the clock within its day, onto the next line of its steps. */
function later(cursor: BoardCursor, steps: number, stepMinutes: number): BoardCursor {
  const at = minutesOf(cursor.clock ?? '19:00:00') / stepMinutes;
  const to = (steps > 0 ? Math.floor(at) : Math.ceil(at)) + steps;
  const most = Math.floor((24 * 60 - 1) / stepMinutes);
  return { ...cursor, clock: clockOf(Math.max(0, Math.min(most, to)) * stepMinutes) };
}

function onOtherDay(cursor: BoardCursor, days: number, span: BoardSpan, plan: PlanDays): BoardCursor {
  const day = within(addCivilDays(cursor.day, days), plan);
  return span === 'month' || cursor.clock === undefined ? { day } : { day, clock: cursor.clock };
}

/** Where a key takes the cursor; undefined for keys that do not move it. */
export function cursorAfter(
  cursor: BoardCursor,
  key: string,
  { span, plan }: { readonly span: BoardSpan; readonly plan: PlanDays },
): BoardCursor | undefined {
  const isMonth = span === 'month';
  switch (key) {
    case 'ArrowLeft':
      return onOtherDay(cursor, -1, span, plan);
    case 'ArrowRight':
      return onOtherDay(cursor, 1, span, plan);
    case 'ArrowUp':
      return isMonth ? onOtherDay(cursor, -7, span, plan) : later(cursor, -1, cursorMinutes);
    case 'ArrowDown':
      return isMonth ? onOtherDay(cursor, 7, span, plan) : later(cursor, 1, cursorMinutes);
    case 'PageUp':
      return isMonth ? onOtherDay(cursor, -28, span, plan) : later(cursor, -1, pageMinutes);
    case 'PageDown':
      return isMonth ? onOtherDay(cursor, 28, span, plan) : later(cursor, 1, pageMinutes);
    case 'Home':
      return { ...cursor, day: within(span === 'day' ? plan.first : mondayOf(cursor.day), plan) };
    case 'End':
      return { ...cursor, day: within(span === 'day' ? plan.last : addCivilDays(mondayOf(cursor.day), 6), plan) };
    default:
      return undefined;
  }
}

/** The instant (UTC ms) of a cursor that stands on a time. */
export function instantAt({ day, clock }: BoardCursor, zone: string): number | undefined {
  const read = clock === undefined ? undefined : parseCivilTime(`${day}T${clock}`, zone);
  return read?.ok === true ? read.atMs : undefined;
}

/** The item on which a cursor stands: of those that air then, the one that began last. */
export function entryAt(entries: readonly BoardEntry[], cursor: BoardCursor, zone: string): BoardEntry | undefined {
  const atMs = instantAt(cursor, zone);
  if (atMs === undefined) return undefined;
  return entries
    .filter((entry) => entry.day === cursor.day && entry.startAtMs <= atMs && atMs < entry.endAtMs)
    .reduce<BoardEntry | undefined>((best, each) => (best && best.startAtMs > each.startAtMs ? best : each), undefined);
}

/** What the cursor may be taken to: an item, or what is open to a place. */
export type BoardStop = Pick<BoardEntry, 'day' | 'startAtMs'>;

/** The cursor on an item. */
export const cursorOn = ({ day, startAtMs }: BoardStop, zone: string): BoardCursor => {
  const [date = day, clock = ''] = formatCivilTime(startAtMs, zone).slice(0, 19).split('T');
  return date === day ? { day, clock } : { day };
};

/** The item before or behind the cursor in the order of time, over the borders of days. */
export function neighbour<Stop extends BoardStop>(
  stops: readonly Stop[],
  { day, clock }: BoardCursor,
  by: -1 | 1,
  zone: string,
): Stop | undefined {
  const sorted = [...stops].sort((a, b) => a.startAtMs - b.startAtMs);
  const read = parseCivilTime(`${day}T${clock ?? '00:00:00'}`, zone);
  const atMs = read.ok ? read.atMs - (clock === undefined ? 1 : 0) : 0;
  return by > 0
    ? sorted.find(({ startAtMs }) => startAtMs > atMs)
    : sorted.filter(({ startAtMs }) => startAtMs < atMs).at(-1);
}

/**
 * When a film that is placed now begins, in UTC ms: at the cursor; where an item airs then, behind it; on a day without a time
 * behind its last item, or at 19:00.
 */
export function placeAtMs(entries: readonly BoardEntry[], cursor: BoardCursor, zone: string): number | undefined {
  const minuteMs = 60_000;
  const upMs = (ms: number): number => Math.ceil(ms / minuteMs) * minuteMs;
  const under = entryAt(entries, cursor, zone);
  if (under !== undefined) return upMs(under.endAtMs);
  const read = parseCivilTime(`${cursor.day}T${cursor.clock ?? '19:00:00'}`, zone);
  if (cursor.clock !== undefined) return read.ok ? read.atMs : undefined;
  const lastMs = Math.max(...entries.filter(({ day }) => day === cursor.day).map(({ endAtMs }) => endAtMs));
  if (Number.isFinite(lastMs)) return upMs(lastMs);
  return read.ok ? read.atMs : undefined;
}
