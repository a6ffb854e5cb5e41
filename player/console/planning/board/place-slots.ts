import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { Plan } from '../../../../media/contract/planning.ts';
import { ceilCell, cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { civilDateOf } from '../../../../media/grid/civil-time.ts';
import { type CellRange, joinedRanges, withoutRanges } from '../../../../media/plan/cell-ranges.ts';
import type { BoardEntry } from './board-entries.ts';

/** What is left open to the place of a plan, [startAtMs, endAtMs), with what airs there where the place has nothing. */
export type PlaceSlot = NonNullable<Plan['openSlots']>[number];
/** What the place above airs. */
export type Inherited = Pick<GuideItem, 'id' | 'title' | 'kind' | 'mustWatch' | 'startAtMs' | 'endAtMs'>;

/** UTC ms, [startAtMs, endAtMs). */
interface Span {
  readonly startAtMs: number;
  readonly endAtMs: number;
}

const cellsOf = ({ startAtMs, endAtMs }: Span): CellRange => ({
  fromCell: cellAt(startAtMs),
  toCell: ceilCell(endAtMs),
});
const spanOf = ({ fromCell, toCell }: CellRange): Span => ({
  startAtMs: cellStartAtMs(fromCell),
  endAtMs: cellStartAtMs(toCell),
});

/** Slots side by side are one: an item may reach over their border. */
export const joinedSlots = (slots: readonly Span[]): readonly Span[] => joinedRanges(slots.map(cellsOf)).map(spanOf);

/** What of the slots has no item of the place yet. */
export const freeParts = (slots: readonly Span[], entries: readonly Span[]): readonly Span[] =>
  withoutRanges(slots.map(cellsOf), entries.map(cellsOf)).map(spanOf);

/** The one that an instant lies in. */
export const coveringOf = <One extends Span>(spans: readonly One[], atMs: number): One | undefined =>
  spans.find(({ startAtMs, endAtMs }) => startAtMs <= atMs && atMs < endAtMs);

/** What the place above airs around the slots; what lies in one is the slot's own. */
export const aroundSlots = (items: readonly Inherited[], slots: readonly Span[]): readonly Inherited[] => {
  const open = slots.map(cellsOf);
  return items.filter((item) => withoutRanges([cellsOf(item)], open).length > 0);
};

/** The first airing that a change brought or moved to where nothing is open to it. */
export function outsideSlots(
  before: readonly BoardEntry[],
  after: readonly BoardEntry[],
  slots: readonly Span[],
): BoardEntry | undefined {
  const was = new Map(before.map((entry) => [entry.key, entry]));
  const open = slots.map(cellsOf);
  return after.find((entry) => {
    const old = was.get(entry.key);
    const isSame = old?.startAtMs === entry.startAtMs && old.endAtMs === entry.endAtMs;
    return !isSame && withoutRanges([cellsOf(entry)], open).length > 0;
  });
}

/** Where a film goes on a day of a place: where it fits first, else where anything is open; undefined where nothing is. */
export function slotStartAtMs(
  day: string,
  film: { readonly lengthMs: number; readonly afterMs: number },
  {
    slots,
    entries,
    zone,
  }: { readonly slots: readonly Span[]; readonly entries: readonly Span[]; readonly zone: string },
): number | undefined {
  const minuteMs = 60_000;
  const parts = freeParts(slots, entries)
    .map(({ startAtMs, endAtMs }) => ({
      startAtMs: startAtMs > film.afterMs ? startAtMs : Math.ceil((film.afterMs + 1) / minuteMs) * minuteMs,
      endAtMs,
    }))
    .filter(({ startAtMs, endAtMs }) => startAtMs < endAtMs && civilDateOf(startAtMs, zone) === day);
  return (parts.find(({ startAtMs, endAtMs }) => endAtMs - startAtMs >= film.lengthMs) ?? parts[0])?.startAtMs;
}
