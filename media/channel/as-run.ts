import { ceilCell, cellAt, cellStartAtMs } from '../grid/cell.ts';
import { endCell } from '../grid/span.ts';
import { type Timeline, revisionFacts } from '../plan/timeline.ts';
import { spansBetween } from '../plan/timeline-spans.ts';

/** One line of the as-run log: a span as it aired on [startAtMs, endAtMs). */
export interface AsRunRow {
  readonly startAtMs: number;
  readonly endAtMs: number;
  readonly kind: 'item' | 'filler' | 'slate';
  /** Absent on slate. */
  readonly itemId?: string;
  readonly filmId: string;
  readonly revision: string;
  readonly title: string;
  /** Segments [firstSegment, firstSegment + cells) of the revision. */
  readonly firstSegment: number;
  readonly cells: number;
}

/** What aired on the cells [fromCell, toCell), without holes: the timeline is the log, nothing was written down meanwhile. */
export function asRun(timeline: Timeline, fromCell: number, toCell: number): AsRunRow[] {
  return spansBetween(timeline, fromCell, toCell).map((span) => {
    const item = span.itemId === undefined ? undefined : timeline.items[span.itemId];
    const facts = revisionFacts(timeline, span.revision);
    return {
      startAtMs: cellStartAtMs(span.fromCell),
      endAtMs: cellStartAtMs(endCell(span)),
      kind: item?.kind ?? 'slate',
      ...(span.itemId === undefined ? {} : { itemId: span.itemId }),
      filmId: facts.filmId,
      revision: span.revision,
      title: item?.title ?? facts.title,
      firstSegment: span.firstSegment,
      cells: span.cells,
    };
  });
}

/** What of a row truly was: `off_air` while no server was up, `sample` where its history was made up for a demonstration. */
export interface LoggedRow extends AsRunRow {
  readonly state: 'aired' | 'off_air' | 'sample';
}

/** What tells aired cells from others. */
export interface AirEvidence {
  /** Minutes since 1970 in which at least one server was up; any order. */
  readonly minutes: Iterable<number>;
  /** What stands before it is sample history. */
  readonly sampleUntilAtMs?: number;
  /** More cells at which rows are divided, as the edges of a cut. */
  readonly edges?: readonly number[];
}

const CELLS_PER_MINUTE = 15;

/** The log of [fromCell, toCell) by evidence: every row lies wholly within one state. */
export function asRunLog(timeline: Timeline, fromCell: number, toCell: number, evidence: AirEvidence): LoggedRow[] {
  const up = new Set(evidence.minutes);
  const sampleUntilAtMs = evidence.sampleUntilAtMs ?? -Infinity;
  const turns = [...up].flatMap((minute) => [
    ...(up.has(minute - 1) ? [] : [minute * CELLS_PER_MINUTE]),
    ...(up.has(minute + 1) ? [] : [(minute + 1) * CELLS_PER_MINUTE]),
  ]);
  const sampleEdge = Number.isFinite(sampleUntilAtMs) ? [ceilCell(sampleUntilAtMs)] : [];
  const edges = [...turns, ...sampleEdge, ...(evidence.edges ?? [])].sort((a, b) => a - b);
  const stateAt = (atMs: number): LoggedRow['state'] => {
    if (atMs < sampleUntilAtMs) return 'sample';
    return up.has(Math.floor(cellAt(atMs) / CELLS_PER_MINUTE)) ? 'aired' : 'off_air';
  };
  return asRun(timeline, fromCell, toCell)
    .flatMap((row) => divided(row, edges))
    .map((row) => ({ ...row, state: stateAt(row.startAtMs) }));
}

function divided(row: AsRunRow, edges: readonly number[]): AsRunRow[] {
  const [first, end] = [cellAt(row.startAtMs), cellAt(row.endAtMs)];
  const inside = [...new Set(edges.filter((edge) => edge > first && edge < end))];
  return [first, ...inside].map((from, index) => {
    const to = inside[index] ?? end;
    const part = { firstSegment: row.firstSegment + from - first, cells: to - from };
    return { ...row, ...part, startAtMs: cellStartAtMs(from), endAtMs: cellStartAtMs(to) };
  });
}
