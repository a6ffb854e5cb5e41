/** A cell as spreadsheets hold it: text, or a number (also of dates and times, as days since the epoch of the workbook). */
export type SheetValue = string | number;

/** A row with the line on which it stands, from 1. */
export interface SheetLine {
  readonly line: number;
  readonly cells: readonly SheetValue[];
}

/** One page of a workbook, or a whole CSV file; merged cells hold their value in the first of them only. */
export interface SheetPage {
  readonly name: string;
  readonly lines: readonly SheetLine[];
}

/** Longest sheet, all pages together; more is refused with 413 `too_large`. */
export const MOST_SHEET_LINES = 20_000;

/** One form for what people type in several ways: width folded (NFKC), spaces at the ends gone. */
export const foldCell = (value: SheetValue | undefined): string =>
  value === undefined ? '' : String(value).normalize('NFKC').replace(/\s+/gu, ' ').trim();
