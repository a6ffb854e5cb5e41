import type { PlanRow } from '../plan-rows.ts';
import { airingOn, type Block, insertBlock, onDay } from '../repeat-rows.ts';
import { type BoardCursor, placeAtMs } from './board-cursor.ts';
import { blockOf, type BoardWay, placeBlock } from './board-edits.ts';
import type { BoardEntry } from './board-entries.ts';

type Rows = readonly PlanRow[];

/** What was copied: an item with what follows it, or the items of a day. */
export interface Copied {
  readonly blocks: readonly Block[];
  readonly isDay: boolean;
  /** The same as text with tabs, which spreadsheets take; it tells our own copy from a range of a sheet. */
  readonly text: string;
}

/** Copies the chosen item, or the day of the cursor; undefined where there is nothing. */
export function copied(rows: Rows, chosen: BoardEntry | undefined, day: string): Copied | undefined {
  const blocks = chosen === undefined ? airingOn(rows, day) : [blockOf(rows, chosen)];
  if (blocks.length === 0) return undefined;
  return { blocks, isDay: chosen === undefined, text: textOf(blocks) };
}

const textOf = (blocks: readonly Block[]): string =>
  blocks
    .flat()
    .map(({ day, clock, title, filmTitle, note }) => [day, clock, title ?? filmTitle, note].join('\t'))
    .join('\n');

/** How many lines were copied. */
export const countOf = ({ blocks }: Copied): number => blocks.flat().length;

/**
 * Puts what was copied where the cursor is: a day keeps its times, an item begins at the cursor, or on a whole day at the time
 * that it had. A text says why nothing may begin then.
 */
export function pasted(
  rows: Rows,
  { blocks, isDay }: Copied,
  at: {
    readonly cursor: BoardCursor;
    readonly entries: readonly BoardEntry[];
    readonly way: BoardWay;
    readonly refusal: (atMs: number) => string | undefined;
  },
): Rows | string {
  const { cursor, entries, way } = at;
  if (isDay) {
    const fresh = blocks.map((block) => onDay(block, cursor.day));
    const [first] = fresh.flatMap((block) => placeAtMs([], { day: cursor.day, clock: block[0].clock }, way.zone) ?? []);
    const refused = first === undefined ? undefined : at.refusal(first);
    if (refused !== undefined) return refused;
    return fresh.reduce<Rows>((list, block) => insertBlock(list, renewed(block, way.freshId)), rows);
  }
  const [block] = blocks;
  if (block === undefined) return rows;
  const own = cursor.clock ?? block[0].clock;
  const atMs =
    cursor.clock === undefined && block[0].clock !== ''
      ? placeAtMs([], { day: cursor.day, clock: own }, way.zone)
      : placeAtMs(entries, cursor, way.zone);
  if (atMs === undefined) return rows;
  return at.refusal(atMs) ?? placeBlock(rows, block, atMs, way);
}

const renewed = ([first, ...others]: Block, freshId: () => string): Block => [
  { ...first, id: freshId() },
  ...others.map((row) => ({ ...row, id: freshId() })),
];
