import { personTextSchema } from '../contract/endpoint.ts';
import { unseenCharacters } from '../contract/unseen-characters.ts';
import { CELL_MS } from '../grid/cell.ts';
import { civilWeekday, addCivilDays } from '../grid/civil-time.ts';
import { bareSlotTitle } from '../plan/plan.ts';
import { type ColumnName, type Columns, findColumns, repeatsHeading } from './sheet-columns.ts';
import { readMonth, readSheetDate, readWeekday, type SheetDays } from './sheet-date.ts';
import { type SheetFinding, type SheetCode, sheetFinding } from './sheet-finding.ts';
import { foldCell, type SheetLine, type SheetPage, type SheetValue } from './sheet-page.ts';
import { readSheetLength, readSheetTime } from './sheet-time.ts';
import { readStartMode, type SheetStart } from './sheet-start.ts';

/** One programme of a sheet, as it stands there; times are ms since midnight of its county date. */
export interface SheetRow {
  readonly page: string;
  readonly line: number;
  readonly date: string;
  /** Absent on what follows the row above. */
  readonly startMs?: number;
  /** From a range or an end column. */
  readonly endMs?: number;
  readonly start: SheetStart;
  readonly title: string;
  /** Number of a film, where the sheet has one. */
  readonly film?: string;
  readonly lengthMs?: number;
  /** Undefined where the sheet has no such column: then what the draft says stays. */
  readonly mustWatch?: boolean;
  readonly note?: string;
}

/** Whether a row leaves a slot open without a film: it says so where others name their film, or as its title. */
export const isBareSlotRow = ({ film, title }: Pick<SheetRow, 'film' | 'title'>): boolean =>
  film === bareSlotTitle || (film === undefined && title === bareSlotTitle);

/** A sheet with everything that was found wrong while it was read. */
export interface ReadSheet {
  readonly rows: readonly SheetRow[];
  readonly findings: readonly SheetFinding[];
}

/** Pages of our own template that are only there to help. */
const helpPages: ReadonlySet<string> = new Set(['片库', '填写说明']);

/** Reads all pages of a sheet for the days of a plan. Total: what cannot be read is a finding, and its row is left out. */
export function readSheet(pages: readonly SheetPage[], days: SheetDays): ReadSheet {
  const rows: SheetRow[] = [];
  const findings: SheetFinding[] = [];
  for (const page of pages.filter(({ name }) => !helpPages.has(name))) readPage(page, days, rows, findings);
  if (rows.length === 0 && findings.every(({ severity }) => severity === 'warning')) {
    findings.push(sheetFinding('empty_sheet', { page: pages[0]?.name ?? '', line: 1 }));
  }
  return { rows, findings: [...findings, ...twice(rows)] };
}

function readPage(page: SheetPage, days: SheetDays, rows: SheetRow[], findings: SheetFinding[]): void {
  const found = findColumns(page.lines);
  if (found === undefined) {
    const line = page.lines[0]?.line;
    if (line !== undefined) findings.push(sheetFinding('no_heading', { page: page.name, line }));
    return;
  }
  const above = page.lines.slice(0, found.firstRow).flatMap(({ cells }) => cells.map(foldCell));
  const month = readMonth(page.name) ?? readMonth(above.join(' '));
  const reader = new RowReader(page.name, found.columns, month === undefined ? days : { ...days, month }, findings);
  for (const line of page.lines.slice(found.firstRow)) {
    const row = reader.read(line);
    if (row !== undefined) rows.push(row);
  }
}

/** Reads the rows of one page; a row without date is of the day above it. */
class RowReader {
  private date: string | undefined;
  private dateHasTime = false;
  private readonly page: string;
  private readonly columns: Columns;
  private readonly days: SheetDays;
  private readonly findings: SheetFinding[];

  constructor(page: string, columns: Columns, days: SheetDays, findings: SheetFinding[]) {
    this.page = page;
    this.columns = columns;
    this.days = days;
    this.findings = findings;
  }

  read({ line, cells }: SheetLine): SheetRow | undefined {
    const cell = (name: ColumnName): SheetValue => cells[this.columns[name] ?? -1] ?? '';
    const text = (name: ColumnName): string => foldCell(cell(name));
    if (repeatsHeading(cells)) return undefined;
    // Remarks and signatures below the list name neither time nor programme.
    const isRemark = text('time') === '' && text('title') === '' && text('film') === '';
    if (isRemark) return undefined;
    const before = this.findings.length;
    const tell = (code: SheetCode, params: SheetFinding['params'] = {}): void => {
      this.findings.push(sheetFinding(code, { page: this.page, line }, params));
    };
    const { date, clock } = this.dateOf(cell('date'), splitTime(cell('time'), this.columns, this.days), tell);
    if (date !== undefined) this.checkDate(date, text('weekday'), tell);
    const times = this.timesOf(clock, cell('end'), date, text('mode'), tell);
    const title = plain(cell('title'));
    if (title === '' && text('film') === '') tell('no_title');
    const note = plain(cell('note'));
    if (!isUsable(title, longestTitle)) tell('bad_text', { text: shown(title), most: longestTitle });
    if (!isUsable(note, longestNote)) tell('bad_text', { text: shown(note), most: longestNote });
    const lengthMs = lengthOf(cell('length'), tell);
    if (date === undefined || times === undefined || hasError(this.findings.slice(before))) return undefined;
    this.dateHasTime = true;
    return {
      ...{ page: this.page, line, date, title, ...times },
      ...(text('film') === '' ? {} : { film: text('film') }),
      ...(lengthMs === undefined ? {} : { lengthMs }),
      ...(this.columns.mustWatch === undefined ? {} : { mustWatch: isYes(text('mustWatch')) }),
      ...(this.columns.note === undefined ? {} : { note }),
    };
  }

  private dateOf(
    value: SheetValue,
    split: { readonly date?: SheetValue; readonly clock: SheetValue },
    tell: (code: SheetCode, params?: SheetFinding['params']) => void,
  ): { readonly date: string | undefined; readonly clock: SheetValue } {
    const given = foldCell(value) === '' ? split.date : value;
    if (given === undefined) {
      if (this.date === undefined) tell('no_date');
      return { date: this.date, clock: split.clock };
    }
    const read = readSheetDate(given, this.days);
    if (read === undefined) tell('bad_date', { text: shown(given) });
    else if (read.weekday !== undefined) this.checkWeekday(read.date, read.weekday, tell);
    // What stands below a date that cannot be read is not of the day above.
    if (read?.date !== this.date) this.dateHasTime = false;
    this.date = read?.date;
    return { date: this.date, clock: split.clock };
  }

  private checkDate(
    date: string,
    weekdayText: string,
    tell: (code: SheetCode, params?: SheetFinding['params']) => void,
  ): void {
    const { from, to } = this.days;
    if (date < from || date >= to) tell('outside_plan', { date, from, last: addCivilDays(to, -1) });
    const weekday = weekdayText === '' ? undefined : readWeekday(weekdayText);
    if (weekday !== undefined) this.checkWeekday(date, weekday, tell);
  }

  private checkWeekday(
    date: string,
    weekday: number,
    tell: (code: SheetCode, params?: SheetFinding['params']) => void,
  ): void {
    const right = civilWeekday(date);
    if (weekday !== right) tell('weekday_differs', { date, right, written: weekday });
  }

  private timesOf(
    clock: SheetValue,
    endCell: SheetValue,
    date: string | undefined,
    modeText: string,
    tell: (code: SheetCode, params?: SheetFinding['params']) => void,
  ): Pick<SheetRow, 'startMs' | 'endMs' | 'start'> | undefined {
    const mode = readStartMode(modeText);
    if (mode === undefined) {
      tell('bad_mode', { text: modeText });
      return undefined;
    }
    if (foldCell(clock) === '' || mode.startMode === 'follow') {
      if (date !== undefined && !this.dateHasTime) tell('no_time');
      else if (mode.startMode !== 'follow') tell('follows');
      return { start: { startMode: 'follow', maxLateMs: 0 } };
    }
    const read = readSheetTime(clock);
    if (read === undefined) {
      tell('bad_time', { text: shown(clock) });
      return undefined;
    }
    if (read.startMs % CELL_MS !== 0) tell('off_grid', { text: shown(clock) });
    const endMs = read.endMs ?? endOf(endCell, read.startMs, tell);
    return { startMs: read.startMs, start: mode, ...(endMs === undefined ? {} : { endMs }) };
  }
}

const dayMs = 86_400_000;

/** 24:00 ends a day; an end before the start is one of the next day. */
function endOf(
  value: SheetValue,
  startMs: number,
  tell: (code: SheetCode, params?: SheetFinding['params']) => void,
): number | undefined {
  if (foldCell(value) === '') return undefined;
  if (foldCell(value) === '24:00') return dayMs;
  const read = readSheetTime(value);
  if (read === undefined || read.endMs !== undefined) {
    tell('bad_end', { text: shown(value) });
    return undefined;
  }
  return read.startMs > startMs ? read.startMs : read.startMs + dayMs;
}

function lengthOf(
  value: SheetValue,
  tell: (code: SheetCode, params?: SheetFinding['params']) => void,
): number | undefined {
  if (foldCell(value) === '') return undefined;
  const ms = readSheetLength(value);
  if (ms === undefined) tell('bad_length', { text: shown(value) });
  return ms;
}

/** A column that holds date and time together, as `2026/3/5 8:30` or a serial number with a fraction. */
function splitTime(
  value: SheetValue,
  columns: Columns,
  days: SheetDays,
): { readonly date?: SheetValue; readonly clock: SheetValue } {
  if (columns.date !== undefined) return { clock: value };
  if (typeof value === 'number') return value >= 61 ? { date: Math.floor(value), clock: value % 1 } : { clock: value };
  const [first = '', ...rest] = foldCell(value).split(' ');
  if (rest.length === 0 || readSheetDate(first, days) === undefined) return { clock: value };
  return { date: first, clock: rest.join(' ') };
}

/** A text as it was typed, for people: on one line, without characters that nobody sees. */
const plain = (value: SheetValue): string =>
  String(value).normalize('NFC').replace(/\s+/gu, ' ').replace(unseenCharacters, '').trim();

/** The same rule as for what comes over the API (media/contract/planning.ts). */
const isUsable = (text: string, most: number): boolean => text === '' || personTextSchema(most).safeParse(text).success;
const longestTitle = 100;
const longestNote = 500;

const hasError = (findings: readonly SheetFinding[]): boolean => findings.some(({ severity }) => severity === 'error');
const isYes = (text: string): boolean => /^(是|必看|√|✓|✔|有|y|yes|true|1|★|☆|\*)$/iu.test(text);
/** At most this much of a cell is repeated in a sentence. */
const shown = (value: SheetValue): string => foldCell(value).slice(0, 40);

/** Rows that say the same film at the same time as an earlier one. */
function twice(rows: readonly SheetRow[]): SheetFinding[] {
  const seen = new Map<string, number>();
  return rows.flatMap((row) => {
    if (row.startMs === undefined) return [];
    const key = `${row.date} ${row.startMs} ${row.film ?? row.title}`;
    const otherLine = seen.get(key);
    if (otherLine === undefined) seen.set(key, row.line);
    return otherLine === undefined ? [] : [sheetFinding('row_twice', row, { otherLine })];
  });
}
