import { mkdirSync } from 'node:fs';
import { link, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FileStore } from '@tus/file-store';
import { spoolEnding } from './upload-checksum.ts';

/** The folder of unfinished uploads; a file there is named after its film. */
export interface UploadFiles {
  readonly folder: string;
  readonly store: FileStore;
  /** Bytes that are safely here; undefined where there is no such upload on this machine. */
  receivedBytes(filmId: string): Promise<number | undefined>;
  /**
   * Brings the bytes of an upload to the disk while more come, so that the end of a long one waits for the last of them only.
   * Goes on until the answer is called; what could not be written is told when the upload is given away.
   */
  flushWhileSent(filmId: string): () => void;
  /** A file to give away with the bytes of a whole upload, which stay here until `remove`, whatever happens on the way. */
  copyToGive(filmId: string): Promise<string>;
  remove(filmId: string): Promise<void>;
  /** Removes what crashes left behind before an instant of the host's clock. */
  sweep(beforeMs: number): Promise<void>;
}

const flushEveryMs = 50;

/** Rejects when it is told to end, or where nothing can be written. */
async function flushEvery(path: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    await pause(flushEveryMs, undefined, { signal });
    const file = await open(path, 'r');
    await file.datasync().finally(() => file.close());
  }
}

/** Opens `DATA_DIR/uploads`; it must be on the disk of the media store, so that a finished upload is moved, not copied. */
export function openUploadFiles(folder: string, expiryMs: number): UploadFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = new FileStore({ directory: folder, expirationPeriodInMilliseconds: expiryMs });
  // Deferred lengths would pass quota and disk reserve; the checksum extension is ours (upload-checksum.ts).
  store.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration', 'checksum'];
  const pathOf = (filmId: string): string => join(folder, filmId);
  return {
    folder,
    store,
    receivedBytes: async (filmId) => (await stat(pathOf(filmId)).catch(() => undefined))?.size,
    flushWhileSent: (filmId) => {
      const stop = new AbortController();
      void flushEvery(pathOf(filmId), stop.signal).catch(() => undefined);
      return () => stop.abort();
    },
    copyToGive: async (filmId) => {
      const copy = `${pathOf(filmId)}.give`;
      await rm(copy, { force: true });
      // A second name for the same bytes costs nothing; file systems without hard links give the bytes themselves.
      return link(pathOf(filmId), copy).then(
        () => copy,
        () => pathOf(filmId),
      );
    },
    remove: async (filmId) => {
      for (const ending of ['', '.json', '.lock', '.give']) await rm(`${pathOf(filmId)}${ending}`, { force: true });
    },
    sweep: async (beforeMs) => {
      for (const name of await readdir(folder)) {
        if (!name.endsWith(spoolEnding)) continue;
        const found = await stat(join(folder, name)).catch(() => undefined);
        if (found !== undefined && found.mtimeMs < beforeMs) await rm(join(folder, name), { force: true });
      }
    },
  };
}
