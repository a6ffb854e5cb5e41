import { isSaved, type PlanRow } from './plan-rows.ts';
import { type Block, blocksOf, insertBlock } from './repeat-rows.ts';

type Rows = readonly PlanRow[];

/** What somebody did to one line since a list that two people began from. */
export interface RowChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** The line as it is now, or as it was where it is gone. */
  readonly row: PlanRow;
}

/** Two people's changes of one list in one. */
export interface Merged {
  readonly rows: Rows;
  readonly mine: readonly RowChange[];
  readonly theirs: readonly RowChange[];
  /** Lines that both changed, each in its own way, as `rows` has them: mine, unless I removed what they changed. */
  readonly both: readonly PlanRow[];
}

/** What a line says, whatever else this page knows of it. */
const gistOf = (row: PlanRow): string =>
  JSON.stringify([
    ...[row.id, row.startMode === 'follow' ? '' : `${row.day} ${row.clock}`, row.startMode, row.maxLateMs, row.filmId],
    ...[row.durationMs ?? 0, row.title ?? '', row.mustWatch, row.open === true, row.note.trim()],
    ...[row.repeat ?? null, row.kept?.alternates ?? null],
  ]);

/** Whether two lists say the same; what the server does not take nobody but this page can have. */
export const isSameList = (one: Rows, other: Rows): boolean =>
  one.filter(isSaved).map(gistOf).join() === other.filter(isSaved).map(gistOf).join();

function changesSince(base: Rows, now: Rows): readonly RowChange[] {
  const was = new Map(base.map((row) => [row.id, row]));
  const is = new Set(now.map(({ id }) => id));
  const kept = now.flatMap((row): RowChange[] => {
    const old = was.get(row.id);
    if (old === undefined) return [{ kind: 'added', row }];
    return gistOf(old) === gistOf(row) ? [] : [{ kind: 'changed', row }];
  });
  const removed = base.filter(({ id }) => !is.has(id)).map((row): RowChange => ({ kind: 'removed', row }));
  return [...kept, ...removed];
}

const gistOfBlock = (block: Block | undefined): string => (block ?? []).map(gistOf).join();
const byFirst = (rows: Rows): ReadonlyMap<string, Block> =>
  new Map(blocksOf(rows).map((block) => [block[0].id, block]));

/**
 * Puts my changes on top of theirs, both made to the same list. What only one of us changed is as that one wants it; of a line
 * that both changed mine holds; what one removed and the other changed stays. Nothing that anybody added is lost.
 */
export function mergeRows(list: Rows, mine: Rows, theirs: Rows): Merged {
  const base = list.filter(isSaved);
  const [was, own] = [byFirst(base), byFirst(mine)];
  const known = new Set([...base, ...mine].map(({ id }) => id));
  const kept: Block[] = [];
  const placed: Block[] = [];
  for (const block of blocksOf(theirs)) {
    const [before, now] = [was.get(block[0].id), own.get(block[0].id)];
    const isTheirs = gistOfBlock(block) !== gistOfBlock(before);
    if (now === undefined) {
      if (before === undefined || isTheirs) kept.push(block);
    } else if (gistOfBlock(now) === gistOfBlock(before)) kept.push(block);
    else placed.push(isTheirs ? [...now, ...block.slice(1).filter(({ id }) => !known.has(id))] : now);
  }
  const there = byFirst(theirs);
  for (const [id, block] of own) {
    if (there.has(id)) continue;
    const before = was.get(id);
    if (before === undefined || gistOfBlock(before) !== gistOfBlock(block)) placed.push(block);
  }
  const taken = new Set(placed.flat().map(({ id }) => id));
  const left = kept.flat().filter(({ id }) => !taken.has(id));
  const rows = placed.reduce<Rows>(insertBlock, left);
  const [mineChanges, theirChanges] = [changesSince(base, mine), changesSince(base, theirs)];
  return { rows, mine: mineChanges, theirs: theirChanges, both: changedTwice(mineChanges, theirChanges, rows) };
}

function changedTwice(mine: readonly RowChange[], theirs: readonly RowChange[], rows: Rows): Rows {
  const other = new Map(theirs.map((change) => [change.row.id, change]));
  const ids = mine
    .filter(({ kind, row }) => {
      const change = other.get(row.id);
      return change !== undefined && !(kind === change.kind && gistOf(row) === gistOf(change.row));
    })
    .map(({ row }) => row.id);
  return rows.filter(({ id }) => ids.includes(id));
}
