import type { Id } from '../../media/contract/ids.ts';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import { parseCivilDate } from '../../media/grid/civil-time.ts';
import { expandRepeats } from '../../media/plan/expand-repeats.ts';
import { filmIdsOf } from '../../media/plan/plan.ts';
import { planCells } from './plan-dates.ts';
import type { PlanRecord } from './plan-record.ts';
import type { PlanStore } from './plan-store.ts';

/** What finding the starts of films needs. */
export interface PlannedStartParts {
  readonly plans: Pick<PlanStore, 'naming' | 'find'>;
  readonly timeZone: string;
}

/** Says when films begin next, at or after an instant, in any plan that is or may come on air; drafts count, for a film that is not ready keeps its plan one. */
export type PlannedStarts = (filmIds: readonly Id[], atMs: number) => Promise<ReadonlyMap<string, number>>;

type Starts = ReadonlyMap<string, readonly number[]>;

/** Remembers what a version of a plan says, so that a list of 20,000 items is read once and not at every look at the queue. */
export function plannedStarts({ plans, timeZone }: PlannedStartParts): PlannedStarts {
  const known = new Map<Id, { readonly version: number; readonly starts: Starts }>();
  const startsIn = async (id: Id, version: number): Promise<Starts> => {
    const remembered = known.get(id);
    if (remembered?.version === version) return remembered.starts;
    const plan = await plans.find(id);
    if (plan === undefined) return new Map();
    const starts = startsOf(plan, timeZone);
    known.set(id, { version: plan.version, starts });
    return starts;
  };
  return async (filmIds, atMs) => {
    const earliest = new Map<string, number>();
    const named = filmIds.length === 0 ? [] : await plans.naming(filmIds);
    for (const { id, version } of named.filter(({ to }) => endOf(to, timeZone) > atMs)) {
      const starts = await startsIn(id, version);
      for (const filmId of filmIds) {
        const next = starts.get(filmId)?.find((startAtMs) => startAtMs >= atMs);
        if (next !== undefined) earliest.set(filmId, Math.min(next, earliest.get(filmId) ?? Infinity));
      }
    }
    const open = new Set(named.map(({ id }) => id));
    for (const id of known.keys()) if (!open.has(id)) known.delete(id);
    return earliest;
  };
}

/** Films that may have to stand in count too. An item that follows begins at the earliest where the last fixed start before it is. */
function startsOf(plan: PlanRecord, timeZone: string): Starts {
  const starts = new Map<string, number[]>();
  const cells = planCells(plan.from, plan.to, timeZone);
  let lastAtMs = cellStartAtMs(cells.fromCell);
  for (const item of expandRepeats({ items: plan.items, ...cells }, timeZone).items) {
    lastAtMs = item.startAtMs ?? lastAtMs;
    for (const filmId of filmIdsOf(item)) {
      const own = starts.get(filmId);
      if (own === undefined) starts.set(filmId, [lastAtMs]);
      else own.push(lastAtMs);
    }
  }
  for (const own of starts.values()) own.sort((a, b) => a - b);
  return starts;
}

function endOf(to: string, timeZone: string): number {
  const end = parseCivilDate(to, timeZone);
  return end.ok ? end.atMs : 0;
}
