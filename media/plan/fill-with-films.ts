import { type Run, endCell } from '../grid/span.ts';
import { type ReadyFilm, SHORTEST_ITEM_CELLS } from './plan.ts';
import type { TimelineItem } from './timeline.ts';

/** Films that fill holes; their order does not matter. */
export type FillerPool = readonly ReadyFilm[];

/** Key of a filler in the item table. */
export const fillerItemId = (film: ReadyFilm): string => `filler-${film.revision}`;

/**
 * Item runs on [fromCell, toCell) with the holes between them filled by whole films in a fair round: each airs before any
 * airs again, and the round goes on from hole to hole. What is left is too short for every film, and is slate.
 * Deterministic: the same runs and pool give the same cells.
 */
export function fillWithFilms(pool: FillerPool, runs: readonly Run[], fromCell: number, toCell: number): Run[] {
  const round = [...pool]
    .filter(({ facts }) => facts.segments >= SHORTEST_ITEM_CELLS)
    .sort((a, b) => (a.filmId < b.filmId ? -1 : 1));
  const filled: Run[] = [];
  let cell = fromCell;
  const fillUpTo = (end: number): void => {
    for (let at = nextFit(round, end - cell); at >= 0; at = nextFit(round, end - cell)) {
      const [film] = round.splice(at, 1);
      if (film === undefined) return;
      round.push(film);
      const { revision, facts } = film;
      filled.push({ fromCell: cell, cells: facts.segments, revision, firstSegment: 0, itemId: fillerItemId(film) });
      cell += facts.segments;
    }
  };
  for (const run of runs) {
    fillUpTo(run.fromCell);
    filled.push(run);
    cell = endCell(run);
  }
  fillUpTo(toCell);
  return filled;
}

const nextFit = (round: FillerPool, cells: number): number => round.findIndex(({ facts }) => facts.segments <= cells);

/** A filler in the item table: guides call it filler, boards leave it out. */
export const fillerItem = ({ filmId, title }: ReadyFilm): TimelineItem => ({
  filmId,
  title,
  kind: 'filler',
  mustWatch: false,
});
