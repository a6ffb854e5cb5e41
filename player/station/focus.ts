import type { RemoteAction } from './remote-keys.ts';

/** Where the focus is: a row, and for every row the column that it remembers. No geometry: moving is arithmetic. */
export interface Focus {
  readonly row: number;
  readonly columns: readonly number[];
}

export const firstFocus: Focus = { row: 0, columns: [] };

/** The focused column of a row, kept within the row's present length. */
export const columnOf = (focus: Focus, row: number, length: number): number =>
  Math.max(0, Math.min(length - 1, focus.columns[row] ?? 0));

/**
 * Moves by one arrow through rows of the given lengths; rows of length 0 are stepped over.
 * Answers undefined where the arrow leads outside, so that the screen may do something else with it.
 */
export function moveFocus(focus: Focus, action: RemoteAction, lengths: readonly number[]): Focus | undefined {
  const length = lengths[focus.row] ?? 0;
  const column = columnOf(focus, focus.row, length);
  switch (action) {
    case 'left':
      return column > 0 ? withColumn(focus, column - 1) : undefined;
    case 'right':
      return column + 1 < length ? withColumn(focus, column + 1) : undefined;
    case 'up':
      return toRow(focus, -1, lengths);
    case 'down':
      return toRow(focus, 1, lengths);
    default:
      return undefined;
  }
}

function withColumn(focus: Focus, column: number): Focus {
  const columns = focus.columns.slice();
  while (columns.length <= focus.row) columns.push(0);
  columns[focus.row] = column;
  return { row: focus.row, columns };
}

function toRow(focus: Focus, step: 1 | -1, lengths: readonly number[]): Focus | undefined {
  for (let row = focus.row + step; row >= 0 && row < lengths.length; row += step) {
    if ((lengths[row] ?? 0) > 0) return { row, columns: focus.columns };
  }
  return undefined;
}

/** First item of a window of `size` items that shows `index` and moves as little as possible. */
export const windowStart = (index: number, count: number, size: number): number =>
  Math.max(0, Math.min(count - size, index - Math.floor(size / 2)));
