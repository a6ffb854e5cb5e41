import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { CannotStart } from '../supervisor/preflight.ts';

const entrySchema = z.object({
  bytes: z.number(),
  mtimeMs: z.number(),
  sha256: z.string(),
  /** The film that the file was, or is being, sent as. */
  filmId: z.string().optional(),
});
const stateSchema = z.object({ format: z.literal(1), server: z.string(), files: z.record(z.string(), entrySchema) });
/** What is known of a file of the folder. */
export type KnownFile = z.infer<typeof entrySchema>;

/** What earlier runs did with a folder, kept beside the films, so that a killed import goes on where it stopped. */
export interface ImportState {
  readonly get: (name: string) => KnownFile | undefined;
  /** A file of the same content that was sent under another name. */
  readonly sentAs: (sha256: string) => string | undefined;
  /** Resolves when it is on the disk. */
  readonly set: (name: string, file: KnownFile) => Promise<void>;
}

/** Reads the state file, or begins one; what another server was sent does not count. */
export async function openImportState(path: string, server: string): Promise<ImportState> {
  const known = await read(path);
  const files = new Map(known?.server === server ? Object.entries(known.files) : []);
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    const fresh = `${path}.new`;
    await writeFile(
      fresh,
      `${JSON.stringify({ format: 1, server, files: Object.fromEntries(files) }, undefined, 1)}\n`,
    );
    await rename(fresh, path);
  };
  await write().catch((cause: unknown) => {
    throw new CannotStart(`${path} cannot be written: give another place for it with --state FILE.`, { cause });
  });
  return {
    get: (name) => files.get(name),
    sentAs: (sha256) => [...files.values()].find((file) => file.sha256 === sha256 && file.filmId !== undefined)?.filmId,
    set: (name, file) => {
      files.set(name, file);
      writing = writing.then(write);
      return writing;
    },
  };
}

async function read(path: string): Promise<z.infer<typeof stateSchema> | undefined> {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  try {
    return stateSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new CannotStart(
      `${path} is not the note of an import: move it away, or give another place with --state FILE.`,
      {
        cause,
      },
    );
  }
}
