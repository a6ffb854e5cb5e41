import type { Storage } from '../../media/storage/storage.ts';
import { sourceKeyOf } from './film-source.ts';
import type { FilmStore } from './film-store.ts';

/** What dropping needs. */
export interface DropParts {
  readonly films: FilmStore;
  readonly storage: Storage;
  /** County setting: whether uploads are kept once their film is ready. */
  readonly keepOriginals: () => Promise<boolean>;
}

const atOnce = 100;

/** Where the county does not keep uploads: removes those of ready films, except while a re-encode reads them. */
export async function dropOriginals({ films, storage, keepOriginals }: DropParts): Promise<void> {
  if (await keepOriginals()) return;
  for (const ready of await films.readyWithOriginal(atOnce)) {
    const { id, renews, sourceId } = ready;
    if (renews !== undefined || (await films.renewalsOf(id)).length > 0) continue;
    await storage.remove(sourceKeyOf(ready));
    await films.change(id, (film) => (film.sourceId === sourceId ? { ...film, originalDropped: true } : film));
  }
}
