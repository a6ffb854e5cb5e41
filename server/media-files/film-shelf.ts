import { LRUCache } from 'lru-cache';
import { filmPlaylist } from '../../media/film/film-playlists.ts';
import { packageFile } from '../../media/film/package-files.ts';
import { packageManifestSchema } from '../../media/film/package-manifest.ts';
import { manifestKey } from '../../media/storage/keys.ts';
import { type Storage, StorageMissing } from '../../media/storage/storage.ts';
import type { FilmOnShelf } from './film-on-shelf.ts';
import { reviewCopies } from './review-copies.ts';
import { unfinishedFilm } from './unfinished-film.ts';

/** Finds revisions by what lies in the store. */
export interface FilmShelf {
  /** A finished film that was looked at lately, without waiting. */
  readonly peek: (revision: string) => FilmOnShelf | undefined;
  /** A finished film; undefined while its manifest is not there. */
  readonly find: (revision: string) => Promise<FilmOnShelf | undefined>;
  /** The same, or what is there of a film that is being encoded; undefined before its first chunk. */
  readonly findUnfinished: (revision: string) => Promise<FilmOnShelf | undefined>;
  /** The copy of an upload that waits for its encode; undefined where there is none. */
  readonly findReviewCopy: (filmId: string) => Promise<FilmOnShelf | undefined>;
  /** Reads all manifests again when they are asked for. */
  readonly forget: () => void;
}

const keptFilms = 256;

/** Keeps manifests of films that are watched; one changes only where damaged parts were made again, after `forget`. */
export function createFilmShelf(storage: Storage, clock: () => number): FilmShelf {
  const films = new LRUCache<string, FilmOnShelf>({ max: keptFilms });
  const reading = new Map<string, Promise<FilmOnShelf | undefined>>();
  const unfinished = unfinishedFilm(storage, clock);

  const read = async (revision: string): Promise<FilmOnShelf | undefined> => {
    try {
      const text = await storage.read(manifestKey(revision));
      const manifest = packageManifestSchema.parse(JSON.parse(text.toString('utf8')));
      const film: FilmOnShelf = {
        finished: true,
        file: (name) => packageFile(manifest, name),
        playlist: (name) => filmPlaylist(manifest, name),
      };
      films.set(revision, film);
      return film;
    } catch (error) {
      if (error instanceof StorageMissing) return undefined;
      throw error;
    } finally {
      reading.delete(revision);
    }
  };
  const find = (revision: string): Promise<FilmOnShelf | undefined> => {
    const here = films.get(revision);
    if (here !== undefined) return Promise.resolve(here);
    const running = reading.get(revision) ?? read(revision);
    reading.set(revision, running);
    return running;
  };
  return {
    peek: (revision) => films.get(revision),
    find,
    findUnfinished: async (revision) => (await find(revision)) ?? unfinished(revision),
    findReviewCopy: reviewCopies(storage, clock),
    forget: () => {
      films.clear();
    },
  };
}
