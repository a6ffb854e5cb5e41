import { AppError, notFound } from '../errors.ts';
import { type Caller, may, mayTo, type PlaceTree, type Scope } from '../http/caller.ts';
import type { FilmRecord } from './film-record.ts';
import { slateFilmId } from './slate-id.ts';

/** Where a film belongs and whose it is, for permissions. */
export const scopeOf = (film: FilmRecord): Scope => ({ place: film.place, ownerId: film.owner.id });

const seesUnfinished = ['preview-film', 'review-film', 'withdraw-film', 'edit-film'] as const;

/**
 * Ready films are for everybody (`public`) or everybody who signed in (`members`); what is not ready is for its owner and
 * for those who review, withdraw or plan it, and so is the slate, which nobody chooses to watch.
 */
export function maySee(tree: PlaceTree, caller: Caller, film: FilmRecord): boolean {
  const isOffered = film.state === 'ready' && film.id !== slateFilmId;
  if (isOffered && (film.audience === 'public' || caller.kind === 'user')) return may(caller, 'browse-library');
  return seesUnfinished.some((action) => mayTo(tree, caller, action, scopeOf(film)));
}

/** The film, if the caller may see it: 401 for one that signing in would open, else 404 in the same words as for none. */
export function visible(tree: PlaceTree, caller: Caller, film: FilmRecord | undefined): FilmRecord {
  if (film === undefined) throw notFound('film');
  if (maySee(tree, caller, film)) return film;
  if (caller.kind === 'anonymous' && film.state === 'ready') {
    throw new AppError('sign_in', 'This film is for members. Sign in to see it.');
  }
  throw notFound('film');
}
