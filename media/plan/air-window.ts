import type { FilmFacts } from './plan.ts';

/** On which county dates a film may be on air. */
export type AirWindow = Pick<FilmFacts, 'airFrom' | 'airUntil'>;

/** Whether a film may be on air on every county date from `first` to `last`, both inclusive. */
export function mayAirOn({ airFrom, airUntil }: AirWindow, first: string, last: string): boolean {
  return (airFrom === undefined || airFrom <= first) && (airUntil === undefined || last <= airUntil);
}
