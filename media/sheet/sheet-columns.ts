import { foldCell, type SheetLine, type SheetValue } from './sheet-page.ts';
import { readSheetDate } from './sheet-date.ts';
import { readSheetTime } from './sheet-time.ts';

/** What a column can be about. */
export type ColumnName =
  'date' | 'weekday' | 'time' | 'end' | 'title' | 'film' | 'length' | 'mustWatch' | 'mode' | 'note';

/** Where each column stands, from 0. */
export type Columns = Readonly<Partial<Record<ColumnName, number>>>;

/** Headings that county offices use, the first of each is the one that we write. */
export const headings: Readonly<Record<ColumnName, readonly string[]>> = {
  date: ['日期', '播出日期', '播放日期', '时间日期', '节目日期', '日子', 'date', 'day'],
  weekday: ['星期', '周几', '礼拜', 'weekday'],
  time: [
    '时间',
    '开始时间',
    '播出时间',
    '播放时间',
    '开播时间',
    '起始时间',
    '开始',
    '时段',
    'time',
    'start',
    'start time',
  ],
  end: ['结束', '结束时间', '截止时间', 'end', 'end time'],
  title: [
    ...[
      '节目',
      '节目名称',
      '片名',
      '内容',
      '标题',
      '节目内容',
      '播出内容',
      '播放内容',
      '课件名称',
      '课件',
      '名称',
      '题目',
    ],
    ...['title', 'programme', 'program', 'film'],
  ],
  length: ['时长', '节目时长', '片长', '长度', '播出时长', 'length', 'duration'],
  mustWatch: ['必看', '是否必看', 'must watch', 'must-watch'],
  mode: ['方式', '播出方式', '开始方式', 'mode', 'start mode'],
  note: ['备注', '说明', '附注', 'note', 'notes', 'remark'],
  film: ['片编号', '课件编号', '影片编号', '编号', '片号', 'film id', 'code'],
};

/** Rows among which the heading is looked for: sheets begin with a title or two. */
const headingLines = 30;

const known = new Map(
  (Object.keys(headings) as ColumnName[]).flatMap((name) => headings[name].map((heading) => [heading, name] as const)),
);

/** A heading without spaces, brackets and what stands in them: `时长（分钟）` is `时长`. */
const plainHeading = (value: SheetValue): string =>
  foldCell(value)
    .toLowerCase()
    .replace(/[([【].*$/u, '')
    .replace(/[:*]/gu, '')
    .trim();

/** Columns that a row names; the first of two with one name counts. */
function columnsOf(cells: readonly SheetValue[]): Columns {
  const columns: Partial<Record<ColumnName, number>> = {};
  cells.forEach((cell, index) => {
    const heading = plainHeading(cell);
    const name = known.get(heading) ?? known.get(heading.replaceAll(' ', ''));
    if (name !== undefined) columns[name] ??= index;
  });
  return columns;
}

/** A row is a heading when it names the programme and when it airs. */
const isHeading = (columns: Columns): boolean =>
  (columns.title !== undefined || columns.film !== undefined) &&
  (columns.date !== undefined || columns.time !== undefined);

/** Whether a row repeats the heading, as printed sheets do on every page. */
export const repeatsHeading = (cells: readonly SheetValue[]): boolean => isHeading(columnsOf(cells));

/** What was found out about a page. */
export interface PageColumns {
  readonly columns: Columns;
  /** Where its programme rows begin in the list of lines. */
  readonly firstRow: number;
}

/** Columns of a page by its heading; without one by what stands in them, as in a range that was copied without its heading. */
export function findColumns(lines: readonly SheetLine[]): PageColumns | undefined {
  for (const [index, { cells }] of lines.slice(0, headingLines).entries()) {
    const columns = columnsOf(cells);
    if (isHeading(columns)) return { columns, firstRow: index + 1 };
  }
  const columns = guessColumns(lines);
  return columns === undefined ? undefined : { columns, firstRow: 0 };
}

const guessedRows = 50;

/** Date and time by their look, the programme by being the longest text of what is left. */
function guessColumns(lines: readonly SheetLine[]): Columns | undefined {
  const sample = lines.slice(0, guessedRows);
  const width = Math.max(0, ...sample.map(({ cells }) => cells.length));
  const columnCells = Array.from({ length: width }, (_, index) =>
    sample.map(({ cells }) => cells[index] ?? '').filter((cell) => cell !== ''),
  );
  const anywhere = { from: '2000-01-01', to: '2101-01-01' };
  const mostly = (cells: readonly SheetValue[], reads: (value: SheetValue) => boolean): boolean =>
    cells.length > 0 && cells.filter(reads).length / cells.length >= 0.6;
  const time = columnCells.findIndex((cells) =>
    mostly(cells, (value) => (typeof value === 'number' ? value > 0 && value < 1 : readSheetTime(value) !== undefined)),
  );
  const date = columnCells.findIndex(
    (cells, index) =>
      index !== time &&
      mostly(cells, (value) =>
        typeof value === 'number' ? value > 36_000 && value < 80_000 : readSheetDate(value, anywhere) !== undefined,
      ),
  );
  const lengths = columnCells.map((cells, index) =>
    index === time || index === date ? 0 : cells.reduce<number>((sum, cell) => sum + foldCell(cell).length, 0),
  );
  const longest = Math.max(0, ...lengths);
  if (time < 0 || longest === 0) return undefined;
  return { time, title: lengths.indexOf(longest), ...(date < 0 ? {} : { date }) };
}
