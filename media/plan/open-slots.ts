import { cutRanges, type OpenSlot } from './cell-ranges.ts';
import type { Placement } from './place-items.ts';
import type { PlanList } from './plan.ts';

/** Slots that a list leaves open, inside its days; what must be watched is never open (must-carry). */
export function openSlotsOf(placements: readonly Placement[], list: PlanList): readonly OpenSlot[] {
  const slots = placements
    .filter(({ item, cells }) => item.open === true && !item.mustWatch && cells > 0)
    .map(({ title, fromCell, cells }) => ({ title, fromCell, toCell: fromCell + cells }));
  return cutRanges(slots, list.fromCell, list.toCell);
}

/** Slots of a channel once [fromCell, toCell) of it is planned anew. */
export const openAfter = (
  before: readonly OpenSlot[] = [],
  fromCell: number,
  toCell: number,
  inside: readonly OpenSlot[] = [],
): readonly OpenSlot[] => [
  ...cutRanges(before, -Infinity, fromCell),
  ...cutRanges(inside, fromCell, toCell),
  ...cutRanges(before, toCell, Infinity),
];
