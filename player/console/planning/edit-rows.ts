import { formatCivilTime } from '../../../media/grid/civil-time.ts';
import { type PlanRow, timesOf, withoutRepeat } from './plan-rows.ts';

/** Changes of the list; each gives a new list, so that undo is to take the old one again. */
type Rows = readonly PlanRow[];

const minuteMs = 60_000;

/** Changes one line. */
export const changeRow = (rows: Rows, id: string, fields: Partial<PlanRow>): Rows =>
  rows.map((row) => (row.id === id ? { ...row, ...fields } : row));

/** Takes a line's own length away, so that the film's counts again. */
export const withFilmLength = (rows: Rows, id: string): Rows =>
  rows.map((row) => {
    const copy: { -readonly [Key in keyof PlanRow]: PlanRow[Key] } = { ...row };
    if (row.id === id) delete copy.durationMs;
    return copy;
  });

/** Takes a line out. */
export const removeRow = (rows: Rows, id: string): Rows => rows.filter((row) => row.id !== id);

/** Adds an empty line to a day, behind another or at the end; it starts at the next whole minute after the one before. */
export function addRow(
  rows: Rows,
  at: { readonly day: string; readonly behind?: string },
  id: string,
  zone: string,
): Rows {
  const index = indexAfter(rows, at.day, at.behind);
  const before = rows[index - 1]?.day === at.day ? rows[index - 1] : undefined;
  const row: PlanRow = {
    id,
    day: at.day,
    clock: before === undefined ? '19:00:00' : clockAfter(rows, before, zone),
    startMode: 'hard',
    maxLateMs: 0,
    filmId: '',
    filmTitle: '',
    mustWatch: false,
    note: '',
  };
  return [...rows.slice(0, index), row, ...rows.slice(index)];
}

function clockAfter(rows: Rows, before: PlanRow, zone: string): string {
  const endAtMs = timesOf(rows, zone).get(before.id)?.endAtMs;
  if (endAtMs === undefined) return before.clock;
  return formatCivilTime(Math.ceil(endAtMs / minuteMs) * minuteMs, zone).slice(11, 19);
}

/** Repeats a line right behind itself, where it follows on. */
export function duplicateRow(rows: Rows, id: string, freshId: string): Rows {
  const index = rows.findIndex((row) => row.id === id);
  const row = rows[index];
  if (row === undefined) return rows;
  const copy: PlanRow = { ...withoutRepeat(row), id: freshId, startMode: 'follow', clock: '' };
  return [...rows.slice(0, index + 1), copy, ...rows.slice(index + 1)];
}

/**
 * Moves a line by one place within its day; when both have a time of their own they swap the times, so that the order stays
 * the order on air.
 */
export function moveRow(rows: Rows, id: string, by: -1 | 1): Rows {
  const index = rows.findIndex((row) => row.id === id);
  const row = rows[index];
  const other = rows[index + by];
  if (row === undefined || other?.day !== row.day) return rows;
  const swapped = [...rows];
  const bothTimed = row.startMode !== 'follow' && other.startMode !== 'follow';
  swapped[index] = bothTimed ? { ...other, clock: row.clock } : other;
  swapped[index + by] = bothTimed ? { ...row, clock: other.clock } : row;
  return swapped;
}

/** Puts the lines of a day in the order of the clock; a follower stays behind the line that it follows. */
export function sortDay(rows: Rows, day: string): Rows {
  const blocks: PlanRow[][] = [];
  for (const row of rows.filter((one) => one.day === day)) {
    const last = blocks.at(-1);
    if (row.startMode === 'follow' && last !== undefined) last.push(row);
    else blocks.push([row]);
  }
  const sorted = blocks.sort((a, b) => (a[0]?.clock ?? '').localeCompare(b[0]?.clock ?? '')).flat();
  let next = 0;
  return rows.map((row) => (row.day === day ? (sorted[next++] ?? row) : row));
}

/** Where a new line of a day goes: behind another, or behind the last one of its day. */
function indexAfter(rows: Rows, day: string, behind?: string): number {
  const known = behind === undefined ? -1 : rows.findIndex(({ id }) => id === behind);
  if (known >= 0) return known + 1;
  const later = rows.findIndex((row) => row.day > day);
  return later < 0 ? rows.length : later;
}
