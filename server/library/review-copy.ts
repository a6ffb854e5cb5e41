import type { ReviewCopyJob } from '../../media/contract/transcode-job.ts';
import { reviewCopiesPrefix, reviewCopyPrefix } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import type { TranscodeQueue } from '../queue/transcode-queue.ts';
import { encodingStates, isEncoding } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import { isNewFile, sourceKeyOf } from './film-source.ts';
import type { FilmStore } from './film-store.ts';
import type { Shelf } from './shelf.ts';

/** Films on their way that are copied at most: somebody who imports a thousand watches none of them, and their disk would fill. */
const mostCopies = 20;

/** Whether a film may still be watched as it was uploaded: until its package is whole. */
const mayBeCopied = (film: FilmRecord): boolean =>
  (film.renews === undefined || isNewFile(film)) &&
  film.card === undefined &&
  (film.state === 'probing' || isEncoding(film));

/** Asks for a copy of an upload that its owner and reviewers can watch at once; a worker says whether it can be copied. */
export async function requestReviewCopy(
  { films, transcodeQueue }: { readonly films: FilmStore; readonly transcodeQueue: TranscodeQueue },
  film: FilmRecord,
): Promise<void> {
  if (!mayBeCopied(film)) return;
  const others = await films.inStates(['probing', ...encodingStates]);
  if (others.length > mostCopies) return;
  const job: ReviewCopyJob = { filmId: film.id, attempt: film.attempt, sourceKey: sourceKeyOf(film) };
  await transcodeQueue.copyForReview(job);
}

/** Whether there is something of an upload to watch while nothing of it is encoded. */
export const hasReviewCopy = async (shelf: Pick<Shelf, 'hasReviewCopy'>, film: FilmRecord): Promise<boolean> =>
  !film.playable && mayBeCopied(film) && (await shelf.hasReviewCopy(film.id));

/** Removes the copies of films that do not need one any more, and of those that are gone. */
export async function dropReviewCopies({
  films,
  storage,
}: {
  readonly films: Pick<FilmStore, 'find'>;
  readonly storage: Storage;
}): Promise<void> {
  const seen = new Set<string>();
  for await (const { key } of storage.list(reviewCopiesPrefix)) seen.add(key.split('/')[1] ?? '');
  for (const id of seen) {
    const film = await films.find(id);
    if (film === undefined || !mayBeCopied(film)) await storage.removeAll(reviewCopyPrefix(id));
  }
}
