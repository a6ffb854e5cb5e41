import { utils, write } from '@e965/xlsx';

type Cell = string | number;

/** One page of a workbook, its heading in the first line. */
export interface WrittenPage {
  readonly name: string;
  readonly lines: readonly (readonly Cell[])[];
  /** Width of each column in characters. */
  readonly widths: readonly number[];
}

/** A text that spreadsheets would take for a formula begins with an apostrophe (OWASP, CSV injection). */
const harmless = (value: Cell): string =>
  typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);

/** RFC 4180 with a byte order mark, without which office programs take Chinese for another encoding. */
export const csvOf = (lines: readonly (readonly Cell[])[]): Buffer =>
  Buffer.from(
    `\ufeff${lines.map((line) => line.map((value) => `"${harmless(value).replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`,
  );

/** An .xlsx; its texts are texts and never formulas. */
export function workbookOf(pages: readonly WrittenPage[]): Buffer {
  const book = utils.book_new();
  for (const { name, lines, widths } of pages) {
    const sheet = utils.aoa_to_sheet(lines.map((line) => [...line]));
    sheet['!cols'] = widths.map((wch) => ({ wch }));
    utils.book_append_sheet(book, sheet, name);
  }
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}
