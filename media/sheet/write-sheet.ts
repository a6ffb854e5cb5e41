import { cellStartAtMs } from '../grid/cell.ts';
import { civilDateOf, civilWeekday, formatCivilTime } from '../grid/civil-time.ts';
import { expandRepeats } from '../plan/expand-repeats.ts';
import { followBlocks } from '../plan/follow-blocks.ts';
import { placeItems, type Placement } from '../plan/place-items.ts';
import { bareSlotTitle, type FilmFacts, type FilmTable, type PlanItem, type PlanList } from '../plan/plan.ts';
import { type ColumnName, headings } from './sheet-columns.ts';
import { writeStartMode } from './sheet-start.ts';
import { clockText } from './sheet-time.ts';

/** Columns of a sheet that we write, in this order. */
export const sheetColumns: readonly ColumnName[] = [
  ...(['date', 'weekday', 'time', 'end', 'title', 'length', 'mustWatch', 'mode', 'note', 'film'] as const),
];

/** The first line of a sheet that we write. */
export const sheetHeading: readonly string[] = sheetColumns.map((name) => headings[name][0] ?? name);

const weekdays = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];

/**
 * A plan's list as lines of a sheet, its heading first, every repeat written out; what follows stands on the day of what it
 * follows. `readSheet` and `applySheet` make the same list of it.
 */
export function writeSheet(list: PlanList, films: FilmTable, timeZone: string): readonly (readonly string[])[] {
  const expanded = expandRepeats(list, timeZone);
  const placed = new Map(placeItems(expanded, films).placements.map((placement) => [placement.item.id, placement]));
  const blocks = followBlocks(expanded.items, ({ startMode }) => startMode).sort(
    ([a], [b]) => (a.startAtMs ?? 0) - (b.startAtMs ?? 0),
  );
  const lines = blocks.flatMap((block) => {
    const begunAtMs = block[0].startAtMs;
    const date = begunAtMs === undefined ? '' : civilDateOf(begunAtMs, timeZone);
    return block.map((item) =>
      lineOf(item, date, { film: films.get(item.filmId ?? ''), at: placed.get(item.id), timeZone }),
    );
  });
  return [sheetHeading, ...lines];
}

function lineOf(
  item: PlanItem,
  date: string,
  known: { readonly film: FilmFacts | undefined; readonly at: Placement | undefined; readonly timeZone: string },
): string[] {
  const { film, at, timeZone } = known;
  const lengthMs = item.durationMs ?? film?.durationMs;
  const cells: Record<ColumnName, string> = {
    ...{ date, weekday: date === '' ? '' : (weekdays[civilWeekday(date) - 1] ?? '') },
    time: clockOf(item.startAtMs ?? startOf(at), timeZone),
    end: clockOf(endOf(at), timeZone),
    title: item.title ?? film?.title ?? (item.filmId === undefined ? bareSlotTitle : ''),
    length: lengthMs === undefined ? '' : clockText(lengthMs),
    mustWatch: item.mustWatch ? '是' : '',
    mode: writeStartMode(item),
    note: item.note ?? '',
    film: item.filmId ?? bareSlotTitle,
  };
  return sheetColumns.map((name) => cells[name]);
}

const startOf = (at: Placement | undefined): number | undefined =>
  at === undefined || !Number.isFinite(at.fromCell) ? undefined : cellStartAtMs(at.fromCell);
const endOf = (at: Placement | undefined): number | undefined =>
  at === undefined || !Number.isFinite(at.fromCell) ? undefined : cellStartAtMs(at.fromCell + at.cells);
const clockOf = (atMs: number | undefined, timeZone: string): string =>
  atMs === undefined ? '' : formatCivilTime(atMs, timeZone).slice(11, 19);
