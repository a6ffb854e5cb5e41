import { civilDateOf } from '../grid/civil-time.ts';
import type { PlanItem } from '../plan/plan.ts';

/** How many lines differ. */
export interface ChangeCount {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** What differs between two lists, in all and per county date. */
export interface SheetChanges extends ChangeCount {
  readonly days: readonly (ChangeCount & { readonly date: string })[];
}

/** Compares two lists of a plan by the ids of their lines. */
export function sheetChanges(before: readonly PlanItem[], after: readonly PlanItem[], timeZone: string): SheetChanges {
  const days = new Map<string, { added: number; removed: number; changed: number }>();
  const dates = { before: datesOf(before, timeZone), after: datesOf(after, timeZone) };
  const note = (date: string, kind: keyof ChangeCount): void => {
    const day = days.get(date) ?? { added: 0, removed: 0, changed: 0 };
    day[kind] += 1;
    days.set(date, day);
  };
  const old = new Map(before.map((item) => [item.id, item]));
  for (const item of after) {
    const was = old.get(item.id);
    old.delete(item.id);
    const date = dates.after.get(item.id) ?? '';
    if (was === undefined) note(date, 'added');
    else if (JSON.stringify(sorted(was)) !== JSON.stringify(sorted(item))) note(date, 'changed');
  }
  for (const id of old.keys()) note(dates.before.get(id) ?? '', 'removed');
  const listed = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, counts]) => ({ date, ...counts }));
  const sum = (kind: keyof ChangeCount): number => listed.reduce((total, day) => total + day[kind], 0);
  return { added: sum('added'), removed: sum('removed'), changed: sum('changed'), days: listed };
}

/** The date of each line; what follows is of the day that it follows on. */
function datesOf(items: readonly PlanItem[], timeZone: string): ReadonlyMap<string, string> {
  let date = '';
  return new Map(
    items.map(({ id, startMode, startAtMs }) => {
      if (startMode !== 'follow' && startAtMs !== undefined) date = civilDateOf(startAtMs, timeZone);
      return [id, date];
    }),
  );
}

const sorted = (item: PlanItem): unknown => Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1));
