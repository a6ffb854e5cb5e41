import { activationCell } from '../../media/channel/activation.ts';
import { cellAt, cellStartAtMs } from '../../media/grid/cell.ts';
import { type CompiledPlan, compilePlan } from '../../media/plan/compile-plan.ts';
import { planLayer } from '../../media/plan/layers.ts';
import { layerOf, placeView } from '../../media/plan/settle-layers.ts';
import type { CatalogueFilm } from '../library/film-catalogue.ts';
import type { CurrentPlaces, Made } from '../onair/edit-channel.ts';
import type { Publication } from '../onair/head-store.ts';
import { withLayer } from '../onair/stored-layer.ts';
import { withFreeKeys } from './item-keys.ts';
import type { CheckedPlan } from './plan-view.ts';

/** Characters of the plan's id that tell equal item ids of two plans apart. */
const suffixLength = 8;

/** Items of a place under keys that no item of the channel has; clients' ids have no tilde. */
function underPlace(plan: CompiledPlan, place: string): CompiledPlan {
  const keyOf = (itemId: string): string => `${place}~${itemId}`;
  return {
    ...plan,
    runs: plan.runs.map((run) => (run.itemId === undefined ? run : { ...run, itemId: keyOf(run.itemId) })),
    items: Object.fromEntries(Object.entries(plan.items).map(([itemId, item]) => [keyOf(itemId), item])),
    ...(plan.itemSlots ? { itemSlots: plan.itemSlots.map((slot) => ({ ...slot, itemId: keyOf(slot.itemId) })) } : {}),
  };
}

/**
 * The channel with a place's plan in the place's layer from the activation cell on. The channel itself stays as it is; the gate
 * lets the plan into open slots only, whatever has changed since it was approved.
 */
export function withPlanAtPlace(
  { plan, list, films }: CheckedPlan,
  place: string,
  { document, layers, parentOf }: CurrentPlaces,
  atMs: number,
): Made {
  const cell = activationCell(atMs);
  const channel = document.timeline;
  const pure = new Map([...layers].map(([code, { layer }]) => [code, layer]));
  const before = layerOf(channel, pure, parentOf, { code: place, nowCell: cellAt(atMs) });
  const seen = { ...placeView(channel, pure, parentOf, place).timeline, planned: before.planned };
  const compiled = withFreeKeys(underPlace(compilePlan(list, films), place), seen, cell, plan.id.slice(-suffixLength));
  const effectiveAtMs = cellStartAtMs(cell);
  const publication: Publication = { planId: plan.id, atMs, effectiveAtMs };
  const layer = planLayer(before, cell, compiled);
  return {
    // What is planned now has passed review again, as on the channel itself.
    document: {
      ...document,
      timeline: { ...channel, withdrawn: channel.withdrawn.filter((revision) => !(revision in compiled.revisions)) },
    },
    layers: withLayer(layers, place, (stored) => ({ ...stored, layer, publication }), layer),
    effectiveAtMs,
    announcing: {
      atMs,
      planId: plan.id,
      categoryOf: (filmId) => (films.get(filmId) as CatalogueFilm | undefined)?.category,
    },
  };
}
