import { z } from 'zod';
import type { Interruption } from '../../media/contract/duty.ts';
import { idSchema } from '../../media/contract/ids.ts';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import type { GuideRow } from '../../media/plan/guide.ts';

const personSchema = z.strictObject({ id: idSchema, name: z.string() });
const cell = z.number().int().nonnegative();

/** Why and by whom a channel's plan is displaced; what airs meanwhile stands in the timeline under the same id. */
export const interruptionRecordSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['cut', 'insertion']),
  scope: z.string(),
  reason: z.string(),
  drill: z.boolean(),
  by: personSchema,
  atMs: z.number(),
  fromCell: cell,
  /** Exclusive; absent on a cut that nobody has ended. */
  toCell: cell.exactOptional(),
  endAskedBy: personSchema.exactOptional(),
  filmId: idSchema.exactOptional(),
  title: z.string().exactOptional(),
});
export type InterruptionRecord = z.infer<typeof interruptionRecordSchema>;

/** The cut that nobody has ended yet. */
export const openCut = (records: readonly InterruptionRecord[]): InterruptionRecord | undefined =>
  records.find(({ kind, toCell }) => kind === 'cut' && toCell === undefined);

/** An interruption as the office reads it. */
export function interruptionView(record: InterruptionRecord): Interruption {
  const { fromCell, toCell, endAskedBy, filmId, title, ...said } = record;
  return {
    ...said,
    effectiveAtMs: cellStartAtMs(fromCell),
    ...(toCell === undefined ? {} : { endAtMs: cellStartAtMs(toCell) }),
    ...(endAskedBy === undefined ? {} : { endAskedBy }),
    ...(filmId === undefined ? {} : { filmId }),
    ...(title === undefined ? {} : { title }),
  };
}

/** A title with the mark of a drill, in guides, boards and calendars alike. */
export const drillTitle = (title: string): string => `${title}（演练）`;

/** What people read instead of the slate's name while a channel is cut; why is the office's business. */
export const adjustedTitle = (drill: boolean): string => (drill ? drillTitle('节目调整') : '节目调整');

/** A guide row, and what interrupts the plan there. */
export interface MarkedRow {
  readonly row: GuideRow;
  readonly interruption?: 'cut' | 'drill' | 'insertion';
}

/** Guide rows with each cut as a row of its own and insertions marked. */
export function markedRows(rows: readonly GuideRow[], records: readonly InterruptionRecord[]): readonly MarkedRow[] {
  const inserted = new Set(records.filter(({ kind }) => kind === 'insertion').map(({ id }) => id as string));
  const isInserted = (itemId = ''): boolean => inserted.has(itemId.slice(itemId.indexOf('~') + 1));
  const cuts = records.filter(({ kind }) => kind === 'cut').sort((a, b) => a.fromCell - b.fromCell);
  return rows.flatMap((row): MarkedRow[] => {
    if (row.kind !== 'slate') return [isInserted(row.itemId) ? { row, interruption: 'insertion' } : { row }];
    return dividedByCuts(row, cuts);
  });
}

function dividedByCuts(row: GuideRow, cuts: readonly InterruptionRecord[]): MarkedRow[] {
  const found: MarkedRow[] = [];
  let at = row.fromCell;
  for (const { fromCell, toCell = Infinity, drill } of cuts) {
    const [from, to] = [Math.max(at, fromCell), Math.min(row.toCell, toCell)];
    if (from >= to) continue;
    if (from > at) found.push({ row: slateRow(row, at, from, row.title) });
    found.push({ row: slateRow(row, from, to, adjustedTitle(drill)), interruption: drill ? 'drill' : 'cut' });
    at = to;
  }
  if (at < row.toCell) found.push({ row: at === row.fromCell ? row : slateRow(row, at, row.toCell, row.title) });
  return found;
}

const slateRow = (row: GuideRow, fromCell: number, toCell: number, title: string): GuideRow => ({
  ...row,
  ...{ id: `slate-${fromCell}`, title, fromCell, toCell },
  startAtMs: cellStartAtMs(fromCell),
  endAtMs: cellStartAtMs(toCell),
});
