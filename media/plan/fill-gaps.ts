import { type Run, endCell } from '../grid/span.ts';

/** The slate as a filler: how many cells it lasts before it starts again. */
export interface Slate {
  readonly revision: string;
  readonly segments: number;
}

/** Slate for [fromCell, toCell), one run a loop; it goes on where `before` stopped when that was the same slate. */
export function slateRuns(slate: Slate, before: Run | undefined, fromCell: number, toCell: number): Run[] {
  const goesOn =
    before !== undefined &&
    before.itemId === undefined &&
    before.revision === slate.revision &&
    endCell(before) === fromCell;
  const runs: Run[] = [];
  let segment = goesOn ? (before.firstSegment + before.cells) % slate.segments : 0;
  for (let cell = fromCell; cell < toCell;) {
    const cells = Math.min(slate.segments - segment, toCell - cell);
    runs.push({ fromCell: cell, cells, revision: slate.revision, firstSegment: segment });
    cell += cells;
    segment = 0;
  }
  return runs;
}

/** Ordered item runs from `fromCell` on with every hole between them filled by slate; `before` airs up to `fromCell`. */
export function fillGaps(slate: Slate, before: Run | undefined, fromCell: number, runs: readonly Run[]): Run[] {
  const filled: Run[] = [];
  let last = before;
  let cell = fromCell;
  for (const run of runs) {
    if (cell < run.fromCell) filled.push(...slateRuns(slate, last, cell, run.fromCell));
    filled.push(run);
    last = run;
    cell = endCell(run);
  }
  return filled;
}
