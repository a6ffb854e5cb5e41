import type { DayTemplate } from '../../../../media/contract/day-templates.ts';
import type { Season } from '../../../../media/contract/seasons.ts';
import { addCivilDays, civilWeekday } from '../../../../media/grid/civil-time.ts';
import type { PlanRow } from '../plan-rows.ts';
import { freshRowId } from '../use-draft.ts';
import {
  fromDates,
  fromSeasons,
  fromTemplates,
  monthsBetween,
  sameWeekday,
  sameWeekdayOfMonth,
  type Wanted,
} from './day-sources.ts';
import { clearDays, type Laid, layBlocks } from './lay-blocks.ts';

/** Where lines come from. */
export type Source =
  | { readonly kind: 'day' | 'week'; readonly day: string }
  | { readonly kind: 'plan'; readonly from: string; readonly rows: readonly PlanRow[] }
  | { readonly kind: 'template'; readonly template: DayTemplate }
  | { readonly kind: 'season'; readonly seasons: readonly Season[]; readonly templates: readonly DayTemplate[] };

/** What is to be put where. */
export interface Arrangement {
  readonly source: Source;
  readonly days: readonly string[];
  /** Takes out first what is there on these days. */
  readonly isReplacing: boolean;
  /** First day of the plan that is edited. */
  readonly planFrom: string;
  readonly zone: string;
}

/** Dates of [from, last], both included, on some weekdays. */
export function daysBetween(from: string, last: string, weekdays: readonly number[]): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= last && days.length < 400; day = addCivilDays(day, 1)) days.push(day);
  return days.filter((day) => weekdays.includes(civilWeekday(day)));
}

function wantedOf(rows: readonly PlanRow[], { source, days, planFrom }: Arrangement): Wanted {
  switch (source.kind) {
    case 'day':
      return fromDates(rows, days, () => source.day, freshRowId);
    case 'week':
      return fromDates(rows, days, (day) => sameWeekday(source.day, day), freshRowId);
    case 'plan': {
      const back = monthsBetween(source.from, planFrom);
      return fromDates(source.rows, days, (day) => sameWeekdayOfMonth(day, back), freshRowId);
    }
    case 'template':
      return fromTemplates(source.template, days, freshRowId);
    case 'season':
      return fromSeasons(source.seasons, source.templates, days, freshRowId);
  }
}

/** The list with everything that is wanted, and what was left out of it: one step of the way back. */
export function arranged(rows: readonly PlanRow[], arrangement: Arrangement): Laid {
  const { days, isReplacing, zone } = arrangement;
  const { blocks, outside } = wantedOf(rows, arrangement);
  const laid = layBlocks(isReplacing ? clearDays(rows, days) : rows, blocks, zone);
  return { ...laid, conflicts: [...outside, ...laid.conflicts] };
}
