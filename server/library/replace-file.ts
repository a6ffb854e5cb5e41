import type { Id } from '../../media/contract/ids.ts';
import type { FilmState } from '../../media/film/film-state.ts';
import { AppError } from '../errors.ts';
import { newId } from '../new-id.ts';
import { requireNoSlate } from './delete-film.ts';
import { moved, without } from './film-moves.ts';
import type { FilmRecord, Person } from './film-record.ts';
import { isNewFile, sourceIdOf } from './film-source.ts';
import { requestPrepare, type TranscodeParts } from './request-transcode.ts';

const longestTitle = 100;
const titleMark = '（新文件）';
/** What nobody has passed yet takes a new file at once. */
const takesAtOnce: readonly FilmState[] = ['review', 'refused', 'failed'];

const takesNow = ({ state, damage }: FilmRecord): boolean =>
  takesAtOnce.includes(state) || (state === 'withdrawn' && damage !== undefined);

/** 409 with the cure unless a film may get another file now. */
export async function requireReplaceable({ films }: Pick<TranscodeParts, 'films'>, film: FilmRecord): Promise<void> {
  requireNoSlate(film);
  if (film.renews !== undefined) {
    throw new AppError('wrong_state', 'This is a new version of another film: replace the file of that one.');
  }
  if (film.state !== 'ready' && !takesNow(film)) {
    throw new AppError(
      'wrong_state',
      `A film in state ${film.state} gets no other file now: wait until it is made or cancel it; hand in again what was withdrawn.`,
    );
  }
  const [waiting] = (await films.renewalsOf(film.id)).filter(({ trackChanges }) => trackChanges === undefined);
  if (waiting === undefined) return;
  throw new AppError(
    'wrong_state',
    `A new version of this film is there already, in state ${waiting.state}: have it judged, or delete it first.`,
  );
}

/** The film of its own that brings another file for a film; that one stays as it is, and on air, until this one is passed. */
export function filmOfNewFile(
  film: FilmRecord,
  by: Person,
  file: Pick<FilmRecord, 'filename' | 'sourceBytes'>,
  atMs: number,
): FilmRecord {
  const id: Id = newId(atMs);
  return {
    ...without(
      film,
      ...(['revision', 'package', 'durationMs', 'duplicateOf', 'progress', 'problem', 'queuedAtMs'] as const),
      ...(['earlierRevisions', 'originalDropped', 'leftSources', 'sourceSha256', 'bumpedAtMs', 'pausedAtMs'] as const),
      ...(['poster', 'ownPoster', 'featured'] as const),
    ),
    ...{ id, sourceId: id, ...file, owner: by },
    version: 1,
    title: `${film.title.slice(0, longestTitle - titleMark.length)}${titleMark}`,
    state: 'uploading',
    stateAtMs: atMs,
    createdAtMs: atMs,
    warnings: [],
    attempt: 0,
    playable: false,
    reviews: [],
    renews: film.id,
  };
}

/** The film with the file of its new version: candidates for its picture, and whether the upload is kept, begin anew. */
export function withFile(film: FilmRecord, version: FilmRecord): FilmRecord {
  const { filename, sourceBytes, sourceId, sourceSha256 } = version;
  const bare: FilmRecord = without(
    film,
    'sourceSha256',
    'originalDropped',
    ...(film.poster === 'own' ? [] : (['poster'] as const)),
  );
  return {
    ...bare,
    ...{ filename, sourceBytes },
    ...(sourceId === undefined ? {} : { sourceId }),
    ...(sourceSha256 === undefined ? {} : { sourceSha256 }),
  };
}

/**
 * Gives a whole upload to the film that it is a new file for, where nobody has passed that one yet; says whether it did. May be
 * called again after a stop at any line.
 */
export async function giveFileAtOnce(parts: TranscodeParts, version: FilmRecord): Promise<boolean> {
  if (version.renews === undefined || !isNewFile(version)) return false;
  const film = await parts.films.change(version.renews, (now) =>
    takesNow(now) && now.sourceId !== version.id ? begunAnew(now, version, parts.clock()) : now,
  );
  if (film?.sourceId !== version.id) return false;
  await parts.films.remove(version);
  if (film.state === 'probing') await requestPrepare(parts, film);
  return true;
}

function begunAnew(film: FilmRecord, version: FilmRecord, atMs: number): FilmRecord {
  const made = ['revision', 'package', 'durationMs', 'duplicateOf', 'queuedAtMs'] as const;
  const fresh: FilmRecord = without(withFile(film, version), ...made);
  const earlier = [...(film.earlierRevisions ?? []), ...(film.revision === undefined ? [] : [film.revision])];
  return moved(fresh, 'probing', atMs, {
    attempt: film.attempt + 1,
    playable: false,
    warnings: [],
    leftSources: [...(film.leftSources ?? []), sourceIdOf(film)],
    ...(earlier.length === 0 ? {} : { earlierRevisions: earlier }),
  });
}
