import type { Place } from '../../media/contract/places.ts';
import type { PlaceTree } from '../http/caller.ts';

/** Answers who lies within whom from the list of places; a place lies within itself, an unknown one in nothing. */
export function placeTree(places: readonly Pick<Place, 'code' | 'parent'>[]): PlaceTree {
  const parentOf = new Map(places.map((place) => [place.code, place.parent]));
  return {
    isWithin: (inner, outer) => {
      let at: string | undefined = inner;
      // Never more steps than places, so that a circle that somebody wrote into the database ends.
      for (let step = 0; at !== undefined && step <= parentOf.size; step += 1) {
        if (!parentOf.has(at)) return false;
        if (at === outer) return true;
        at = parentOf.get(at);
      }
      return false;
    },
  };
}
