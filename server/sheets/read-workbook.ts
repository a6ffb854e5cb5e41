import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { MOST_SHEET_LINES, type SheetPage } from '../../media/sheet/sheet-page.ts';
import { AppError } from '../errors.ts';
import { checkZip } from './check-zip.ts';

const longestMs = 20_000;
const mostMemoryMb = 384;
/** Longest text that the reader may answer. */
const mostAnswerBytes = 64 * 1_048_576;

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
  const answer = await runReader(bytes);
  const pages = pagesSchema.parse(JSON.parse(answer));
  if (pages.reduce((sum, { lines }) => sum + lines.length, 0) <= MOST_SHEET_LINES) return pages;
  throw tooManyLines();
}

/** 413 for a sheet that is longer than any plan. */
export const tooManyLines = (): AppError =>
  new AppError('too_large', `A sheet has at most ${MOST_SHEET_LINES} rows. Send it month by month.`);

function runReader(bytes: Buffer): Promise<string> {
  const program = join(projectFolder(), 'dist/server/sheets/workbook-child.js');
  const words = [`--max-old-space-size=${mostMemoryMb}`, program, String(MOST_SHEET_LINES)];
  const child = spawn(process.execPath, words, {
    ...{ stdio: ['pipe', 'pipe', 'ignore'], timeout: longestMs, killSignal: 'SIGKILL', env: {} },
  });
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length > mostAnswerBytes) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(parts).toString('utf8'));
      else reject(unreadable());
    });
    // A reader that died no longer listens; how it ended is told above.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
  });
}

const unreadable = (): AppError =>
  new AppError(
    'unsupported_type',
    'This workbook cannot be read, or only with more time and memory than a plan needs. Copy the plan into a new workbook, without its styles, and save that as .xlsx.',
  );

/** The reader is run as it was built, also by tests. */
function projectFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('the project folder was not found');
  }
}
