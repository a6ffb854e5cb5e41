import { addCivilDays } from '../../../../media/grid/civil-time.ts';
import { civilDays } from '../plan-rows.ts';
import { type BoardSpan, mondayOf, type PlanDays } from './board-cursor.ts';

/** Days of a page of the board, [from, to); a month is whole weeks. */
export interface ShownDays {
  readonly from: string;
  readonly to: string;
}

/** A plan of at most so many weeks is one page. */
const mostWeeks = 6;

/** The page on which a day lies: the whole plan where it fits, else the weeks of the day's month. */
export function shownDays(span: BoardSpan, day: string, plan: PlanDays): ShownDays {
  if (span === 'day') return { from: day, to: addCivilDays(day, 1) };
  if (span === 'week') return { from: mondayOf(day), to: addCivilDays(mondayOf(day), 7) };
  const whole = { from: mondayOf(plan.first), to: addCivilDays(mondayOf(plan.last), 7) };
  if (weeksOf(whole) <= mostWeeks) return whole;
  const month = day.slice(0, 8);
  const nextMonth = addCivilDays(`${month}28`, 4).slice(0, 8);
  return { from: mondayOf(`${month}01`), to: addCivilDays(mondayOf(addCivilDays(`${nextMonth}01`, -1)), 7) };
}

/** How many weeks a page shows; a day is one, for the calendar breaks on a month of none while it turns to the day. */
export const weeksOf = ({ from, to }: ShownDays): number => Math.max(1, Math.round(civilDays(from, to).length / 7));

/** Days whose items the keys can reach from a page: a week more on either side, within the plan. */
export const nearDays = ({ from, to }: ShownDays, plan: PlanDays): readonly string[] =>
  civilDays(addCivilDays(from, -7), addCivilDays(to, 7)).filter((day) => day >= plan.first && day <= plan.last);

/** The day that the buttons for earlier and later lead to. */
export function turned(span: BoardSpan, day: string, by: -1 | 1, plan: PlanDays): string {
  const { from, to } = shownDays(span, day, plan);
  const next =
    span === 'month' ? (by > 0 ? to : addCivilDays(from, -1)) : addCivilDays(day, by * (span === 'week' ? 7 : 1));
  return next < plan.first ? plan.first : next > plan.last ? plan.last : next;
}
