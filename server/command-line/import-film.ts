import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Film, library, uploadMetadataSchema } from '../../media/contract/library.ts';
import { places } from '../../media/contract/places.ts';
import type { FolderFilm } from './film-folder.ts';
import type { ImportState } from './import-state.ts';
import { type Office, patiently, Refused } from './office.ts';
import { FileChanged, sendFilm } from './send-film.ts';

/** What importing a film needs. */
export interface ImportParts {
  readonly office: Office;
  readonly state: ImportState;
  readonly signal: AbortSignal;
  /** Told how far a film is, in bytes of the whole. */
  readonly onProgress: (step: 'reading' | 'sending', film: FolderFilm, doneBytes: number) => void;
}

/** A film that was sent, or that was there already. */
export interface Imported {
  readonly outcome: 'sent' | 'known';
  readonly filmId: string;
  /** How the server has it: its state and what is wrong, in words. */
  readonly said: string;
}

/** What is written about a film cannot be used; ends with the cure. */
export class WrongWords extends Error {}

/** Brings one film into the library, unless the library has the same bytes; goes on where an earlier run stopped. */
export async function importFilm(parts: ImportParts, film: FolderFilm): Promise<Imported> {
  const { office, state, signal } = parts;
  const metadata = await metadataOf(parts, film);
  const sha256 = await hashOf(parts, film);
  const known = state.get(film.name);
  const before = (known?.sha256 === sha256 ? known.filmId : undefined) ?? state.sentAs(sha256);
  const own = before === undefined ? undefined : await filmWithId(parts, before);
  const begun = own?.state === 'uploading' ? own.id : undefined;
  const there = own === undefined ? await filmWithHash(parts, sha256) : begun === undefined ? own : undefined;
  const note = (filmId: string) => state.set(film.name, { bytes: film.bytes, mtimeMs: film.mtimeMs, sha256, filmId });
  if (there !== undefined) {
    await note(there.id);
    return { outcome: 'known', filmId: there.id, said: wordsOf(there) };
  }
  const onBytes = (sent: number) => parts.onProgress('sending', film, sent);
  const filmId = await sendFilm(office, film, metadata, { begun, onBegun: note, onBytes, signal });
  const { size, mtimeMs } = await stat(film.path);
  if (size !== film.bytes || mtimeMs !== film.mtimeMs) {
    // What arrived is a mixture of two files: nobody should review it.
    await office.ask(`/api/films/${filmId}`, { method: 'DELETE', signal }).catch(() => undefined);
    throw new FileChanged();
  }
  return { outcome: 'sent', filmId, said: 'it is being looked at' };
}

/** The state of a film with its problem and cure. */
const wordsOf = ({ state, problem }: Film): string =>
  problem === undefined ? state : `${state}: ${problem.message} ${problem.cure}`;

async function filmWithId({ office, signal }: ImportParts, id: string): Promise<Film | undefined> {
  try {
    const reply = await patiently(signal, () => office.ask(`/api/films/${id}`, { signal }));
    return library.readFilm.reply.parse(await reply.json());
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

async function filmWithHash({ office, signal }: ImportParts, sha256: string): Promise<Film | undefined> {
  const reply = await patiently(signal, () => office.ask(`/api/films?sourceSha256=${sha256}`, { signal }));
  const films = library.listFilms.reply.parse(await reply.json()).items.filter(({ renews }) => renews === undefined);
  return films.find(({ state }) => state === 'ready') ?? films[0];
}

/** Read once from end to end; a file that has not changed since is not read again. */
async function hashOf({ state, signal, onProgress }: ImportParts, film: FolderFilm): Promise<string> {
  const known = state.get(film.name);
  if (known?.bytes === film.bytes && known.mtimeMs === film.mtimeMs) return known.sha256;
  const hash = createHash('sha256');
  let read = 0;
  for await (const piece of createReadStream(film.path, { highWaterMark: 1_048_576, signal })) {
    hash.update(piece as Buffer);
    read += (piece as Buffer).length;
    onProgress('reading', film, read);
  }
  return hash.digest('hex');
}

/** What the upload says about the film, checked before its first byte is sent. */
async function metadataOf({ office, signal }: ImportParts, film: FolderFilm): Promise<Record<string, string>> {
  const words = { filename: basename(film.name), ...film.row?.words };
  const parsed = uploadMetadataSchema.safeParse(words);
  if (!parsed.success) {
    const said = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' ');
    throw new WrongWords(`${said} Mend it there and run the import again.`);
  }
  const { category } = words;
  if (category !== undefined) {
    const reply = await patiently(signal, () => office.ask('/api/categories', { signal }));
    const { items } = places.listCategories.reply.parse(await reply.json());
    if (!items.some(({ code, name }) => code === category || name === category)) {
      const known = items.map(({ name }) => name).join(', ');
      throw new WrongWords(`there is no category "${category}". Write one of: ${known}.`);
    }
  }
  return words;
}
