import { CELL_MS } from '../grid/cell.ts';
import { type Run, endCell } from '../grid/span.ts';
import { clock, finding, type SlotContext } from './check-context.ts';
import type { PlanFinding } from './finding.ts';
import { type CellRange, joinedRanges, withoutRanges } from './cell-ranges.ts';
import type { Placement } from './place-items.ts';
import type { Timeline } from './timeline.ts';

/** The first run that must be watched in a range: nothing local may displace it. */
function carriedIn(channel: Timeline, { fromCell, toCell }: CellRange): Run | undefined {
  const runs: readonly Run[] = [...channel.spans, ...(channel.planned ?? [])];
  return runs.find(
    (run) =>
      run.fromCell < toCell &&
      endCell(run) > fromCell &&
      run.itemId !== undefined &&
      channel.items[run.itemId]?.mustWatch === true,
  );
}

/** What of an item of a place lies outside of the slots that are open to it: that part does not air. */
export function checkSlots(
  placement: Placement,
  { slots, channel }: SlotContext,
  { timeZone, fromCell }: { readonly timeZone: string; readonly fromCell: number },
): PlanFinding[] {
  const { title, cells } = placement;
  const range = { fromCell: placement.fromCell, toCell: placement.fromCell + cells };
  // What is over was judged when it was to come.
  const [outside] = withoutRanges([range], slots).filter(({ toCell }) => toCell > fromCell);
  if (cells === 0 || outside === undefined) return [];
  const times = { title, start: clock(range.fromCell, timeZone), from: clock(outside.fromCell, timeZone) };
  const carried = carriedIn(channel, range);
  if (carried !== undefined) {
    const otherTitle = channel.items[carried.itemId ?? '']?.title ?? '';
    return [finding('must_carry', { ...times, otherTitle, otherStart: clock(carried.fromCell, timeZone) }, placement)];
  }
  const open = joinedRanges(slots);
  const next = open.find(({ toCell }) => toCell > range.fromCell);
  if (next === undefined) return [finding('no_open_slot', times, placement)];
  const seconds = ((outside.toCell - outside.fromCell) * CELL_MS) / 1000;
  const slot = { slotStart: clock(next.fromCell, timeZone), slotEnd: clock(next.toCell, timeZone) };
  return [finding('outside_open_slot', { ...times, seconds, ...slot }, placement)];
}
