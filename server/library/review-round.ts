import type { Id } from '../../media/contract/ids.ts';
import type { FilmRecord, ReviewEntry } from './film-record.ts';

/**
 * The passes that count: of the film's present revision, after its last return or withdrawal. A pass is bound to the bytes
 * that the reviewer saw and lapses with them.
 */
export function countedPasses(film: FilmRecord): readonly ReviewEntry[] {
  const entries = film.reviews;
  const lastReturn = entries.map((entry) => entry.decision).lastIndexOf('return');
  return entries.slice(lastReturn + 1).filter((entry) => entry.decision === 'pass' && entry.revision === film.revision);
}

/** Says whether somebody has passed the film in this round already. */
export const hasPassed = (film: FilmRecord, personId: Id): boolean =>
  countedPasses(film).some((entry) => entry.by.id === personId);
