import { CELL_MS, cellAt, cellsOf } from '../grid/cell.ts';
import { type FilmFacts, type FilmTable, type PlanItem, type PlanList, isReady } from './plan.ts';

/** Where an item lands on the grid: [fromCell, fromCell + cells). */
export interface Placement {
  readonly item: PlanItem;
  /** Line of the list, from 1. */
  readonly row: number;
  readonly film: FilmFacts | undefined;
  /** Where the plan wanted it; behind its predecessor for items that follow. */
  readonly plannedCell: number;
  /** How many cells it wants: the film, or its `durationMs` where that is less; 0 while nothing is known of the film. */
  readonly wantedCells: number;
  readonly fromCell: number;
  /** What is left of it on air, 0 when others cover it all. */
  readonly cells: number;
  /** Row of the item that cut this one short. */
  readonly cutByRow?: number;
}

/** Outcome of placing a list: what airs in order of time, and rows that follow nothing or have no start. */
export interface Placing {
  readonly placements: readonly Placement[];
  readonly unplacedRows: readonly number[];
}

interface Line {
  readonly item: PlanItem;
  readonly row: number;
}

/** Cells that an item wants on air. */
function wantedCells(item: PlanItem, film: FilmFacts | undefined): number {
  const whole = isReady(film)
    ? film.facts.segments
    : film?.durationMs === undefined
      ? undefined
      : cellsOf(film.durationMs);
  const asked = item.durationMs === undefined ? undefined : cellsOf(item.durationMs);
  return Math.min(whole ?? asked ?? 0, asked ?? whole ?? 0);
}

/** Splits a list into blocks: an item with a start, and those that follow it; blocks do not depend on their order. */
function blocksOf(items: readonly PlanItem[]): { blocks: Line[][]; unplacedRows: number[] } {
  const blocks: Line[][] = [];
  const unplacedRows: number[] = [];
  items.forEach((item, index) => {
    const line = { item, row: index + 1 };
    const block = blocks.at(-1);
    if (item.startMode === 'follow') {
      if (block) block.push(line);
      else unplacedRows.push(line.row);
    } else if (item.startAtMs === undefined) unplacedRows.push(line.row);
    else blocks.push([line]);
  });
  const startOf = (block: Line[]): number => block[0]?.item.startAtMs ?? 0;
  const idOf = (block: Line[]): string => block[0]?.item.id ?? '';
  blocks.sort((a, b) => startOf(a) - startOf(b) || (idOf(a) < idOf(b) ? -1 : 1));
  return { blocks, unplacedRows };
}

/** Ends everything that is still on air at `cell`, last placed first. */
function endAt(placed: Placement[], cell: number, cutByRow: number): void {
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    const earlier = placed[i];
    if (!earlier || earlier.fromCell + earlier.cells <= cell) return;
    placed[i] = { ...earlier, cells: Math.max(0, cell - earlier.fromCell), cutByRow };
  }
}

/**
 * Lays a list on the grid. An item starts when it is planned, or when its predecessor ends but at most `maxLateMs` late;
 * then it cuts its predecessor short. So a hard start is always exact. Total: every list has an outcome (linear.md 3.5).
 */
export function placeItems(list: PlanList, films: FilmTable): Placing {
  const { blocks, unplacedRows } = blocksOf(list.items);
  const placed: Placement[] = [];
  let free = -Infinity;
  for (const { item, row } of blocks.flat()) {
    const film = films.get(item.filmId);
    const follows = item.startMode === 'follow';
    const plannedCell = follows ? free : cellAt(item.startAtMs ?? 0);
    const latestCell = plannedCell + (item.startMode === 'soft' ? Math.floor(item.maxLateMs / CELL_MS) : 0);
    const fromCell = Math.min(Math.max(free, plannedCell), latestCell);
    const wanted = wantedCells(item, film);
    endAt(placed, fromCell, row);
    placed.push({ item, row, film, plannedCell, wantedCells: wanted, fromCell, cells: wanted });
    free = fromCell + wanted;
  }
  return { placements: placed, unplacedRows };
}
