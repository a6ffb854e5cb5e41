import { LRUCache } from 'lru-cache';
import { type ReviewCopy, reviewCopyFile, reviewCopyPlaylist, reviewCopySchema } from '../../media/film/review-copy.ts';
import { reviewCopyKey } from '../../media/storage/keys.ts';
import { type Storage, StorageMissing } from '../../media/storage/storage.ts';
import type { FilmOnShelf } from './film-on-shelf.ts';

/** How old the answer may be, in ms: a copy grows by minutes of film a second. */
const freshForMs = 500;

async function readCopy(storage: Storage, filmId: string): Promise<ReviewCopy | undefined> {
  try {
    return reviewCopySchema.parse(JSON.parse((await storage.read(reviewCopyKey(filmId))).toString('utf8')));
  } catch (error) {
    if (error instanceof StorageMissing) return undefined;
    throw error;
  }
}

/** Finds copies of uploads by film. One may grow, be made again and be taken away, so none counts as finished. */
export function reviewCopies(
  storage: Storage,
  clock: () => number,
): (filmId: string) => Promise<FilmOnShelf | undefined> {
  const known = new LRUCache<string, { readonly atMs: number; readonly copy: ReviewCopy }>({ max: 64 });
  return async (filmId) => {
    const before = known.get(filmId);
    const isFresh = before !== undefined && Math.abs(clock() - before.atMs) < freshForMs;
    const copy = isFresh ? before.copy : await readCopy(storage, filmId);
    if (copy === undefined) {
      known.delete(filmId);
      return undefined;
    }
    if (!isFresh) known.set(filmId, { atMs: clock(), copy });
    return {
      finished: false,
      file: (name) => reviewCopyFile(copy, name),
      playlist: (name) => reviewCopyPlaylist(copy, name),
    };
  };
}
