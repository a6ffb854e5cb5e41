import type { Film } from '../../../../media/contract/library.ts';
import { createStore } from '../../parts/store.ts';
import {
  type FilmWords,
  titleOf,
  type UploadEntry,
  type UploadState,
  withSample,
  wordsWrittenSince,
} from './upload-entry.ts';
import { findEarlier, send, type Sending } from './send-file.ts';
import { readWords, saveWords } from './film-words.ts';

/** Uploads outlive the screen that shows them. */
export const uploads = createStore<readonly UploadEntry[]>([]);

/** On a poor uplink two at a time: the short film does not wait for the long one, and both still move. */
const atATime = 2;
const sendings = new Map<string, Sending>();
let made = 0;

const change = (key: string, fields: Partial<UploadEntry>): void => {
  uploads.set(uploads.get().map((entry) => (entry.key === key ? { ...entry, ...fields } : entry)));
};
const entryOf = (key: string): UploadEntry | undefined => uploads.get().find((entry) => entry.key === key);

/** Adds files that the person chose; a file that is already in the list is left out. */
export function addFiles(files: readonly File[], words: Omit<FilmWords, 'title'>): void {
  for (const file of files) {
    if (uploads.get().some((entry) => isSameFile(entry.file, file) && entry.state !== 'done')) continue;
    made += 1;
    const key = `upload-${made}`;
    const fresh = {
      key,
      file,
      ...words,
      title: titleOf(file.name),
      state: 'chosen' as const,
      sentBytes: 0,
      samples: [],
    };
    uploads.set([...uploads.get(), { ...fresh, isResumable: false }]);
    void goOnWithEarlier(fresh);
  }
}

/** Where a part of the file was sent before: the words of that film, which may have been written anew since, on another page. */
async function goOnWithEarlier(fresh: FilmWords & Pick<UploadEntry, 'key' | 'file'>): Promise<void> {
  const earlier = await findEarlier(fresh.file);
  if (earlier === undefined) return;
  const words = earlier.filmId === undefined ? {} : await readWords(earlier.filmId);
  const now = entryOf(fresh.key);
  if (now === undefined) return;
  const newer = wordsWrittenSince(fresh, now);
  change(fresh.key, { ...earlier, ...words, isResumable: true });
  if (Object.keys(newer).length > 0) describe(fresh.key, newer);
}

/** Sends another file for a film, at once and beside all others. */
export function replaceFile(file: File, { id, title, language }: Film): void {
  made += 1;
  const key = `upload-${made}`;
  const fresh = { key, file, title, language, replaces: id, state: 'chosen' as const, sentBytes: 0, samples: [] };
  uploads.set([...uploads.get(), { ...fresh, isResumable: false }]);
  start([key]);
}

const isSameFile = (one: File, other: File): boolean =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

const saveAfterMs = 700;
const saving = new Map<string, ReturnType<typeof setTimeout>>();

/** Writes about a film; of one that is being sent the film itself has the words a moment later. */
export function describe(key: string, words: Partial<FilmWords>): void {
  change(key, words);
  const entry = entryOf(key);
  if (entry === undefined || (entry.state === 'chosen' && entry.filmId === undefined)) return;
  change(key, { written: 'saving' });
  if (entry.filmId !== undefined) saveSoon(key);
}

function saveSoon(key: string): void {
  clearTimeout(saving.get(key));
  const save = async () => {
    const entry = entryOf(key);
    if (entry?.filmId === undefined) return;
    const written = await saveWords(entry.filmId, entry).then(
      () => 'saved' as const,
      (error: unknown) => ({ error }),
    );
    // More may have been written meanwhile.
    if (!saving.has(key)) change(key, { written });
  };
  const timer = setTimeout(() => {
    saving.delete(key);
    void save();
  }, saveAfterMs);
  saving.set(key, timer);
}

/** Puts entries in line: what was chosen, paused or failed. */
export function start(keys: readonly string[]): void {
  for (const key of keys) change(key, { state: 'waiting', samples: [] });
  pump();
}

/** Stops sending for now; what arrived stays. */
export function pause(keys: readonly string[]): void {
  for (const key of keys) {
    void sendings.get(key)?.pause();
    change(key, { state: 'paused' });
  }
  pump();
}

/** Takes an entry out of the list; `forGood` deletes at the server what was sent. */
export async function remove(key: string, forGood: boolean): Promise<void> {
  const sending = sendings.get(key);
  sendings.delete(key);
  if (forGood) await sending?.abandon();
  else await sending?.pause();
  uploads.set(uploads.get().filter((entry) => entry.key !== key));
  pump();
}

/** Forgets what is finished. */
export const clearDone = (): void => {
  uploads.set(uploads.get().filter(({ state }) => state !== 'done'));
};

const busyStates: readonly UploadState[] = ['sending', 'interrupted'];

/** Whether leaving the page would interrupt something. */
export const isBusy = (entries: readonly UploadEntry[]): boolean =>
  entries.some(({ state }) => state === 'waiting' || busyStates.includes(state));

function pump(): void {
  const entries = uploads.get();
  const free = atATime - entries.filter(({ state }) => busyStates.includes(state)).length;
  for (const { key } of entries.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) begin(key);
}

function begin(key: string): void {
  const entry = entryOf(key);
  if (entry === undefined) return;
  change(key, { state: 'sending', error: undefined });
  const end = (fields: Partial<UploadEntry>) => {
    sendings.delete(key);
    change(key, fields);
    pump();
  };
  sendings.set(
    key,
    send(entry.file, entry, {
      onFilm: (filmId) => {
        change(key, { filmId });
        if (entryOf(key)?.written === 'saving') saveSoon(key);
      },
      onProgress: (sentBytes) => {
        const samples = withSample(entryOf(key)?.samples ?? [], { atMs: performance.now(), sentBytes });
        change(key, { state: 'sending', sentBytes, samples });
      },
      onInterrupted: () => change(key, { state: 'interrupted', samples: [] }),
      onDone: () => end({ state: 'done', sentBytes: entry.file.size }),
      onFailed: (error) => end({ state: 'failed', error }),
    }),
  );
}
