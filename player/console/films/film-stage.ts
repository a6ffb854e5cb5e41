import { createStore } from '../parts/store.ts';

/** The picture of a film on this screen: where it is, and the way to another place. */
export interface FilmStage {
  readonly filmId: string;
  readonly positionMs: () => number;
  readonly jump: (ms: number) => void;
}

/** The one that is shown now. */
export const filmStage = createStore<FilmStage | undefined>(undefined);
