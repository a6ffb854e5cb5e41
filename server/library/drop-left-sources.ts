import { sourceKey } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { without } from './film-moves.ts';
import { sourceIdOf } from './film-source.ts';
import type { FilmStore } from './film-store.ts';

/** Removes uploads that another file replaced, and files of tracks that a review took away. */
export async function dropLeftSources({
  films,
  storage,
}: {
  readonly films: FilmStore;
  readonly storage: Storage;
}): Promise<void> {
  for (const film of await films.withLeftSources()) {
    const { leftSources = [], tracks = [] } = film;
    const needed = new Set<string>([sourceIdOf(film), ...tracks.map(({ id }) => id)]);
    for (const id of leftSources.filter((each) => !needed.has(each))) await storage.remove(sourceKey(id));
    await films.change(film.id, (now) =>
      now.leftSources?.length === leftSources.length ? without(now, 'leftSources') : now,
    );
  }
}
