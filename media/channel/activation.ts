import { cellAt } from '../grid/cell.ts';
import { LEAD_CELLS } from './live-window.ts';

/** Cells from now on that an ordinary edit leaves alone: lead, propagation to every replica and clock skew, 32 s in all. */
export const FREEZE_CELLS = 8;

/** Cells from now on that an urgent edit leaves alone: what some replica may have listed, 16 s in all. */
export const URGENT_FREEZE_CELLS = LEAD_CELLS + 1;

/** First cell that an edit published at an instant (UTC ms) may change. */
export function activationCell(atMs: number): number {
  return cellAt(atMs) + FREEZE_CELLS;
}

/** First cell that a cut, an urgent insertion or a withdrawal at an instant (UTC ms) may change. */
export function urgentActivationCell(atMs: number): number {
  return cellAt(atMs) + URGENT_FREEZE_CELLS;
}
