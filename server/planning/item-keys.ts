import { cutRuns, type Run } from '../../media/grid/span.ts';
import type { CompiledPlan } from '../../media/plan/compile-plan.ts';
import type { Timeline } from '../../media/plan/timeline.ts';

/** Runs that a timeline keeps when [fromCell, toCell) is replaced. */
function keptRuns(timeline: Timeline, fromCell: number, toCell: number): readonly Run[] {
  const runs: readonly Run[] = [...timeline.spans, ...(timeline.planned ?? [])];
  return [...cutRuns(runs, -Infinity, fromCell), ...cutRuns(runs, toCell, Infinity)];
}

/** Whether two runs are parts of the same airing of a film. */
const isSameAiring = (a: Run, b: Run): boolean =>
  a.revision === b.revision && a.fromCell - a.firstSegment === b.fromCell - b.firstSegment;

/**
 * Gives items of a compiled plan other keys where the timeline keeps another airing under theirs: clients choose ids, and a
 * copied plan must not rename what aired last week. The item on air across the edge keeps its key.
 */
export function withFreeKeys(
  plan: CompiledPlan,
  timeline: Timeline,
  activationCell: number,
  suffix: string,
): CompiledPlan {
  const kept = keptRuns(timeline, Math.max(plan.fromCell, activationCell), plan.toCell);
  const taken = new Map(kept.flatMap((run) => (run.itemId === undefined ? [] : [[run.itemId, run] as const])));
  const renamed = new Map<string, string>();
  for (const run of plan.runs) {
    const other = run.itemId === undefined ? undefined : taken.get(run.itemId);
    if (run.itemId !== undefined && other !== undefined && !isSameAiring(run, other)) {
      renamed.set(run.itemId, `${run.itemId}-${suffix}`);
    }
  }
  if (renamed.size === 0) return plan;
  const keyOf = (itemId: string): string => renamed.get(itemId) ?? itemId;
  return {
    ...plan,
    runs: plan.runs.map((run) => (run.itemId === undefined ? run : { ...run, itemId: keyOf(run.itemId) })),
    ...(plan.itemSlots ? { itemSlots: plan.itemSlots.map((slot) => ({ ...slot, itemId: keyOf(slot.itemId) })) } : {}),
    items: Object.fromEntries(Object.entries(plan.items).map(([itemId, item]) => [keyOf(itemId), item])),
  };
}
