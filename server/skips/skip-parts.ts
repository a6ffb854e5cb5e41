import type { OnAirParts } from '../onair/on-air-parts.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { type SkipStore, skipStore } from './skip-store.ts';

/** What was not watched, as the server's parts have it. */
export interface SkipParts {
  readonly skips: SkipStore;
}

/** What its handlers need. */
export interface SkipRouteParts extends SkipParts, Pick<OnAirParts, 'onAir'>, Pick<PlaceParts, 'places'> {}

export const skipParts = ({ database }: Surroundings): SkipParts => ({ skips: skipStore(database) });
