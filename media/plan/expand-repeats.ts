import { cellAt, cellStartAtMs } from '../grid/cell.ts';
import { civilDateOf, formatCivilTime, parseCivilDate, parseCivilTime } from '../grid/civil-time.ts';
import { type FollowBlock, followBlocks } from './follow-blocks.ts';
import type { PlanItem, PlanLine, PlanList } from './plan.ts';
import { repeatDates } from './repeats.ts';

interface Entry {
  readonly item: PlanItem;
  readonly line: PlanLine;
}

/** Lines in blocks: one with a start and those that follow it. */
const blocksOf = (items: readonly PlanItem[]): FollowBlock<Entry>[] =>
  followBlocks(
    items.map((item, index) => ({ item, line: item.line ?? { id: item.id, row: index + 1 } })),
    ({ item }) => item.startMode,
  );

/** Dates of the plan on which a block begins; undefined where its first line does not repeat or is written out already. */
function datesOf([first]: FollowBlock<Entry>, list: PlanList, timeZone: string): readonly string[] | undefined {
  if (first.item.repeat === undefined || first.item.startAtMs === undefined || first.item.line) return undefined;
  const begun = civilDateOf(first.item.startAtMs, timeZone);
  const planned = civilDateOf(cellStartAtMs(list.fromCell), timeZone);
  const last = civilDateOf(cellStartAtMs(list.toCell - 1), timeZone);
  return repeatDates(first.item.repeat, begun > planned ? begun : planned, last);
}

/** The instant of a time of day on a date; where clocks skip it, as long after midnight as it says. */
function instantOn(date: string, time: string, zone: string): number {
  const read = parseCivilTime(`${date}T${time}`, zone);
  if (read.ok) return read.atMs;
  const midnight = parseCivilDate(date, zone);
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return (midnight.ok ? midnight.atMs : 0) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** One line as it airs on a date; ids of clients have no underscore, so no other item has this one. */
function occurrence({ item, line }: Entry, date: string, startAtMs: number): PlanItem {
  const id = `${item.id}_${date.replaceAll('-', '')}`;
  return { ...item, id, line, ...(item.startMode === 'follow' ? {} : { startAtMs }) };
}

/**
 * A list with every repeating line, and what follows it, written out for the days of the plan; each item says which line it
 * came from. A line that repeats on no day of the plan is gone. The same list gives the same items.
 */
export function expandRepeats(list: PlanList, timeZone: string): PlanList {
  const items = blocksOf(list.items).flatMap((block): PlanItem[] => {
    const dates = datesOf(block, list, timeZone);
    if (dates === undefined) return block.map(({ item, line }) => ({ ...item, line }));
    const time = formatCivilTime(block[0].item.startAtMs ?? 0, timeZone).slice(11, 19);
    return dates.flatMap((date) => {
      const startAtMs = instantOn(date, time, timeZone);
      const cell = cellAt(startAtMs);
      if (cell < list.fromCell || cell >= list.toCell) return [];
      return block.map((entry) => occurrence(entry, date, startAtMs));
    });
  });
  return { ...list, items };
}

/** About how many items a list has once its repeats are written out, without writing them out. */
export function countExpanded(list: PlanList, timeZone: string): number {
  return blocksOf(list.items).reduce(
    (sum, block) => sum + block.length * (datesOf(block, list, timeZone)?.length ?? 1),
    0,
  );
}

/** Lines that repeat and air on no day of the plan, given the list and what it was written out to. */
export function idleLines(list: PlanList, expanded: PlanList): Entry[] {
  const airing = new Set(expanded.items.map(({ line }) => line?.id));
  return blocksOf(list.items).flatMap(([first]) =>
    first.item.repeat !== undefined && !airing.has(first.item.id) ? [first] : [],
  );
}
