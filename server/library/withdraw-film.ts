import { filmProblem } from '../../media/film/film-problem-text.ts';
import { mayMove } from '../../media/film/film-state.ts';
import { AppError } from '../errors.ts';
import { catalogueFilm, type FilmCatalogue } from './film-catalogue.ts';
import { moved, without } from './film-moves.ts';
import type { FilmRecord, Person } from './film-record.ts';
import type { TranscodeParts } from './request-transcode.ts';

/** What withdrawing needs. */
export interface WithdrawParts extends Pick<TranscodeParts, 'films' | 'transcodeQueue' | 'clock' | 'log'> {
  readonly filmCatalogue: Pick<FilmCatalogue, 'onWithdrawn'>;
}

/** The film as withdrawn; its passes do not count any more, and nothing puts it back by itself, as its mending would. */
export function withdrawn(film: FilmRecord, by: Person, reason: string, atMs: number): FilmRecord {
  const problem = filmProblem('withdrawn', { reason, by: by.name });
  const { revision } = film;
  const entries = revision === undefined ? [] : [{ by, decision: 'return' as const, reason, atMs, revision }];
  return moved(without(film, 'damage'), 'withdrawn', atMs, { problem, reviews: [...film.reviews, ...entries] });
}

/**
 * Takes a film off the air, and with it every other film of the same bytes and its re-encodes: what may not be seen may not
 * be seen under another title either. Replicas read the withdrawn set every few seconds; whoever plans films is told at once.
 */
export async function withdrawFilm(
  parts: WithdrawParts,
  film: FilmRecord,
  by: Person,
  reason: string,
): Promise<FilmRecord | undefined> {
  const atMs = parts.clock();
  const changed = await parts.films.change(film.id, (now) => withdrawn(now, by, reason, atMs));
  const twins = film.revision === undefined ? [] : await parts.films.ofRevision(film.revision);
  const renewals = await parts.films.renewalsOf(film.id);
  const also = await Promise.all(
    [...twins, ...renewals]
      .filter((twin) => twin.id !== film.id)
      .map((twin) =>
        parts.films.change(twin.id, (now) =>
          mayMove(now.state, 'withdrawn') ? withdrawn(now, by, reason, atMs) : now,
        ),
      ),
  );
  for (const gone of [changed, ...also]) {
    if (gone?.state !== 'withdrawn') continue;
    await parts.transcodeQueue.cancel(gone).catch(() => undefined);
    for (const tell of parts.filmCatalogue.onWithdrawn) await tell(catalogueFilm(gone));
  }
  return changed;
}

/** 410 for a film that may not be watched, by nobody. */
export function requireNotGone({ state, damage }: FilmRecord): void {
  if (damage !== undefined)
    throw new AppError('damaged', 'Stored files of this film are damaged. It can be watched again once it is mended.');
  if (state === 'withdrawn')
    throw new AppError('withdrawn', 'This film was withdrawn. Hand it in again to have it reviewed.');
}
