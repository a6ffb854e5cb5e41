import { filmTimeText } from '../../media/film/film-time-text.ts';
import { filmProblem } from '../../media/film/film-problem-text.ts';
import { AppError } from '../errors.ts';
import type { CategoryStore } from '../places/category-store.ts';
import { moved } from './film-moves.ts';
import type { FilmRecord, Person, ReviewEntry } from './film-record.ts';
import { countedPasses, hasPassed } from './review-round.ts';

/** What a reviewer says; a return has its reason. */
export interface Verdict {
  readonly decision: 'pass' | 'return';
  readonly reason?: string | undefined;
  /** Where in the film it is, on its clock. */
  readonly positionMs?: number | undefined;
}

/** How many people must pass films of a category. @defaultValue 1 for a film without one */
export async function reviewsNeeded(categories: Pick<CategoryStore, 'list'>, film: FilmRecord): Promise<number> {
  const category = (await categories.list()).find(({ code }) => code === film.category);
  return category?.reviewsNeeded ?? 1;
}

/**
 * The film after a verdict. Nobody judges an own film or judges twice in a round (409 `same_person`); the pass that
 * completes the number makes it ready; a return ends the round. The verdict is bound to the film's revision.
 */
export function reviewed(film: FilmRecord, by: Person, verdict: Verdict, needed: number, atMs: number): FilmRecord {
  if (film.owner.id === by.id) {
    throw new AppError('same_person', 'This is your own film: another reviewer must judge it.');
  }
  if (hasPassed(film, by.id)) {
    throw new AppError(
      'same_person',
      'You have passed this film already: the next pass must come from another person.',
    );
  }
  if (film.state !== 'review' || film.revision === undefined) {
    throw new AppError('wrong_state', `A film in state ${film.state} cannot be judged. Wait until it is in review.`);
  }
  const entry: ReviewEntry = { by, decision: verdict.decision, ...reasonOf(verdict), atMs, revision: film.revision };
  const judged = { ...film, reviews: [...film.reviews, entry] };
  if (verdict.decision === 'return') {
    const problem = filmProblem('returned', { reason: reasonWithPlace(verdict), by: by.name });
    return moved(judged, 'refused', atMs, { problem });
  }
  return countedPasses(judged).length >= needed ? moved(judged, 'ready', atMs) : judged;
}

const reasonOf = ({ reason, positionMs }: Verdict) => ({
  ...(reason === undefined ? {} : { reason }),
  ...(positionMs === undefined ? {} : { positionMs }),
});

/** `12:30 too dark`, as a producer looks for it. */
const reasonWithPlace = ({ reason = '', positionMs }: Verdict): string =>
  positionMs === undefined ? reason : `${filmTimeText(positionMs)} ${reason}`;
