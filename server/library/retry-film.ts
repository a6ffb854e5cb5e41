import type { Storage } from '../../media/storage/storage.ts';
import { AppError } from '../errors.ts';
import { moved } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import { sourceKeyOf } from './film-source.ts';
import { requestPrepare, type TranscodeParts } from './request-transcode.ts';

const handedInAgain = ['returned', 'withdrawn'];

/** Its files are not made again yet: the upload may be back. */
const isDamaged = ({ state, damage }: FilmRecord): boolean => state === 'withdrawn' && damage !== undefined;

/**
 * The film handed in again: one that people returned or withdrew goes back to review, with no pass counting; one that
 * failed or was refused by its bytes is looked at from the start.
 */
export function retried(film: FilmRecord, atMs: number): FilmRecord {
  if (film.package !== undefined && film.problem !== undefined && handedInAgain.includes(film.problem.code)) {
    return moved(film, 'review', atMs);
  }
  if (film.state !== 'refused' && film.state !== 'failed' && !isDamaged(film)) {
    throw new AppError('wrong_state', `A film in state ${film.state} has nothing to try again.`);
  }
  return moved(film, 'probing', atMs, { attempt: film.attempt + 1 });
}

/** Tries again; a film whose upload is not on the shelf (an empty one) must be uploaded anew. */
export async function retryFilm(
  parts: TranscodeParts & { readonly storage: Storage },
  film: FilmRecord,
): Promise<FilmRecord | undefined> {
  const wanted = retried(film, parts.clock());
  if (wanted.state === 'probing' && (await parts.storage.stat(sourceKeyOf(film))) === undefined) {
    throw new AppError('wrong_state', 'The upload of this film is not here any more. Upload it anew.');
  }
  const changed = await parts.films.change(film.id, (now) => retried(now, parts.clock()));
  if (changed?.state === 'probing') await requestPrepare(parts, changed);
  return changed;
}
