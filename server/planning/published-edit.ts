import { FREEZE_CELLS } from '../../media/channel/activation.ts';
import { CELL_MS, cellStartAtMs } from '../../media/grid/cell.ts';
import { canonicalJson } from '../../media/plan/canonical-json.ts';
import { placeItems } from '../../media/plan/place-items.ts';
import type { PlanItem } from '../../media/plan/plan.ts';
import { AppError } from '../errors.ts';
import { requireVersion } from '../http/etag.ts';
import type { PlanRecord } from './plan-record.ts';
import { checkedPlan, type CheckParts } from './plan-view.ts';

/** Ids of items that are not as they were, or gone. */
function changedIds(before: readonly PlanItem[], after: readonly PlanItem[]): Set<string> {
  const kept = new Map(after.map((item) => [item.id, canonicalJson(item)]));
  return new Set(before.filter((item) => kept.get(item.id) !== canonicalJson(item)).map(({ id }) => id));
}

/**
 * Says of an edit of a published plan why it cannot be: 409 `history` where it touches what has begun, 409 `frozen` where it
 * touches what every replica may have listed already (32 s from now on); the caller refuses the rest. Of two the sooner counts.
 */
export async function refuseWhatAired(
  parts: CheckParts,
  plan: PlanRecord,
  after: readonly PlanItem[],
  ifMatch: string | undefined,
): Promise<void> {
  requireVersion(ifMatch, plan.version);
  const changed = changedIds(plan.items, after);
  if (changed.size === 0) return;
  const { list, films } = await checkedPlan(parts, plan);
  const begins = placeItems(list, films)
    .placements.filter(({ item }) => changed.has(item.line?.id ?? item.id))
    .map(({ fromCell }) => cellStartAtMs(fromCell));
  const first = Math.min(Infinity, ...begins);
  const atMs = parts.clock();
  if (first <= atMs) {
    throw new AppError(
      'history',
      'An item that you changed has begun already. Leave it as it is, and change later ones.',
    );
  }
  if (first < atMs + FREEZE_CELLS * CELL_MS) {
    throw new AppError('frozen', 'An item that you changed begins within 32 s: players have it. Change later ones.');
  }
}
