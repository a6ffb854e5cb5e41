/** Length of one cell of the house grid in milliseconds; every segment of every film lasts exactly this (house-profile.md 1). */
export const CELL_MS = 4000;

/** Number of the cell on air at an instant (UTC ms): whole cells since 1970, so no state and no time zone. */
export function cellAt(atMs: number): number {
  return Math.floor(atMs / CELL_MS);
}

/** First instant (UTC ms, inclusive) of a cell. */
export function cellStartAtMs(cell: number): number {
  return cell * CELL_MS;
}

/** First cell that starts at or after an instant (UTC ms). */
export function ceilCell(atMs: number): number {
  return Math.ceil(atMs / CELL_MS);
}

/** Number of whole cells that hold a length in ms; the last one is padded with the last picture and silence. */
export function cellsOf(durationMs: number): number {
  return Math.ceil(durationMs / CELL_MS);
}

/** Whether an instant (UTC ms) is the start of a cell; any whole minute is. */
export function isOnGrid(atMs: number): boolean {
  return Number.isInteger(atMs / CELL_MS);
}
