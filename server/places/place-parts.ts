import type { Surroundings } from '../surroundings.ts';
import { type CategoryStore, categoryStore } from './category-store.ts';
import { type PlaceStore, placeStore } from './place-store.ts';

export interface PlaceParts {
  readonly places: PlaceStore;
  readonly categories: CategoryStore;
}

export const placeParts = ({ database, clock }: Surroundings): PlaceParts => ({
  places: placeStore(database, clock),
  categories: categoryStore(database),
});
