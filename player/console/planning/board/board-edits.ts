import { CELL_MS } from '../../../../media/grid/cell.ts';
import { SHORTEST_ITEM_CELLS } from '../../../../media/plan/plan.ts';
import { changeRow, removeRow, withFilmLength } from '../edit-rows.ts';
import { bareSlot, isBareSlot, type PlanRow } from '../plan-rows.ts';
import { type Block, blocksOf, detachDay, exceptDay, insertBlock } from '../repeat-rows.ts';
import type { BoardEntry } from './board-entries.ts';
import { rippled, spanOf, startingAt } from './ripple.ts';

type Rows = readonly PlanRow[];

/** How changes of the board are made. */
export interface BoardWay {
  readonly zone: string;
  /** What stands right behind moves along. */
  readonly isRippling: boolean;
  readonly freshId: () => string;
}

/** A film as the library offers it. */
export interface BoardFilm {
  readonly id: string;
  readonly title: string;
  readonly lengthMs: number | undefined;
}

/** What is placed where a slot stays without a film. */
export const slotFilm: BoardFilm = { id: '', title: bareSlot.filmTitle, lengthMs: bareSlot.durationMs };

/** A line that airs a film once, at its second, or leaves a slot open. */
export const filmRow = (film: BoardFilm, id: string): PlanRow => ({
  ...{ id, day: '', clock: '', startMode: 'hard', maxLateMs: 0, filmId: film.id, filmTitle: film.title },
  ...(film.lengthMs === undefined || film.id === '' ? {} : { filmMs: film.lengthMs }),
  ...{ mustWatch: false, note: '' },
  ...(film.id === '' ? bareSlot : {}),
});

/** Puts lines that begin together at an instant, as new ones. */
export function placeBlock(rows: Rows, [first, ...others]: Block, atMs: number, way: BoardWay): Rows {
  const fresh: Block = [{ ...first, id: way.freshId() }, ...others.map((row) => ({ ...row, id: way.freshId() }))];
  const block = startingAt(fresh, atMs, way.zone);
  const endAtMs = spanOf(block, way.zone)?.endAtMs ?? atMs;
  const made = way.isRippling ? rippled(rows, { fromMs: atMs, toMs: endAtMs }, way.zone) : rows;
  return insertBlock(made, block);
}

/** Moves an airing, with what follows it, to an instant; of a line that repeats only this day moves. */
export function moveEntry(rows: Rows, entry: BoardEntry, atMs: number, way: BoardWay): Rows {
  if (atMs === entry.startAtMs) return rows;
  const own = ownLines(rows, entry, way);
  const [block, rest] = takenOut(own.rows, own.id, way.zone);
  if (block === undefined) return rows;
  const was = spanOf(startingAt(block, entry.startAtMs, way.zone), way.zone);
  const moved = startingAt(block, atMs, way.zone);
  const is = spanOf(moved, way.zone);
  if (was === undefined || is === undefined || !way.isRippling) return insertBlock(rest, moved);
  const isLaterThatDay = moved[0].day === entry.day && atMs > entry.startAtMs;
  if (isLaterThatDay) return insertBlock(rippled(rest, ends(was, is), way.zone), moved);
  const closed = rippled(rest, { fromMs: was.endAtMs, toMs: was.startAtMs }, way.zone);
  return insertBlock(rippled(closed, { fromMs: is.startAtMs, toMs: is.endAtMs }, way.zone), moved);
}

const ends = (was: { readonly endAtMs: number }, is: { readonly endAtMs: number }) => ({
  ...{ fromMs: was.endAtMs, toMs: is.endAtMs },
});

/** Takes an airing out; of a line that repeats only this day goes. What followed it keeps its time, or moves up. */
export function removeEntry(rows: Rows, entry: BoardEntry, way: BoardWay): Rows {
  if (entry.isRepeated && entry.row.startMode !== 'follow') return exceptDay(rows, entry.row.id, entry.day);
  const own = ownLines(rows, entry, way);
  const block = blockWith(own.rows, own.id);
  if (block === undefined) return rows;
  const [first, next, ...others] = block;
  const before = spanOf(block, way.zone);
  const heir =
    first.id === own.id && next !== undefined
      ? { ...next, startMode: first.startMode, clock: first.clock, maxLateMs: first.maxLateMs }
      : undefined;
  const left = removeRow(own.rows, own.id);
  if (heir === undefined || first.startMode === 'follow') {
    const after = blockWith(left, first.id);
    const toMs = (after && spanOf(after, way.zone)?.endAtMs) ?? entry.startAtMs;
    return way.isRippling && before !== undefined ? rippled(left, { fromMs: before.endAtMs, toMs }, way.zone) : left;
  }
  const kept: Block = [heir, ...others];
  const begun = way.isRippling ? kept : startingAt(kept, entry.endAtMs, way.zone);
  const made = insertBlock(
    left.filter(({ id }) => !kept.some((row) => row.id === id)),
    begun,
  );
  const after = spanOf(begun, way.zone);
  return way.isRippling && before && after ? rippled(made, ends(before, after), way.zone, new Set([heir.id])) : made;
}

/** Gives an airing another length on air: at least 12 s, at most the film. */
export function resizeEntry(rows: Rows, entry: BoardEntry, lengthMs: number, way: BoardWay): Rows {
  const filmMs = isBareSlot(entry.row) ? Infinity : entry.row.filmMs;
  if (filmMs === undefined) return rows;
  const cells = Math.max(SHORTEST_ITEM_CELLS, Math.round(lengthMs / CELL_MS));
  const durationMs = cells * CELL_MS;
  if (Math.min(durationMs, filmMs) === (entry.row.durationMs ?? filmMs)) return rows;
  const own = ownLines(rows, entry, way);
  const resized = durationMs >= filmMs ? withFilmLength(own.rows, own.id) : changeRow(own.rows, own.id, { durationMs });
  const [before, after] = [blockWith(own.rows, own.id), blockWith(resized, own.id)];
  const was = before && spanOf(before, way.zone);
  const is = after && spanOf(after, way.zone);
  return way.isRippling && was && is ? rippled(resized, ends(was, is), way.zone) : resized;
}

/** The lines of an airing, to be put elsewhere: one with what follows it, or a single one that followed. */
export function blockOf(rows: Rows, entry: BoardEntry): Block {
  const block = blockWith(rows, entry.row.id);
  if (entry.row.startMode !== 'follow' && block !== undefined) return [entry.row, ...block.slice(1)];
  return [{ ...entry.row, startMode: 'hard' }];
}

/** The lines that begin together with one. */
export const blockWith = (rows: Rows, id: string): Block | undefined =>
  blocksOf(rows).find((block) => block.some((row) => row.id === id));

/** Lines that belong to this day alone: one day of a line that repeats is first made lines of its own. */
export function ownLines(rows: Rows, entry: BoardEntry, way: BoardWay): { readonly rows: Rows; readonly id: string } {
  if (!entry.isRepeated) return { rows, id: entry.row.id };
  const block = blockWith(rows, entry.row.id);
  const index = block?.findIndex(({ id }) => id === entry.row.id) ?? -1;
  if (block === undefined || index < 0) return { rows, id: entry.row.id };
  const made: string[] = [];
  const detached = detachDay(rows, block[0].id, entry.day, () => {
    const id = way.freshId();
    made.push(id);
    return id;
  });
  return { rows: detached, id: made[index] ?? entry.row.id };
}

/** A line with what follows it, or a single one that followed, and the list without them. */
function takenOut(rows: Rows, id: string, zone: string): readonly [Block | undefined, Rows] {
  const block = blockWith(rows, id);
  if (block === undefined) return [undefined, rows];
  const row = block.find((each) => each.id === id) ?? block[0];
  const ids = new Set(row === block[0] ? block.map((each) => each.id) : [id]);
  const taken: Block = row === block[0] ? block : startingAt([{ ...row, startMode: 'hard' }], 0, zone);
  return [taken, rows.filter((each) => !ids.has(each.id))];
}
