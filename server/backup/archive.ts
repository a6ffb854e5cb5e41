import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { CannotStart } from '../supervisor/preflight.ts';

/** First line of a backup: what it is, and which media it speaks of. */
export const archiveHeaderSchema = z.object({
  format: z.literal('yuanbo-backup'),
  version: z.literal(1),
  createdAtMs: z.number().int(),
  schemaVersion: z.number().int(),
  /** Stored files that the database refers to, with their sizes: media is copied by other means and checked against this. */
  media: z.array(z.object({ key: z.string(), bytes: z.number().int() })),
});
export type ArchiveHeader = z.infer<typeof archiveHeaderSchema>;

/** One document: its collection, and canonical extended JSON, which keeps every BSON type. */
const rowSchema = z.object({ c: z.string(), d: z.string() });
export type ArchiveRow = z.infer<typeof rowSchema>;

const endLine = JSON.stringify({ end: true });

/** Writes gzipped JSON lines beside the file and renames them into place, so that half a backup never looks like one. */
export async function writeArchive(
  file: string,
  header: ArchiveHeader,
  rows: AsyncIterable<ArchiveRow>,
): Promise<number> {
  let count = 0;
  async function* lines() {
    yield `${JSON.stringify(header)}\n`;
    for await (const row of rows) {
      count += 1;
      yield `${JSON.stringify(row)}\n`;
    }
    yield `${endLine}\n`;
  }
  const draft = `${file}.part`;
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(draft, { mode: 0o600, flush: true }));
  await rename(draft, file);
  return count;
}

/** Reads a backup: its header, then its rows. Rejects with one sentence for what is no backup or was cut short. */
export async function readArchive(file: string): Promise<{ header: ArchiveHeader; rows: AsyncGenerator<ArchiveRow> }> {
  const lines = linesOf(file);
  const first = await lines.next();
  const header = archiveHeaderSchema.safeParse(first.done === true ? undefined : parseJson(first.value));
  if (!header.success) throw notABackup(file);
  async function* rows() {
    for await (const line of lines) {
      if (line === endLine) return;
      const row = rowSchema.safeParse(parseJson(line));
      if (!row.success) throw notABackup(file);
      yield row.data;
    }
    throw new CannotStart(`${file} ends too early: use another backup.`);
  }
  return { header: header.data, rows: rows() };
}

async function* linesOf(file: string): AsyncGenerator<string, undefined> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.on('error', (error) => unzipped.destroy(error));
  try {
    yield* createInterface({ input: unzipped, crlfDelay: Infinity });
  } catch (error) {
    throw new CannotStart(
      `${file} cannot be read (${error instanceof Error ? error.message : String(error)}): use another backup.`,
    );
  }
  return undefined;
}

const notABackup = (file: string): CannotStart =>
  new CannotStart(`${file} is no Yuanbo backup: give a file that npm run backup wrote.`);

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
