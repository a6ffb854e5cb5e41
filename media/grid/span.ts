/** Consecutive segments of one revision on consecutive cells: [fromCell, fromCell + cells). */
export interface Run {
  /** First cell, inclusive. */
  readonly fromCell: number;
  /** Number of cells, at least 1. */
  readonly cells: number;
  readonly revision: string;
  /** Number of the revision's segment that airs on `fromCell`. */
  readonly firstSegment: number;
  /** Key of the timeline's item table; absent on slate. */
  readonly itemId?: string;
}

/** A run as it airs, with its discontinuity sequence number (RFC 8216bis 4.4.3.3), stored and never counted again. */
export interface Span extends Run {
  readonly dsn: number;
}

/** Cell after the last one of a run, exclusive. */
export function endCell(run: Run): number {
  return run.fromCell + run.cells;
}

/** Whether `after` goes on where `before` stops: same revision, next segment, next cell; then no discontinuity is needed. */
export function continues(before: Run, after: Run): boolean {
  return (
    before.revision === after.revision &&
    endCell(before) === after.fromCell &&
    before.firstSegment + before.cells === after.firstSegment
  );
}

/** The part of one run inside [fromCell, toCell), the run itself when it lies within; undefined when nothing does. */
export function cutRun<R extends Run>(run: R, fromCell: number, toCell: number): R | undefined {
  const end = run.fromCell + run.cells;
  if (run.fromCell >= fromCell && end <= toCell) return run;
  const from = Math.max(run.fromCell, fromCell);
  const to = Math.min(end, toCell);
  if (to <= from) return undefined;
  // Every playlist cuts two: a copy that is changed costs a quarter of a literal with a spread and three fields.
  const part: R & { fromCell: number; cells: number; firstSegment: number } = { ...run };
  part.fromCell = from;
  part.cells = to - from;
  part.firstSegment = run.firstSegment + from - run.fromCell;
  return part;
}

/** The parts of ordered runs inside [fromCell, toCell); a run that crosses an edge is cut there. */
export function cutRuns<R extends Run>(runs: readonly R[], fromCell: number, toCell: number): R[] {
  const parts: R[] = [];
  for (const run of runs) {
    const part = cutRun(run, fromCell, toCell);
    if (part) parts.push(part);
  }
  return parts;
}

/** Ordered runs with [fromCell, toCell) taken out and `inside` put there instead; `inside` must lie within the range. */
export function replaceRuns(
  runs: readonly Run[],
  fromCell: number,
  toCell: number,
  inside: readonly Run[] = [],
): Run[] {
  return [...cutRuns(runs, -Infinity, fromCell), ...inside, ...cutRuns(runs, toCell, Infinity)];
}
