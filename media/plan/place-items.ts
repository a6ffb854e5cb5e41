import { CELL_MS, cellAt, cellsOf } from '../grid/cell.ts';
import { type FilmFacts, type FilmTable, type PlanItem, type PlanList, isReady, nameOf } from './plan.ts';

/** Where an item lands on the grid: [fromCell, fromCell + cells). */
export interface Placement {
  readonly item: PlanItem;
  /** Line of the list, from 1. */
  readonly row: number;
  /** What schedulers call it, also while an alternate airs. */
  readonly title: string;
  /** What airs: the film of the item, or the alternate that stands in for it. */
  readonly film: FilmFacts | undefined;
  /** Whether an alternate airs. */
  readonly isStandIn: boolean;
  /** Where the plan wanted it; behind its predecessor for items that follow. */
  readonly plannedCell: number;
  /** How many cells it wants: the film, or its `durationMs` where that is less or there is none; 0 while nothing is known of the film. */
  readonly wantedCells: number;
  readonly fromCell: number;
  /** What is left of it on air, 0 when others cover it all. */
  readonly cells: number;
  /** Id of the item that cut this one short. */
  readonly cutById?: string;
}

/** Outcome of placing a list: what airs in order of time, and lines that follow nothing or have no start. */
export interface Placing {
  readonly placements: readonly Placement[];
  readonly unplaced: readonly Line[];
}

interface Line {
  readonly item: PlanItem;
  readonly row: number;
}

/** Cells of a film as far as its length is known. */
function knownCells(film: FilmFacts | undefined): number | undefined {
  if (isReady(film)) return film.facts.segments;
  return film?.durationMs === undefined ? undefined : cellsOf(film.durationMs);
}

/**
 * What airs for an item, and for how many cells it is given time: those of its own film where that is known, whoever stands in,
 * so that what follows stays where it is when the film is ready after all.
 */
function chosenFilm(item: PlanItem, films: FilmTable): Pick<Placement, 'title' | 'film' | 'isStandIn' | 'wantedCells'> {
  const own = item.filmId === undefined ? undefined : films.get(item.filmId);
  const standIn = isReady(own) ? undefined : item.alternates?.map((filmId) => films.get(filmId)).find(isReady);
  const asked = item.durationMs === undefined ? undefined : cellsOf(item.durationMs);
  const lengths = [knownCells(own) ?? standIn?.facts.segments, asked].filter((cells) => cells !== undefined);
  const wantedCells = lengths.length === 0 ? 0 : Math.min(...lengths);
  const title = item.title ?? own?.title ?? nameOf(item);
  return { title, film: standIn ?? own, isStandIn: standIn !== undefined, wantedCells };
}

/** Splits a list into blocks: an item with a start, and those that follow it; blocks do not depend on their order. */
function blocksOf(items: readonly PlanItem[]): { blocks: Line[][]; unplaced: Line[] } {
  const blocks: Line[][] = [];
  const unplaced: Line[] = [];
  items.forEach((item, index) => {
    const line = { item, row: item.line?.row ?? index + 1 };
    const block = blocks.at(-1);
    if (item.startMode === 'follow') {
      if (block) block.push(line);
      else unplaced.push(line);
    } else if (item.startAtMs === undefined) unplaced.push(line);
    else blocks.push([line]);
  });
  const startOf = (block: Line[]): number => block[0]?.item.startAtMs ?? 0;
  const idOf = (block: Line[]): string => block[0]?.item.id ?? '';
  blocks.sort((a, b) => startOf(a) - startOf(b) || (idOf(a) < idOf(b) ? -1 : 1));
  return { blocks, unplaced };
}

/** Ends everything that is still on air at `cell`, last placed first. */
function endAt(placed: Placement[], cell: number, cutById: string): void {
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    const earlier = placed[i];
    if (!earlier || earlier.fromCell + earlier.cells <= cell) return;
    placed[i] = { ...earlier, cells: Math.max(0, cell - earlier.fromCell), cutById };
  }
}

/**
 * Lays a list on the grid. An item starts when it is planned, or when its predecessor ends but at most `maxLateMs` late;
 * then it cuts its predecessor short. So a hard start is always exact. Total: every list has an outcome (linear.md 3.5).
 */
export function placeItems(list: PlanList, films: FilmTable): Placing {
  const { blocks, unplaced } = blocksOf(list.items);
  const placed: Placement[] = [];
  let free = -Infinity;
  for (const { item, row } of blocks.flat()) {
    const follows = item.startMode === 'follow';
    const plannedCell = follows ? free : cellAt(item.startAtMs ?? 0);
    const latestCell = plannedCell + (item.startMode === 'soft' ? Math.floor(item.maxLateMs / CELL_MS) : 0);
    const fromCell = Math.min(Math.max(free, plannedCell), latestCell);
    const chosen = chosenFilm(item, films);
    const cells = chosen.wantedCells;
    endAt(placed, fromCell, item.id);
    placed.push({ item, row, ...chosen, plannedCell, fromCell, cells });
    free = fromCell + cells;
  }
  return { placements: placed, unplaced };
}
