import { type Run, endCell } from '../grid/span.ts';
import type { Placement } from './place-items.ts';
import { isReady } from './plan.ts';
import type { ItemSlot, Timeline } from './timeline.ts';

/** Cell after the last one of a slot, exclusive. */
export const slotEnd = ({ fromCell, cells }: Pick<ItemSlot, 'fromCell' | 'cells'>): number => fromCell + cells;

/** Key of what goes on for an item whose film was withdrawn while it was on air: a row of its own in guides. */
export const continuedId = ({ itemId }: Pick<ItemSlot, 'itemId'>): string => `${itemId}-on`;

/** Whether an item's time has to be remembered: something may stand in, or nothing airs yet. */
const needsSlot = ({ item, film, cells }: Placement): boolean =>
  cells > 0 && ((item.alternates ?? []).length > 0 || !isReady(film));

/** The time of a placed item, where it has to be remembered; a slot without a film waits for none. */
export function slotsOf(placement: Placement): readonly ItemSlot[] {
  const { item, title, fromCell, cells } = placement;
  if (item.filmId === undefined || !needsSlot(placement)) return [];
  const slot: ItemSlot = {
    ...{ itemId: item.id, fromCell, cells, title, mustWatch: item.mustWatch },
    filmIds: [item.filmId, ...(item.alternates ?? [])],
    ...(item.note === undefined ? {} : { note: item.note }),
  };
  return [slot];
}

const inOrder = (slots: readonly ItemSlot[]): readonly ItemSlot[] =>
  [...slots].sort((a, b) => a.fromCell - b.fromCell || (a.itemId < b.itemId ? -1 : 1));

/** Slots of a timeline once [fromCell, toCell) is planned anew; what has begun before keeps its own. */
export function slotsAfter(
  before: readonly ItemSlot[] = [],
  fromCell: number,
  toCell: number,
  planned: readonly ItemSlot[] = [],
): readonly ItemSlot[] {
  const isInside = (slot: ItemSlot): boolean => slot.fromCell >= fromCell && slot.fromCell < toCell;
  return inOrder([...before.filter((slot) => !isInside(slot)), ...planned.filter(isInside)]);
}

/** First cell of an airing of which a run is what is left. */
function begunCell({ spans, planned = [] }: Timeline, run: Run): number {
  const isSame = (each: Run): boolean =>
    each.itemId === run.itemId && each.fromCell - each.firstSegment === run.fromCell - run.firstSegment;
  return [...spans, ...planned].filter(isSame).reduce((cell, each) => Math.min(cell, each.fromCell), run.fromCell);
}

/** Slots with those of planned items whose film is taken away, so that something may air in their time. */
export function slotsWithout(timeline: Timeline, runs: readonly Run[], revision: string): readonly ItemSlot[] {
  const known = new Set(timeline.itemSlots?.map(({ itemId }) => itemId));
  const lost = runs.flatMap((run): ItemSlot[] => {
    const item = run.itemId === undefined ? undefined : timeline.items[run.itemId];
    if (run.revision !== revision || run.itemId === undefined || item?.kind !== 'item' || known.has(run.itemId))
      return [];
    known.add(run.itemId);
    const fromCell = begunCell(timeline, run);
    const { filmId, title, mustWatch, note } = item;
    const time = { itemId: run.itemId, fromCell, cells: endCell(run) - fromCell };
    return [{ ...time, filmIds: [filmId], title, mustWatch, ...(note === undefined ? {} : { note }) }];
  });
  return inOrder([...(timeline.itemSlots ?? []), ...lost]);
}
