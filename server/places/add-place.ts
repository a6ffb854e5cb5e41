import type { Place } from '../../media/contract/places.ts';
import { AppError, notFound } from '../errors.ts';
import { type Caller, mayTo } from '../http/caller.ts';
import type { PlaceStore } from './place-store.ts';

/** What may lie directly above what. */
const above: Readonly<Record<Place['kind'], readonly Place['kind'][]>> = {
  county: [],
  township: ['county'],
  village: ['county', 'township'],
  station: ['county', 'township', 'village'],
};

/** Adds a place below one that the caller manages; 404 for a foreign or unknown parent, 422 where the kinds do not fit. */
export async function addPlace(places: PlaceStore, caller: Caller, place: Place): Promise<Place> {
  if (place.kind === 'county') throw wrong('kind', 'There is one county. Choose township, village or station.');
  if (place.parent === undefined) throw wrong('parent', 'Name the place above: parent is missing.');
  const parent = await places.find(place.parent);
  const tree = await places.tree();
  if (parent === undefined || !mayTo(tree, caller, 'manage-places', { place: parent.code })) throw notFound('place');
  if (!above[place.kind].includes(parent.kind)) {
    throw wrong(
      'parent',
      `A ${place.kind} cannot lie in a ${parent.kind}: choose a ${above[place.kind].join(' or ')}.`,
    );
  }
  return places.add(place);
}

const wrong = (path: string, message: string): AppError =>
  new AppError('invalid', `${path}: ${message}`, { fields: [{ path, message }] });
