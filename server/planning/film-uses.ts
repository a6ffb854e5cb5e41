import { cellAt } from '../../media/grid/cell.ts';
import { parseCivilDate } from '../../media/grid/civil-time.ts';
import { guideRows } from '../../media/plan/guide.ts';
import { filmIdsOf } from '../../media/plan/plan.ts';
import { tailCell } from '../../media/plan/timeline.ts';
import type { FilmUse } from '../library/film-catalogue.ts';
import type { OnAir } from '../onair/on-air.ts';
import type { PlanRecord } from './plan-record.ts';
import type { PlanStore } from './plan-store.ts';

/** What finding a film's uses needs. */
export interface FilmUseParts {
  readonly plans: PlanStore;
  readonly onAir: Pick<OnAir, 'channels' | 'find' | 'seenFrom'>;
  readonly clock: () => number;
  readonly timeZone: string;
}

/** Where a film is on air now or will be, catch-up included, for what aired must stay playable. */
function usesOnAir({ onAir }: FilmUseParts, filmId: string): FilmUse[] {
  return onAir.channels().flatMap(({ code }) => {
    const channel = onAir.find(code);
    if (channel === undefined) return [];
    const showing = Object.entries(channel.document.places ?? {})
      .filter(([, { revisions }]) => Object.values(revisions).includes(filmId))
      .map(([place]) => onAir.seenFrom(channel, place));
    return [channel, ...showing].flatMap(({ document: { timeline } }) =>
      guideRows(timeline, timeline.fromCell, tailCell(timeline))
        .filter((row) => row.filmId === filmId)
        .map(({ title, startAtMs }) => ({ channel: code, title, startAtMs })),
    );
  });
}

const unpublished: readonly PlanRecord['state'][] = ['draft', 'submitted', 'approved'];

/** Where a plan that is not published names a film, unless its dates are over. */
function usesInPlan({ clock, timeZone }: FilmUseParts, plan: PlanRecord, filmId: string): FilmUse[] {
  const from = parseCivilDate(plan.from, timeZone);
  const to = parseCivilDate(plan.to, timeZone);
  if (!from.ok || !to.ok || cellAt(to.atMs) <= cellAt(clock())) return [];
  const item = plan.items.find((each) => filmIdsOf(each).includes(filmId));
  const title = plan.title ?? plan.from;
  return [{ channel: plan.channel, title, startAtMs: item?.startAtMs ?? from.atMs, planId: plan.id }];
}

/** Every place that needs a film: what is on air (catch-up included) and the plans that people are making. */
export async function filmUses(parts: FilmUseParts, filmId: string): Promise<readonly FilmUse[]> {
  const plans = await parts.plans.using(filmId);
  const open = plans.filter((plan) => unpublished.includes(plan.state));
  return [...usesOnAir(parts, filmId), ...open.flatMap((plan) => usesInPlan(parts, plan, filmId))];
}
