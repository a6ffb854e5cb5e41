import { z } from 'zod';
import { MOST_SHEET_LINES, type SheetPage } from '../../media/sheet/sheet-page.ts';
import { AppError } from '../errors.ts';
import { readInChild } from '../process/read-in-child.ts';
import { checkZip } from './check-zip.ts';

const reader = {
  program: 'sheets/workbook-child.js',
  words: [String(MOST_SHEET_LINES)],
  longestMs: 20_000,
  mostMemoryMb: 384,
  mostAnswerBytes: 64 * 1_048_576,
};

const pagesSchema = z.array(
  z.strictObject({
    name: z.string(),
    lines: z.array(z.strictObject({ line: z.number().int(), cells: z.array(z.union([z.string(), z.number()])) })),
  }),
);

/** Pages of an .xlsx, read by a process of its own with bounded memory and time; 413 or 415 with the cure otherwise. */
export async function readWorkbook(bytes: Buffer): Promise<readonly SheetPage[]> {
  const names = await checkZip(bytes);
  if (!names.includes('[Content_Types].xml') || !names.some((name) => /^xl\/workbook\./.test(name))) {
    throw new AppError(
      'unsupported_type',
      'This is a zip, but no workbook. Save the plan as .xlsx or CSV and send that.',
    );
  }
  const answer = await readInChild(reader, bytes);
  if (answer === undefined) throw unreadable();
  const pages = pagesSchema.parse(JSON.parse(answer));
  if (pages.reduce((sum, { lines }) => sum + lines.length, 0) <= MOST_SHEET_LINES) return pages;
  throw tooManyLines();
}

/** 413 for a sheet that is longer than any plan. */
export const tooManyLines = (): AppError =>
  new AppError('too_large', `A sheet has at most ${MOST_SHEET_LINES} rows. Send it month by month.`);

const unreadable = (): AppError =>
  new AppError(
    'unsupported_type',
    'This workbook cannot be read, or only with more time and memory than a plan needs. Copy the plan into a new workbook, without its styles, and save that as .xlsx.',
  );
