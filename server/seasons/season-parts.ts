import type { Surroundings } from '../surroundings.ts';
import { type SeasonStore, seasonStore } from './season-store.ts';

export interface SeasonParts {
  readonly seasons: SeasonStore;
}

export const seasonParts = ({ database }: Surroundings): SeasonParts => ({ seasons: seasonStore(database) });
