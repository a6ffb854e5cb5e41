import { addCivilDays } from '../../../media/grid/civil-time.ts';
import { followBlocks } from '../../../media/plan/follow-blocks.ts';
import { repeatDates } from '../../../media/plan/repeats.ts';
import { changeRow } from './edit-rows.ts';
import { type PlanRow, type RowRepeat, withoutRepeat } from './plan-rows.ts';

type Rows = readonly PlanRow[];

/** Lines that begin together: one with a start of its own and those that follow it. */
export type Block = readonly [PlanRow, ...PlanRow[]];

/** The blocks of a list in its order. */
export const blocksOf = (rows: Rows): Block[] => followBlocks(rows, ({ startMode }) => startMode);

const isAiring = ({ repeat, day: begins }: PlanRow, day: string): boolean =>
  repeat === undefined ? day === begins : day >= begins && repeatDates(repeat, day, day).length > 0;

/** Whether a line that repeats does so on the day under which it is listed: the rule may leave that day out. */
export const airsOnOwnDay = (row: PlanRow): boolean => isAiring(row, row.day);

/** A block's lines put on another day. */
export const onDay = ([first, ...others]: Block, day: string): Block => [
  { ...first, day },
  ...others.map((row) => ({ ...row, day })),
];

/** Blocks that air on a day because they repeat, while they are listed on another; their lines are put on that day. */
export const repeatsOn = (rows: Rows, day: string): readonly Block[] =>
  blocksOf(rows)
    .filter(([first]) => first.repeat !== undefined && first.day !== day && isAiring(first, day))
    .map((block) => onDay(block, day));

/** Blocks that air on a day, in the order of the clock, each once: the same list without rules. */
export function airingOn(rows: Rows, day: string): readonly Block[] {
  const listed = blocksOf(rows).filter(([first]) => first.day === day && isAiring(first, day));
  return [...listed, ...repeatsOn(rows, day)]
    .map(([first, ...others]): Block => [withoutRepeat(first), ...others])
    .sort(([a], [b]) => (a.clock < b.clock ? -1 : a.clock > b.clock ? 1 : 0));
}

/** Days beyond which no plan reaches; a rule that finds no day within them has none. */
const farDays = 400;

/** Takes one day out of a rule. A rule whose first day goes begins on its next one; with none left, the lines go too. */
export function exceptDay(rows: Rows, id: string, day: string): Rows {
  const row = rows.find((one) => one.id === id);
  if (row?.repeat === undefined) return rows;
  if (day > row.day) {
    const except = [...new Set([...(row.repeat.except ?? []), day])].sort();
    return changeRow(rows, id, { repeat: { ...row.repeat, except } });
  }
  const [next] = repeatDates(row.repeat, addCivilDays(day, 1), addCivilDays(day, farDays));
  return next === undefined ? removeBlock(rows, id) : moveBlock(rows, id, next);
}

/** Ends a rule before a day; on its first day the lines go. */
export function endBefore(rows: Rows, id: string, day: string): Rows {
  const row = rows.find((one) => one.id === id);
  if (row?.repeat === undefined) return rows;
  if (day <= row.day) return removeBlock(rows, id);
  return changeRow(rows, id, { repeat: { ...row.repeat, until: addCivilDays(day, -1) } });
}

/** Makes one day of a rule lines of its own, to be changed alone. */
export function detachDay(rows: Rows, id: string, day: string, freshId: () => string): Rows {
  const block = blocksOf(rows).find(([first]) => first.id === id);
  if (block?.[0].repeat === undefined) return rows;
  const [first, ...others] = onDay(block, day).map((row) => ({ ...withoutRepeat(row), id: freshId() }));
  const rest = exceptDay(rows, id, day);
  return first === undefined ? rest : insertBlock(rest, [first, ...others]);
}

/** Gives a line another rule, or none. */
export const withRepeat = (rows: Rows, id: string, repeat: RowRepeat | undefined): Rows =>
  repeat === undefined
    ? rows.map((row) => (row.id === id ? withoutRepeat(row) : row))
    : changeRow(rows, id, { repeat });

/** Takes lines that begin together out of the list. */
function removeBlock(rows: Rows, id: string): Rows {
  return blocksOf(rows)
    .filter(([first]) => first.id !== id)
    .flat();
}

/** Lists a block on a later day. */
function moveBlock(rows: Rows, id: string, day: string): Rows {
  const block = blocksOf(rows).find(([first]) => first.id === id);
  return block === undefined ? rows : insertBlock(removeBlock(rows, id), onDay(block, day));
}

/** Puts a block where the days and the clock want it: behind everything that begins no later, and never before lines that follow nothing. */
export function insertBlock(rows: Rows, block: Block): Rows {
  const blocks = blocksOf(rows);
  const at = blocks.findIndex(
    ([first]) =>
      first.startMode !== 'follow' &&
      (first.day > block[0].day || (first.day === block[0].day && first.clock > block[0].clock)),
  );
  const index = at < 0 ? blocks.length : at;
  return [...blocks.slice(0, index), block, ...blocks.slice(index)].flat();
}
