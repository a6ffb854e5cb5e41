import type { PlanRow } from '../plan-rows.ts';
import { changeRow } from '../edit-rows.ts';
import { airingOn, type Block, insertBlock, onDay } from '../repeat-rows.ts';
import { blockWith, type BoardWay, ownLines } from './board-edits.ts';
import type { BoardEntry } from './board-entries.ts';
import { rippled, spanOf, startingAt } from './ripple.ts';

type Rows = readonly PlanRow[];

/** How an item begins: at its second, at most `maxLateMs` later, or when the one before it ends. */
export type RowStart = Pick<PlanRow, 'startMode' | 'maxLateMs'>;

/** What an item would follow: what airs before it that day. What repeats is not followed, for it airs on other days too. */
export function followable(rows: Rows, { row, day }: BoardEntry): Block | undefined {
  const blocks = airingOn(rows, day);
  const before = blocks[blocks.findIndex(([first]) => first.id === row.id) - 1];
  const listed = rows.find(({ id }) => id === before?.[0].id);
  return listed?.repeat === undefined ? before : undefined;
}

/** Lets an airing begin in another way; of a line that repeats only this day changes. */
export function startEntry(rows: Rows, entry: BoardEntry, start: RowStart, way: BoardWay): Rows {
  if (start.startMode === 'follow') return following(rows, entry, way);
  const own = ownLines(rows, entry, way);
  const changed = changeRow(own.rows, own.id, start);
  const block = blockWith(changed, own.id);
  if (entry.row.startMode !== 'follow' || block === undefined) return changed;
  return insertBlock(without(changed, block), startingAt(block, entry.startAtMs, way.zone));
}

function following(rows: Rows, entry: BoardEntry, way: BoardWay): Rows {
  const before = followable(rows, entry);
  const own = ownLines(rows, entry, way);
  const block = blockWith(own.rows, own.id);
  if (entry.row.startMode === 'follow' || before === undefined || block === undefined) return rows;
  const was = spanOf(block, way.zone);
  const [first, ...others] = onDay(block, before[0].day);
  const rest = without(own.rows, block);
  const behind = rest.findIndex(({ id }) => id === before.at(-1)?.id) + 1;
  const follower: PlanRow = { ...first, startMode: 'follow', clock: '', maxLateMs: 0 };
  const made = [...rest.slice(0, behind), follower, ...others, ...rest.slice(behind)];
  const joined = blockWith(made, own.id);
  const is = joined && spanOf(joined, way.zone);
  if (!way.isRippling || was === undefined || is === undefined) return made;
  return rippled(made, { fromMs: was.endAtMs, toMs: is.endAtMs }, way.zone);
}

const without = (rows: Rows, block: Block): Rows => rows.filter(({ id }) => !block.some((row) => row.id === id));
