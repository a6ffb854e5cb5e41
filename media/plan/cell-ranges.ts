/** Cells of a channel, [fromCell, toCell). */
export interface CellRange {
  readonly fromCell: number;
  readonly toCell: number;
}

/** Cells that the county leaves to townships and villages, under the title that its plan gives them. */
export interface OpenSlot extends CellRange {
  readonly title: string;
}

/** The parts of ranges inside [fromCell, toCell). */
export function cutRanges<Range extends CellRange>(
  ranges: readonly Range[],
  fromCell: number,
  toCell: number,
): readonly Range[] {
  return ranges.flatMap((range) => {
    const [from, to] = [Math.max(range.fromCell, fromCell), Math.min(range.toCell, toCell)];
    return from < to ? [{ ...range, fromCell: from, toCell: to }] : [];
  });
}

/** Ranges in order, neighbours and overlaps joined to one. */
export function joinedRanges(ranges: readonly CellRange[]): readonly CellRange[] {
  const joined: CellRange[] = [];
  for (const { fromCell, toCell } of [...ranges].sort((a, b) => a.fromCell - b.fromCell)) {
    const last = joined.at(-1);
    if (last && fromCell <= last.toCell) {
      joined[joined.length - 1] = { ...last, toCell: Math.max(last.toCell, toCell) };
    } else joined.push({ fromCell, toCell });
  }
  return joined;
}

/** What is left of ranges, in order, where others are taken out. */
export function withoutRanges(ranges: readonly CellRange[], taken: readonly CellRange[]): readonly CellRange[] {
  const left: CellRange[] = [];
  const gone = joinedRanges(taken);
  let next = 0;
  for (const { fromCell, toCell } of joinedRanges(ranges)) {
    let cell = fromCell;
    while ((gone[next]?.toCell ?? Infinity) <= cell) next += 1;
    for (let i = next; cell < toCell; i += 1) {
      const hole = gone[i];
      const end = Math.min(hole?.fromCell ?? Infinity, toCell);
      if (end > cell) left.push({ fromCell: cell, toCell: end });
      cell = Math.max(cell, hole?.toCell ?? Infinity);
    }
  }
  return left;
}
