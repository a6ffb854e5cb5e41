import { CARD_CELLS, type GapCard } from '../contract/gap-card.ts';
import { type Run, endCell } from '../grid/span.ts';
import { type Programme, nextUpCard } from './card-content.ts';
import { type Piece, type PieceRules, ROUND_CELLS, piecesFrom } from './gap-pieces.ts';
import { SHORTEST_ITEM_CELLS } from './plan.ts';

/** A hole that cards may fill, [fromCell, toCell), and the item that begins behind it, if it is one. */
export interface Gap {
  readonly fromCell: number;
  readonly toCell: number;
  readonly next?: Programme;
}

/** A piece in its place; the trailer, where it is one, takes its own cells first. */
export interface PlacedPiece {
  readonly piece: Piece;
  readonly fromCell: number;
  readonly cells: number;
}

/** What laying out a gap follows from. */
export interface GapRules extends PieceRules {
  /** Whether a card can air: where one is not made yet, what comes after it takes its place. */
  readonly isThere: (card: GapCard) => boolean;
}

/** Of a longer hole only the last twelve hours are filled. */
export const LONGEST_GAP_CELLS = 10_800;
/** Cells in which a page can be read, and what a next-up card has where there is room. */
const PAGE_CELLS = 4;
const NEXT_UP_CELLS = 5;

/** Holes between ordered runs that are long enough to be seen; `firstCell` is where the first may begin. */
export function gapsOf(runs: readonly Run[], programmes: readonly Programme[], firstCell: number): Gap[] {
  const starts = new Map(programmes.map((programme) => [programme.run.fromCell, programme]));
  let cell = firstCell;
  return runs.flatMap((run): Gap[] => {
    const fromCell = Math.max(cell, run.fromCell - LONGEST_GAP_CELLS);
    cell = Math.max(cell, endCell(run));
    if (run.fromCell - fromCell < SHORTEST_ITEM_CELLS) return [];
    const next = starts.get(run.fromCell);
    return [{ fromCell, toCell: run.fromCell, ...(next === undefined ? {} : { next }) }];
  });
}

const leastOf = (piece: Piece): number => SHORTEST_ITEM_CELLS + (piece.kind === 'trailer' ? piece.cells : 0);

/** As many pieces as fit into [fromCell, toCell), in order; what is left behind them is nothing, or long enough for slate. */
function tile(pieces: readonly Piece[], { fromCell, toCell }: Gap): PlacedPiece[] {
  let left = toCell - fromCell;
  const chosen: { piece: Piece; cells: number }[] = [];
  for (const piece of pieces) {
    if (leastOf(piece) > left) continue;
    chosen.push({ piece, cells: leastOf(piece) });
    left -= leastOf(piece);
  }
  for (const each of chosen) {
    if (left === 0) break;
    each.cells += PAGE_CELLS - SHORTEST_ITEM_CELLS;
    left -= PAGE_CELLS - SHORTEST_ITEM_CELLS;
  }
  const last = chosen.at(-1);
  if (last !== undefined && left < SHORTEST_ITEM_CELLS) last.cells += left;
  let cell = fromCell;
  return chosen.map(({ piece, cells }) => {
    const placed = { piece, fromCell: cell, cells };
    cell += cells;
    return placed;
  });
}

/** Cells of the card at the end of a gap: what stays before it is nothing, or long enough to be seen. */
function nextUpCells(cells: number): number {
  if (cells <= CARD_CELLS) return cells;
  return Math.min(NEXT_UP_CELLS, cells - SHORTEST_ITEM_CELLS);
}

/** Half hours of a stretch; a shorter rest belongs to the last one. */
function roundsOf(fromCell: number, toCell: number): Gap[] {
  if (toCell - fromCell < SHORTEST_ITEM_CELLS) return [];
  const count = Math.max(1, Math.floor((toCell - fromCell) / ROUND_CELLS));
  return Array.from({ length: count }, (_none, index) => ({
    fromCell: fromCell + index * ROUND_CELLS,
    toCell: index + 1 === count ? toCell : fromCell + (index + 1) * ROUND_CELLS,
  }));
}

/** What a gap shows: pages and trailers, slate where nothing is left to show, and last what begins behind it. */
export function layOutGap(gap: Gap, programmes: readonly Programme[], rules: GapRules): readonly PlacedPiece[] {
  const card = gap.next && nextUpCard(gap.next, rules);
  const cells = card !== undefined && rules.isThere(card) ? nextUpCells(gap.toCell - gap.fromCell) : 0;
  const toCell = gap.toCell - cells;
  const placed = roundsOf(gap.fromCell, toCell).flatMap((round) => {
    const pieces = piecesFrom(round.fromCell, gap.toCell, programmes, rules);
    return tile(
      pieces.filter((piece) => rules.isThere(piece.card)),
      round,
    );
  });
  if (card === undefined || cells === 0) return placed;
  return [...placed, { piece: { kind: 'card', card }, fromCell: toCell, cells }];
}
