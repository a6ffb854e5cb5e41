import { remember, remembered } from '../shared/remembered.ts';

/** A film that somebody stopped in the middle of. */
export interface LeftOff {
  readonly film: string;
  readonly positionS: number;
  readonly lengthS: number;
}

/** More films than this nobody goes on with; the oldest are forgotten. */
export const MOST_LEFT_OFF = 30;
const begunS = 10;
/** Closing titles: the last tenth, at most 15 s. */
const longestEndS = 15;
const name = 'left-off';

/** Notes where a film stands, the newest first; one that is hardly begun or nearly over is no film to go on with. */
export function noted(list: readonly LeftOff[], { film, positionS, lengthS }: LeftOff): readonly LeftOff[] {
  const others = list.filter((entry) => entry.film !== film);
  const isOver = lengthS - positionS < Math.min(longestEndS, lengthS / 10);
  if (positionS < begunS || isOver) return positionS < begunS && !(lengthS > 0) ? list : others;
  return [{ film, positionS: Math.floor(positionS), lengthS: Math.floor(lengthS) }, ...others].slice(0, MOST_LEFT_OFF);
}

/** Reads what was kept; rubbish is an empty list. */
export function readLeftOff(text: string | undefined): readonly LeftOff[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isLeftOff).slice(0, MOST_LEFT_OFF) : [];
  } catch {
    return [];
  }
}

const isLeftOff = (entry: unknown): entry is LeftOff =>
  typeof entry === 'object' &&
  entry !== null &&
  'film' in entry &&
  'positionS' in entry &&
  'lengthS' in entry &&
  typeof entry.film === 'string' &&
  Number.isFinite(entry.positionS) &&
  Number.isFinite(entry.lengthS);

/** Kept on this device, and while the page is open even where it may keep nothing. */
let list = readLeftOff(remembered(name));

/** Films to go on with, the newest first. */
export const leftOff = (): readonly LeftOff[] => list;

/** Where a film was left, in seconds; 0 where it was not. */
export const leftOffAtS = (film: string): number => list.find((entry) => entry.film === film)?.positionS ?? 0;

/** Notes where a film stands. */
export const noteLeftOff = (entry: LeftOff): void => keep(noted(list, entry));

/** Forgets a film. */
export const forgetLeftOff = (film: string): void => keep(list.filter((entry) => entry.film !== film));

function keep(next: readonly LeftOff[]): void {
  list = next;
  remember(name, JSON.stringify(list));
}
