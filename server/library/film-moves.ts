import { type FilmState, mayMove } from '../../media/film/film-state.ts';
import { AppError } from '../errors.ts';
import type { FilmRecord } from './film-record.ts';

/** States in which a revision is waited for. */
export const encodingStates = ['queued', 'encoding', 'checking'] as const satisfies readonly FilmState[];

/** Says whether a film is being encoded or waits for it. */
export const isEncoding = (film: FilmRecord): boolean => encodingStates.some((state) => state === film.state);

/** States in which a film's encode can be hurried and held. */
const isMade = (state: FilmState): boolean => state === 'probing' || encodingStates.some((known) => known === state);

/**
 * The film in another state, with what else changes; problem and progress of the state before are gone, and when its encode is
 * over so is what people wished for it. 409 for an illegal move.
 */
export function moved(film: FilmRecord, to: FilmState, atMs: number, changes: Partial<FilmRecord> = {}): FilmRecord {
  if (!mayMove(film.state, to)) {
    throw new AppError(
      'wrong_state',
      `The film is in state ${film.state} and cannot become ${to}. Load it again and look at what it needs.`,
    );
  }
  const rest = isMade(to) ? film : without(film, 'bumpedAtMs', 'pausedAtMs');
  return { ...without(rest, 'problem', 'progress'), ...changes, state: to, stateAtMs: atMs };
}

/** The film without some of its optional fields. */
export function without<Field extends keyof FilmRecord>(
  film: FilmRecord,
  ...fields: readonly Field[]
): Omit<FilmRecord, Field> {
  const kept = Object.entries(film).filter(([field]) => !fields.some((gone) => gone === field));
  return Object.fromEntries(kept) as unknown as Omit<FilmRecord, Field>;
}

/**
 * A film whose package is whole: to be reviewed, but for one that was ready until its files were damaged and has the same revision
 * again; what was passed is what is shown.
 */
export function whole(film: FilmRecord, atMs: number, changes: Partial<FilmRecord>): FilmRecord {
  const made = moved(film, 'review', atMs, changes);
  if (made.damage === undefined) return made;
  const mended = without(made, 'damage');
  return made.damage.revision === made.revision ? moved(mended, 'ready', atMs) : mended;
}
