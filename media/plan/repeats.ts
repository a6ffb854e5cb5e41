import { addCivilDays, civilWeekday } from '../grid/civil-time.ts';

interface Ending {
  /** Last county date, inclusive; to the end of the plan where absent. */
  readonly until?: string;
  /** County dates on which it does not air. */
  readonly except?: readonly string[];
}

/** On which county dates an item airs again, from the date of its start on; weekdays are 1 (Monday) to 7. */
export type Repeat = Ending &
  (
    | { readonly every: 'day' }
    | { readonly every: 'week'; readonly weekdays: readonly number[] }
    /** Days of the month, 1 to 31; a month without such a day is passed over; -1 is its last day. */
    | { readonly every: 'month'; readonly dates: readonly number[] }
    /** The first (1) to fifth or the last (-1) such weekday of the month. */
    | { readonly every: 'month-weekday'; readonly weekday: number; readonly week: number }
  );

const dayOf = (date: string): number => Number(date.slice(8));
const isLastOfMonth = (date: string): boolean => dayOf(addCivilDays(date, 1)) === 1;

function airsOn(repeat: Repeat, date: string): boolean {
  switch (repeat.every) {
    case 'day':
      return true;
    case 'week':
      return repeat.weekdays.includes(civilWeekday(date));
    case 'month':
      return repeat.dates.includes(dayOf(date)) || (repeat.dates.includes(-1) && isLastOfMonth(date));
    case 'month-weekday': {
      if (civilWeekday(date) !== repeat.weekday) return false;
      if (repeat.week > 0) return Math.ceil(dayOf(date) / 7) === repeat.week;
      return addCivilDays(date, 7).slice(0, 7) !== date.slice(0, 7);
    }
  }
}

/** Dates of [from, to] on which a rule lets something air, in order. */
export function repeatDates(repeat: Repeat, from: string, to: string): string[] {
  const last = repeat.until !== undefined && repeat.until < to ? repeat.until : to;
  const except = new Set(repeat.except);
  const dates: string[] = [];
  for (let date = from; date <= last; date = addCivilDays(date, 1)) {
    if (airsOn(repeat, date) && !except.has(date)) dates.push(date);
  }
  return dates;
}
