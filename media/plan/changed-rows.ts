import { cellStartAtMs } from '../grid/cell.ts';
import type { GuideRow } from './guide.ts';
import { SHORTEST_ITEM_CELLS } from './plan.ts';
import { continuedId, slotEnd } from './item-slots.ts';
import type { ItemSlot, Timeline } from './timeline.ts';

/** What a guide says where nothing airs in the time of an item. */
export const changedTitle = '节目调整';

/** Guide rows in which the time of an item that cannot air is one row that says what was planned. */
export function withChanges(rows: readonly GuideRow[], timeline: Timeline): readonly GuideRow[] {
  const { itemSlots: slots = [], withdrawn } = timeline;
  if (slots.length === 0) return rows;
  const airing = new Map(rows.flatMap((row) => (row.itemId === undefined ? [] : [[row.itemId, row] as const])));
  const changes = slots.flatMap((slot): Change[] => {
    const row = airing.get(continuedId(slot)) ?? airing.get(slot.itemId);
    if (row === undefined) return [{ slot, fromCell: slot.fromCell }];
    // An alternate may be short; what was withdrawn while it was on air ends early.
    const isShort = row.toCell + SHORTEST_ITEM_CELLS <= slotEnd(slot);
    const last = isShort ? timeline.spans.filter(({ itemId }) => itemId === row.itemId).at(-1) : undefined;
    if (last === undefined || !withdrawn.includes(last.revision)) return [];
    const { segments = 0 } = timeline.revisions[last.revision] ?? {};
    return last.firstSegment + last.cells < segments ? [{ slot, fromCell: row.toCell }] : [];
  });
  return changes.reduce(withChange, rows);
}

/** The time of an item, and from where on it cannot air. */
interface Change {
  readonly slot: ItemSlot;
  readonly fromCell: number;
}

/** Fillers and slate in a slot become one row; what is left of them before and behind stays. */
function withChange(rows: readonly GuideRow[], { slot, fromCell }: Change): readonly GuideRow[] {
  const end = slotEnd(slot);
  const isMet = (row: GuideRow): boolean => row.kind !== 'item' && row.toCell > fromCell && row.fromCell < end;
  const met = rows.filter(isMet);
  const [first] = met;
  const last = met.at(-1);
  if (first === undefined || last === undefined) return rows;
  const change: GuideRow = {
    ...{ id: `${slot.itemId}-off`, title: changedTitle, kind: 'slate', mustWatch: false, insteadOf: slot.title },
    ...timeOf(Math.max(first.fromCell, fromCell), Math.min(last.toCell, end)),
  };
  const parts = [
    ...(first.fromCell < change.fromCell ? [{ ...first, ...timeOf(first.fromCell, change.fromCell) }] : []),
    change,
    ...(last.toCell > change.toCell ? [{ ...last, ...timeOf(change.toCell, last.toCell) }] : []),
  ];
  return rows.flatMap((row) => (row === first ? parts : isMet(row) ? [] : [row]));
}

const timeOf = (fromCell: number, toCell: number) => ({
  ...{ fromCell, toCell, startAtMs: cellStartAtMs(fromCell), endAtMs: cellStartAtMs(toCell) },
});
