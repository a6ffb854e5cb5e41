import { createHash } from 'node:crypto';
import { encodeOptionsSchema } from '../../media/film/encode-plan.ts';
import { revisionText } from '../../media/film/revision-id.ts';
import { type Id, idOfDigest } from '../../media/contract/ids.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { AppError } from '../errors.ts';
import { newId } from '../new-id.ts';
import { moved, without } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import { isNewFile, sourceIdOf, sourceKeyOf } from './film-source.ts';
import { withFile } from './replace-file.ts';
import { requestPrepare, type TranscodeParts } from './request-transcode.ts';

/** What encoding anew needs. */
export type ReencodeParts = TranscodeParts & { readonly storage: Storage };

const longestTitle = 100;
const titleMark = '（重新转码）';

/** 409 with the cure unless encoding the film anew would make something new out of an upload that is still here. */
export async function requireReencodable(parts: ReencodeParts, film: FilmRecord): Promise<void> {
  if (film.state !== 'ready' || film.renews !== undefined) {
    throw new AppError(
      'wrong_state',
      `A film in state ${film.state} is not encoded anew: retry one that failed, have one in review judged first.`,
    );
  }
  const [running] = (await parts.films.renewalsOf(film.id)).filter((one) => one.trackChanges === undefined);
  if (running !== undefined) {
    throw new AppError(
      'wrong_state',
      `Its new version ${running.id} is there already, in state ${running.state}: have it judged, or delete it first.`,
    );
  }
  if ((await baseOf(parts, film)) === (await revisionToday(parts, film))) {
    throw new AppError(
      'wrong_state',
      'Nothing would change: the film is encoded under the recipe and the settings of today. Change its language or the county settings first.',
    );
  }
  if ((await parts.storage.stat(sourceKeyOf(film))) === undefined) {
    throw new AppError(
      'wrong_state',
      'The uploaded file of this film was not kept (county setting keepOriginals). Upload it anew instead.',
    );
  }
}

/** A film's revision without the tracks that were added to it. */
async function baseOf({ shelf }: ReencodeParts, { revision }: FilmRecord): Promise<Id | undefined> {
  return revision === undefined ? undefined : ((await shelf.manifest(revision))?.base ?? revision);
}

/** The revision that the upload would give now; undefined where its bytes were never hashed. */
async function revisionToday(
  { encodeOptions }: Pick<TranscodeParts, 'encodeOptions'>,
  { sourceSha256, language }: FilmRecord,
): Promise<Id | undefined> {
  if (sourceSha256 === undefined) return undefined;
  const options = encodeOptionsSchema.parse({ language, ...(await encodeOptions()) });
  return idOfDigest(createHash('sha256').update(revisionText(sourceSha256, options)).digest());
}

/**
 * Enters the re-encode as a film of its own, which passes through every state and review like any other. The film that it
 * renews stays ready, planned and on air meanwhile.
 */
export async function reencodeFilm(parts: ReencodeParts, film: FilmRecord): Promise<FilmRecord> {
  const atMs = parts.clock();
  const renewal: FilmRecord = {
    ...without(
      film,
      ...(['revision', 'package', 'durationMs', 'duplicateOf', 'progress', 'problem', 'queuedAtMs'] as const),
      ...(['earlierRevisions', 'originalDropped', 'leftSources', 'featured'] as const),
    ),
    id: newId(atMs),
    version: 1,
    title: `${film.title.slice(0, longestTitle - titleMark.length)}${titleMark}`,
    state: 'probing',
    stateAtMs: atMs,
    createdAtMs: atMs,
    sourceBytes: 0,
    warnings: [],
    attempt: 0,
    playable: false,
    reviews: [],
    renews: film.id,
  };
  await parts.films.insert(renewal);
  await requestPrepare(parts, renewal);
  return renewal;
}

/** 409 unless the film that a re-encode renews is there to be renewed. */
export async function requireRenewable({ films }: Pick<TranscodeParts, 'films'>, renewal: FilmRecord): Promise<void> {
  if (renewal.renews === undefined) return;
  const film = await films.find(renewal.renews);
  if (film?.state === 'ready') return;
  throw new AppError(
    'wrong_state',
    'The film that this new version renews is not ready any more. Delete the new version, or hand that film in again first.',
  );
}

/**
 * Gives the film what its passed re-encode has, and takes the re-encode out of the library. Spans that are compiled keep the
 * old revision; plans that are published from now on show the new one. May be called again after a stop at any line.
 */
export async function adoptRenewal(
  { films, clock }: Pick<TranscodeParts, 'films' | 'clock'>,
  renewal: FilmRecord,
): Promise<FilmRecord | undefined> {
  if (renewal.renews === undefined || renewal.state !== 'ready') return undefined;
  const film = await films.change(renewal.renews, (now) => (now.state === 'ready' ? renewedBy(now, renewal) : now));
  if (film?.revision === renewal.revision) {
    await films.remove(renewal);
    return film;
  }
  // Withdrawn or deleted at the same instant: nothing becomes ready by its re-encode.
  await films.change(renewal.id, (now) => (now.state === 'ready' ? moved(now, 'review', clock()) : now));
  return undefined;
}

/** The film with what a renewal of it has; what only its version before needed is noted to be removed. */
export function renewedBy(film: FilmRecord, renewal: FilmRecord): FilmRecord {
  const { revision, package: facts, durationMs, warnings, reviews, tracks = [] } = renewal;
  if (revision === undefined || facts === undefined || durationMs === undefined || revision === film.revision) {
    return film;
  }
  const earlier = film.revision === undefined ? [] : [film.revision];
  const left = [
    ...(film.leftSources ?? []),
    ...goneTracks(film, renewal),
    ...(isNewFile(renewal) ? [sourceIdOf(film)] : []),
  ];
  return {
    ...without(isNewFile(renewal) ? withFile(film, renewal) : film, 'duplicateOf', 'tracks'),
    ...(tracks.length === 0 ? {} : { tracks }),
    ...(left.length === 0 ? {} : { leftSources: left }),
    ...{ revision, package: facts, durationMs, warnings },
    reviews: [...film.reviews, ...reviews],
    earlierRevisions: [...(film.earlierRevisions ?? []), ...earlier],
  };
}

/** Tracks of the film, or brought for it, that its new version does not have. */
function goneTracks({ tracks = [] }: FilmRecord, renewal: FilmRecord): readonly Id[] {
  const brought = (renewal.trackChanges ?? []).flatMap((change) => ('add' in change ? [change.add] : []));
  const kept = new Set(renewal.tracks?.map(({ id }) => id));
  return [...tracks, ...brought].map(({ id }) => id).filter((id) => !kept.has(id));
}
