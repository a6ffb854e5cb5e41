import { z } from 'zod';
import { parseCivilDate } from '../grid/civil-time.ts';

/** County date, as in `2026-12-01`; whether there is such a day is checked by whoever reads it. */
export const countyDateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Write the date as 2026-12-01.');

/** The same, of a day that the calendar has: no 29 February of a common year, no 31 April. */
export const calendarDateSchema = countyDateSchema.refine(
  (date) => parseCivilDate(date, 'UTC').ok,
  'There is no such day. Look at the calendar.',
);
