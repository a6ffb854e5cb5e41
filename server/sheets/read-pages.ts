import { readTable, TableBroken, type TableRow } from '../../media/sheet/read-table.ts';
import { MOST_SHEET_LINES, type SheetPage } from '../../media/sheet/sheet-page.ts';
import { AppError } from '../errors.ts';
import { decodeText } from './decode-text.ts';
import { readWorkbook, tooManyLines } from './read-workbook.ts';

const startsWith = (bytes: Buffer, ...head: readonly number[]): boolean =>
  head.every((byte, index) => bytes[index] === byte);

const unsupported = (message: string): AppError => new AppError('unsupported_type', message);

/** Pages of an .xlsx or of a CSV file, told apart by their content (corpus p07 to p09, p12); 413 or 415 with the cure otherwise. */
export async function readPages(bytes: Buffer): Promise<readonly SheetPage[]> {
  if (startsWith(bytes, 0x50, 0x4b)) return readWorkbook(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw unsupported('This is an old .xls or a workbook with a password. Save it as .xlsx without a password.');
  }
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw unsupported('This is a PDF. Send the workbook or a CSV file.');
  const text = decodeText(bytes)?.replace(/^\ufeff/u, '');
  if (text === undefined || hasControls(text)) {
    throw unsupported('This is neither a workbook nor text. Save the plan as .xlsx or CSV and send that.');
  }
  if (/^\s*<(\?xml|!doctype|html|workbook|tv)\b/iu.test(text)) {
    throw unsupported('This is XML or a web page. Save the plan as .xlsx or CSV and send that.');
  }
  return [{ name: '', lines: tableLines(text) }];
}

/** Text of sheets has line ends and tabs, and no other control characters. */
const hasControls = (text: string): boolean => /[^\P{Cc}\s]/u.test(text.slice(0, 65_536));

function tableLines(text: string): SheetPage['lines'] {
  const rows = readRows(text);
  if (rows.length > MOST_SHEET_LINES) throw tooManyLines();
  return rows.map(({ line, cells }) => ({ line, cells: cells.map(withoutGuard) }));
}

/** Our own CSV guards what looks like a formula by an apostrophe. */
const withoutGuard = (cell: string): string => cell.replace(/^'(?=[=+\-@])/u, '');

function readRows(text: string): readonly TableRow[] {
  try {
    return readTable(text);
  } catch (error) {
    if (!(error instanceof TableBroken)) throw error;
    throw new AppError('invalid', `Line ${error.line}: ${error.message}. Mend the line and send the file again.`, {
      fields: [{ path: `line.${error.line}`, message: error.message }],
    });
  }
}
