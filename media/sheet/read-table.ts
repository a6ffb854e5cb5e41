/** A row of a sheet with the line on which it begins, from 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The sheet cannot be read from this line on. */
export class TableBroken extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Rows of a table with commas, semicolons or tabs, whichever its first line has most of; quotes as in RFC 4180. Empty lines are left out. */
export function readTable(sheet: string): TableRow[] {
  const text = sheet.replace(/\r\n?/g, '\n');
  const separator = separatorOf(text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1));
  const rows: TableRow[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    const begun = line;
    for (;;) {
      const cell = readCell(text, at, separator, begun);
      row.push(cell.value.trim());
      line += cell.lines;
      at = cell.end + 1;
      if (text[cell.end] !== separator) break;
    }
    line += 1;
    if (row.some((cell) => cell !== '')) rows.push({ line: begun, cells: row });
  }
  return rows;
}

function separatorOf(header: string): string {
  const count = (sign: string): number => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

interface Cell {
  readonly value: string;
  /** Index of what ends it: a separator, a line feed or the end. */
  readonly end: number;
  /** Line feeds inside it. */
  readonly lines: number;
}

function readCell(text: string, from: number, separator: string, line: number): Cell {
  if (text[from] !== '"') {
    let end = from;
    while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
    return { value: text.slice(from, end), end, lines: 0 };
  }
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') value += text[at] ?? '';
    else if (text[at + 1] === '"') {
      value += '"';
      at += 1;
    } else {
      let end = at + 1;
      while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
      return { value: value + text.slice(at + 1, end), end, lines: value.split('\n').length - 1 };
    }
  }
  throw new TableBroken(line, 'a quotation mark is never closed');
}
