import type { Caller } from '../http/caller.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import { visible } from './film-scope.ts';
import { filmView, type ViewParts } from './film-view.ts';
import type { LibraryParts } from './library-parts.ts';

const anybody: Caller = { kind: 'anonymous', ip: '' };

/** What somebody who did not sign in may know of a film; 401 or 404 where that is nothing. */
export async function filmPreview(
  parts: ViewParts & Pick<LibraryParts, 'films'> & Pick<PlaceParts, 'places'>,
  id: string,
  atMs: number,
) {
  const tree = await parts.places.tree();
  const film = visible(tree, anybody, await parts.films.find(id));
  const { title, synopsis, durationMs, posterPath } = await filmView(parts, { caller: anybody, tree, atMs }, film);
  return { title, synopsis, durationMs, posterPath };
}
