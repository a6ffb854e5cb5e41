import { read, type WorkBook, type WorkSheet, utils } from '@e965/xlsx';

/*
 * Reads a workbook from standard input and writes its pages as JSON to standard output: a process of its own, because
 * nobody can bound what a hostile workbook costs the one that unpacks it (read-workbook.ts gives the limits).
 */

interface ReadPage {
  readonly name: string;
  readonly lines: readonly { readonly line: number; readonly cells: readonly (string | number)[] }[];
}

const mostColumns = 60;
/** Days between the epochs of the two date systems (ECMA-376, 18.17.4.1). */
const macDays = 1462;

const mostLines = Number(process.argv[2]);
const chunks: Buffer[] = [];
process.stdin.on('data', (chunk: Buffer) => chunks.push(chunk));
process.stdin.on('end', () => {
  const book = read(Buffer.concat(chunks), {
    ...{ type: 'buffer', dense: false, sheetRows: mostLines + 2 },
    // Values as they were last computed: no formula is run, no link followed, no macro or style looked at.
    ...{ cellFormula: false, cellHTML: false, cellStyles: false, cellNF: true, bookVBA: false, bookDeps: false },
  });
  process.stdout.write(JSON.stringify(book.SheetNames.map((name) => pageOf(book, name))));
});

function pageOf(book: WorkBook, name: string): ReadPage {
  const sheet = book.Sheets[name];
  const reference = sheet?.['!ref'];
  if (sheet === undefined || reference === undefined) return { name, lines: [] };
  const { s: first, e: last } = utils.decode_range(reference);
  const lastColumn = Math.min(last.c, mostColumns - 1);
  const isMac = book.Workbook?.WBProps?.date1904 === true;
  const lines: { line: number; cells: (string | number)[] }[] = [];
  for (let row = first.r; row <= last.r; row += 1) {
    const cells = Array.from({ length: lastColumn + 1 }, (_, column) => valueOf(sheet, row, column, isMac));
    while (cells.at(-1) === '') cells.pop();
    if (cells.length > 0) lines.push({ line: row + 1, cells });
  }
  return { name, lines };
}

function valueOf(sheet: WorkSheet, row: number, column: number, isMac: boolean): string | number {
  const cell = sheet[utils.encode_cell({ r: row, c: column })] as
    { readonly t: string; readonly v?: unknown; readonly z?: string } | undefined;
  if (cell?.v === undefined || cell.t === 'e') return '';
  if (typeof cell.v === 'boolean') return cell.v ? '是' : '否';
  if (typeof cell.v !== 'number') return typeof cell.v === 'string' ? cell.v : '';
  const isDay = cell.v >= 1 && /[ymd]/i.test(cell.z ?? '');
  return isMac && isDay ? cell.v + macDays : cell.v;
}
