import { utils, write } from '@e965/xlsx';

type Cell = string | number;

/** One page of a workbook, its heading in the first line. */
export interface WrittenPage {
  readonly name: string;
  readonly lines: readonly (readonly Cell[])[];
  /** Width of each column in characters. */
  readonly widths: readonly number[];
}

/** A text that spreadsheets would take for a formula, full-width signs too, begins with an apostrophe (OWASP, CSV injection). */
const harmless = (value: Cell): string =>
  typeof value === 'string' && /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : String(value);

/** `_x003C_` in a cell means `<` (ECMA-376 22.9.2.19, ST_Xstring): where somebody wrote just that, its underscore is escaped. */
const literal = (value: Cell): Cell =>
  typeof value === 'string' ? value.replaceAll(/_(?=x[0-9a-f]{4}_)/giu, '_x005F_') : value;

/** RFC 4180 with a byte order mark, without which office programs take Chinese for another encoding. */
export const csvOf = (lines: readonly (readonly Cell[])[]): Buffer =>
  Buffer.from(
    `\ufeff${lines.map((line) => line.map((value) => `"${harmless(value).replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`,
  );

/** An .xlsx; its texts are texts and never formulas. */
export function workbookOf(pages: readonly WrittenPage[]): Buffer {
  const book = utils.book_new();
  for (const { name, lines, widths } of pages) {
    const sheet = utils.aoa_to_sheet(lines.map((line) => line.map(literal)));
    sheet['!cols'] = widths.map((wch) => ({ wch }));
    utils.book_append_sheet(book, sheet, name);
  }
  // Texts stand among the shared strings: as results of formulas, many readers would unescape them twice.
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true, bookSST: true }) as Buffer;
}
