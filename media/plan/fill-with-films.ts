import { type Run, cutRun, endCell } from '../grid/span.ts';
import { type ReadyFilm, SHORTEST_ITEM_CELLS } from './plan.ts';
import type { TimelineItem } from './timeline.ts';

/** Films that fill holes; their order does not matter. */
export type FillerPool = readonly ReadyFilm[];

/** How a pool takes turns. */
export interface FillerTurns {
  /** Gives each channel an order of its own, always the same one. */
  readonly seed: string;
  /** A film does not fill a hole that is nearer than this to another airing of it, planned or not. */
  readonly restCells: number;
  /** What airs before and after the plan. */
  readonly around?: readonly Run[];
  /** Cells that long holes keep free before what is planned, for cards. @defaultValue 0 */
  readonly freeCells?: number;
  /** Where a plan takes effect in its middle: nothing is filled before `fromCell`, and the filler that is `running` then goes on. */
  readonly begun?: { readonly fromCell: number; readonly running?: Run };
}

/** A minute for cards is little where films fill at least five. */
const longHole = 6;

/** Where films end in a hole that ends at `toCell`. */
function filledUntil(fromCell: number, toCell: number, { freeCells = 0 }: FillerTurns): number {
  return toCell - fromCell >= longHole * freeCells ? toCell - freeCells : toCell;
}

/** Key of a filler in the item table. */
export const fillerItemId = (film: ReadyFilm): string => `filler-${film.revision}`;

/** FNV-1a: text as a number that looks like chance and is none. */
function scattered(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** A film of the pool and how its turn stands. */
interface Turn {
  readonly film: ReadyFilm;
  rounds: number;
  order: number;
  /** Where it airs, known so far. */
  readonly airings: Run[];
}

/** Index of the first of ordered airings that begins at `cell` or later: a month of short films has 50,000 of them. */
function firstFrom(airings: readonly Run[], cell: number): number {
  let low = 0;
  for (let high = airings.length; low < high;) {
    const middle = (low + high) >>> 1;
    if ((airings[middle]?.fromCell ?? Infinity) < cell) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First cell from `cell` on at which a film rests long enough from every other airing of it. */
function rested({ film, airings }: Turn, cell: number, restCells: number): number {
  if (restCells === 0) return cell;
  const { segments } = film.facts;
  let at = cell;
  // No airing is longer than its film.
  for (let i = firstFrom(airings, cell - restCells - segments); i < airings.length; i += 1) {
    const airing = airings[i];
    if (airing === undefined || airing.fromCell >= at + segments + restCells) break;
    if (at < endCell(airing) + restCells) at = endCell(airing) + restCells;
  }
  return at;
}

/**
 * Item runs on [fromCell, toCell) with the holes between them filled by whole films in fair rounds: whatever fits airs before
 * any airs again, and rounds go on from hole to hole. What is left is too short for every rested film, and is slate.
 * Deterministic: the same runs, pool and turns give the same cells.
 */
export function fillWithFilms(
  pool: FillerPool,
  turns: FillerTurns,
  runs: readonly Run[],
  range: { readonly fromCell: number; readonly toCell: number },
): Run[] {
  const waiting = turnsOf(pool, turns, runs, range.fromCell);
  const filled: Run[] = [];
  let cell = Math.max(range.fromCell, turns.begun?.fromCell ?? range.fromCell);
  let last = turns.begun === undefined ? undefined : airedLast(waiting, turns.around, cell);
  const fillUpTo = (end: number): void => {
    for (let next = nextOf(waiting, last, cell, end, turns.restCells); next;) {
      const { turn, at } = next;
      const { film } = turn;
      const run = { fromCell: at, cells: film.facts.segments, revision: film.revision, firstSegment: 0 };
      filled.push({ ...run, itemId: fillerItemId(film) });
      took(turn, run, turns);
      last = turn;
      cell = endCell(run);
      next = nextOf(waiting, last, cell, end, turns.restCells);
    }
  };
  for (const run of withRunning(runs, turns.begun?.running, cell)) {
    fillUpTo(filledUntil(cell, run.fromCell, turns));
    filled.push(run);
    cell = Math.max(cell, endCell(run));
  }
  fillUpTo(range.toCell);
  return filled;
}

/** Whose film began last before a cell. */
function airedLast(waiting: readonly Turn[], around: readonly Run[] = [], cell: number): Turn | undefined {
  const before = around.filter((run) => run.fromCell < cell && waiting.some(({ film }) => isAiring(run, film)));
  const run = before.reduce<Run | undefined>((a, b) => (a && a.fromCell > b.fromCell ? a : b), undefined);
  return run && waiting.find(({ film }) => isAiring(run, film));
}

/** Item runs with the filler that is on air at `cell`, until it ends or the next item begins. */
function withRunning(runs: readonly Run[], running: Run | undefined, cell: number): readonly Run[] {
  if (running === undefined) return runs;
  const isOver = (run: Run): boolean => endCell(run) <= cell;
  const next = runs.find((run) => !isOver(run));
  const rest = cutRun(running, cell, next?.fromCell ?? Infinity);
  return rest === undefined ? runs : [...runs.filter(isOver), rest, ...runs.filter((run) => !isOver(run))];
}

function turnsOf(
  pool: FillerPool,
  { seed, around = [], begun }: FillerTurns,
  runs: readonly Run[],
  fromCell: number,
): Turn[] {
  const known = [...around, ...runs];
  // Rounds of a day that has begun go on.
  const roundsOf = (film: ReadyFilm): number =>
    begun === undefined ? 0 : around.filter((run) => isAiring(run, film) && run.fromCell >= fromCell).length;
  return pool
    .filter(({ facts }) => facts.segments >= SHORTEST_ITEM_CELLS)
    .map((film) => ({
      film,
      rounds: roundsOf(film),
      order: scattered(`${seed}/${roundsOf(film)}/${film.filmId}`),
      airings: inOrder(known.filter(({ revision }) => revision === film.revision)),
    }))
    .sort((a, b) => (a.film.filmId < b.film.filmId ? -1 : 1));
}

const isAiring = (run: Run, film: ReadyFilm): boolean => run.itemId === fillerItemId(film) && run.firstSegment === 0;

const inOrder = (runs: Run[]): Run[] => runs.sort((a, b) => a.fromCell - b.fromCell);

function took(turn: Turn, run: Run, { seed, restCells }: FillerTurns): void {
  turn.rounds += 1;
  turn.order = scattered(`${seed}/${turn.rounds}/${turn.film.filmId}`);
  if (restCells === 0) return;
  turn.airings.splice(firstFrom(turn.airings, run.fromCell), 0, run);
}

/**
 * The film whose turn it is in [cell, end), and where it begins: the first one to be rested, of several the one that aired
 * least. The film that aired last comes again at once only where no other one can.
 */
function nextOf(
  waiting: readonly Turn[],
  last: Turn | undefined,
  cell: number,
  end: number,
  restCells: number,
): { readonly turn: Turn; readonly at: number } | undefined {
  let best: { readonly turn: Turn; readonly at: number } | undefined;
  for (const turn of waiting) {
    const first = rested(turn, cell, restCells);
    // A shorter wait would leave a scrap of slate that players stumble over.
    const at = first === cell ? cell : rested(turn, Math.max(first, cell + SHORTEST_ITEM_CELLS), restCells);
    if (at + turn.film.facts.segments > end) continue;
    if (best === undefined || at < best.at || (at === best.at && isBefore(turn, best.turn, last))) best = { turn, at };
  }
  return best;
}

function isBefore(a: Turn, b: Turn, last: Turn | undefined): boolean {
  if (a === last || b === last) return b === last;
  return a.rounds < b.rounds || (a.rounds === b.rounds && a.order < b.order);
}

/** A filler in the item table: guides call it filler, boards leave it out. */
export const fillerItem = ({ filmId, title }: ReadyFilm): TimelineItem => ({
  filmId,
  title,
  kind: 'filler',
  mustWatch: false,
});
