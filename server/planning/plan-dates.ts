import { cellAt } from '../../media/grid/cell.ts';
import { type CivilProblem, parseCivilDate } from '../../media/grid/civil-time.ts';
import { AppError } from '../errors.ts';

/** Longest plan in days: a quarter and some. */
const longestDays = 100;
const dayMs = 86_400_000;

/** What people read about a date or time that cannot be. */
export const civilProblemText: Readonly<Record<CivilProblem, string>> = {
  bad_format: 'Write a date as 2026-12-01 and a time as 2026-12-01T19:30:00+08:00.',
  bad_date: 'There is no such day. Look at the calendar.',
  bad_time: 'There is no such time of day. Use 00:00:00 to 23:59:59.',
  bad_year: 'Use a year from 2000 to 2100.',
};

/** 422 `invalid` about one field. */
export const invalidField = (path: string, message: string): AppError =>
  new AppError('invalid', `${path}: ${message}`, { fields: [{ path, message }] });

/** Cells of a plan's county dates: the first cells of two midnights. */
export interface PlanCells {
  readonly fromCell: number;
  readonly toCell: number;
}

/** Reads a plan's dates, `to` exclusive; 422 for days that do not exist, an empty range or one that is too long. */
export function planCells(from: string, to: string, timeZone: string): PlanCells {
  const begins = parseCivilDate(from, timeZone);
  if (!begins.ok) throw invalidField('from', civilProblemText[begins.code]);
  const ends = parseCivilDate(to, timeZone);
  if (!ends.ok) throw invalidField('to', civilProblemText[ends.code]);
  if (ends.atMs <= begins.atMs) throw invalidField('to', 'The last day is exclusive: choose a day after the first.');
  if (ends.atMs - begins.atMs > longestDays * dayMs) {
    throw invalidField('to', `A plan has at most ${longestDays} days. Make several plans.`);
  }
  return { fromCell: cellAt(begins.atMs), toCell: cellAt(ends.atMs) };
}

/** 422 when nothing of the range is still to come. */
export function requireFuture({ toCell }: PlanCells, atMs: number): void {
  if (toCell <= cellAt(atMs)) throw invalidField('to', 'These days are over. Choose days to come.');
}
