import { cellStartAtMs } from '../grid/cell.ts';
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
