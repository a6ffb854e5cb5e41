import type { CategoryStore } from '../places/category-store.ts';
import { filmProblem } from '../../media/film/film-problem-text.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { AppError, notFound } from '../errors.ts';
import { grants, mayTo, type SignedIn } from '../http/caller.ts';
import { newId } from '../new-id.ts';
import type { Arranger } from './arrange-queue.ts';
import type { QueuePause } from '../queue/queue-pause.ts';
import { requireCategory } from './change-film.ts';
import { diskSpace } from './disk-reserve.ts';
import type { FilmCatalogue } from './film-catalogue.ts';
import { moved } from './film-moves.ts';
import { filmOfUpload } from './change-tracks.ts';
import type { FilmRecord } from './film-record.ts';
import { scopeOf } from './film-scope.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import { filmOfNewFile, giveFileAtOnce, requireReplaceable } from './replace-file.ts';
import { requestPrepare, type TranscodeParts } from './request-transcode.ts';
import type { UploadFiles } from './upload-files.ts';
import type { UploadLimits } from './upload-limits.ts';
import type { UploadMetadata } from './upload-metadata.ts';

/** What accepting uploads needs. */
export interface AcceptParts extends TranscodeParts {
  readonly storage: Storage;
  readonly categories: Pick<CategoryStore, 'find' | 'list'>;
  readonly uploadFiles: UploadFiles;
  readonly uploadLimits: UploadLimits;
  readonly keepOriginals: () => Promise<boolean>;
  readonly arranger: Arranger;
  readonly queuePause: QueuePause;
  readonly filmCatalogue: Pick<FilmCatalogue, 'revisionsInUse' | 'onWithdrawn' | 'plannedStarts'>;
}

/** What the beginning of an upload needs besides: whose film a track is for. */
export type BeginParts = AcceptParts & Pick<PlaceParts, 'places'>;

const dayMs = 86_400_000;

/** Makes the film of an upload that begins: it exists from here on, in state `uploading`. */
export async function beginUpload(
  parts: BeginParts,
  caller: SignedIn,
  metadata: UploadMetadata,
  sourceBytes: number,
): Promise<FilmRecord> {
  const { uploadLimits, films } = parts;
  const atMs = parts.clock();
  const place = grants(caller, 'upload-film')[0]?.place;
  if (place === undefined)
    throw new AppError('forbidden', 'Your roles do not allow uploads. Ask for the role of producer.');
  if (sourceBytes > uploadLimits.mostBytes) {
    throw new AppError(
      'too_large',
      `A film may have at most ${uploadLimits.mostBytes} bytes. Export it at a lower rate or in parts.`,
    );
  }
  const begun = await films.bytesBegunSince(caller.id, atMs - dayMs);
  if (begun + sourceBytes > uploadLimits.mostBytesPerDay) {
    throw new AppError('too_many_requests', 'That is more than one person may upload in 24 hours. Go on tomorrow.', {
      retryAfterS: 3600,
    });
  }
  await requireSpace(parts, sourceBytes);
  const film = await filmOf(parts, caller, { metadata, sourceBytes, place, atMs });
  await films.insert(film);
  return film;
}

interface Begun {
  readonly metadata: UploadMetadata;
  readonly sourceBytes: number;
  readonly place: string;
  readonly atMs: number;
}

/** The row of an upload: of a new film, of a language track, or of another file for a film. */
async function filmOf(
  parts: BeginParts,
  caller: SignedIn,
  { metadata, sourceBytes, place, atMs }: Begun,
): Promise<FilmRecord> {
  const { trackOf: trackFor, replaces, filename, category } = metadata;
  if (trackFor !== undefined) {
    return filmOfUpload(await filmFor(parts, caller, trackFor), trackOf(caller, metadata, atMs), sourceBytes);
  }
  if (replaces !== undefined) {
    const film = await filmFor(parts, caller, replaces);
    await requireReplaceable(parts, film);
    return filmOfNewFile(film, { id: caller.id, name: caller.name }, { filename, sourceBytes }, atMs);
  }
  return { ...newFilm(caller, metadata, sourceBytes, atMs), ...(await categoryOf(parts, category)), place };
}

/** The film that a track or another file is uploaded for; one that is not the caller's to change is 404. */
async function filmFor({ films, places }: BeginParts, caller: SignedIn, id: string): Promise<FilmRecord> {
  const film = await films.find(id);
  if (film === undefined || !mayTo(await places.tree(), caller, 'upload-film', scopeOf(film))) throw notFound('film');
  return film;
}

const trackOf = (caller: SignedIn, { language, trackName, filename }: UploadMetadata, addedAtMs: number) => ({
  ...{ language, filename, addedAtMs },
  name: trackName ?? language,
  by: { id: caller.id, name: caller.name },
});

function newFilm(
  caller: SignedIn,
  metadata: UploadMetadata,
  sourceBytes: number,
  atMs: number,
): Omit<FilmRecord, 'place'> {
  return {
    id: newId(atMs),
    version: 1,
    title: metadata.title,
    language: metadata.language,
    ...(metadata.synopsis === undefined ? {} : { synopsis: metadata.synopsis }),
    audience: 'members',
    state: 'uploading',
    stateAtMs: atMs,
    warnings: [],
    filename: metadata.filename,
    sourceBytes,
    owner: { id: caller.id, name: caller.name },
    createdAtMs: atMs,
    attempt: 0,
    playable: false,
    reviews: [],
  };
}

/** 507 before the disk is so full that records could not be written any more; what was received stays and can be resumed. */
export async function requireSpace(
  { uploadFiles, uploadLimits }: Pick<AcceptParts, 'uploadFiles' | 'uploadLimits'>,
  wantedBytes: number,
): Promise<void> {
  const { freeBytes, totalBytes } = await diskSpace(uploadFiles.folder);
  if (freeBytes - wantedBytes >= uploadLimits.reserveBytes(totalBytes)) return;
  throw new AppError(
    'no_space',
    'The server has no room for this film. Ask the county office to free disk space, then go on.',
  );
}

/**
 * Hands a whole upload over to the transcoder. May be called again at any time: a client repeats its last request, a server
 * may stop between any two of these lines. What is wrong with the bytes is told by the film's state, never by the request.
 */
export async function finishUpload(parts: AcceptParts, filmId: string): Promise<void> {
  const { films, uploadFiles, storage } = parts;
  const film = await films.find(filmId);
  if (film?.state !== 'uploading') return;
  if (film.sourceBytes === 0) {
    await films.change(filmId, (now) =>
      now.state === 'uploading' ? moved(now, 'refused', parts.clock(), { problem: filmProblem('empty_file') }) : now,
    );
    await uploadFiles.remove(filmId);
    return;
  }
  const stored = await storage.stat(sourceKey(filmId));
  if (stored?.bytes !== film.sourceBytes) {
    if ((await uploadFiles.receivedBytes(filmId)) !== film.sourceBytes) return;
    await storage.put(sourceKey(filmId), { file: await uploadFiles.copyToGive(filmId) });
  }
  if (await giveFileAtOnce(parts, film)) {
    await uploadFiles.remove(filmId);
    return;
  }
  const probing = await films.change(filmId, (now) =>
    now.state === 'uploading' ? moved(now, 'probing', parts.clock()) : now,
  );
  await uploadFiles.remove(filmId);
  if (probing === undefined) await storage.remove(sourceKey(filmId));
  else await requestPrepare(parts, probing);
}

/** Gives an unfinished upload up: its bytes and its film are gone. */
export async function abandonUpload(parts: Pick<AcceptParts, 'films' | 'uploadFiles'>, filmId: string): Promise<void> {
  const film = await parts.films.find(filmId);
  if (film?.state !== 'uploading') return;
  if (await parts.films.remove(film)) await parts.uploadFiles.remove(filmId);
}

async function categoryOf({ categories }: Pick<AcceptParts, 'categories'>, wanted: string | undefined) {
  return wanted === undefined || wanted === '' ? {} : { category: await requireCategory(categories, wanted) };
}
