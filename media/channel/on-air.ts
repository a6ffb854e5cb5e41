import { cellAt } from '../grid/cell.ts';
import type { Span } from '../grid/span.ts';
import { type RevisionFacts, type Timeline, type TimelineItem, revisionFacts } from '../plan/timeline.ts';
import { spanAt } from '../plan/timeline-spans.ts';

/** What a channel shows at one instant. */
export interface OnAir {
  readonly cell: number;
  readonly span: Span;
  /** Segment of the span's revision on air. */
  readonly segment: number;
  readonly facts: RevisionFacts;
  /** Absent on slate. */
  readonly item?: TimelineItem;
}

/** What airs at an instant (UTC ms); undefined before the channel begins. */
export function onAirAt(timeline: Timeline, atMs: number): OnAir | undefined {
  const cell = cellAt(atMs);
  const span = spanAt(timeline, cell);
  if (!span) return undefined;
  const item = span.itemId === undefined ? undefined : timeline.items[span.itemId];
  return {
    cell,
    span,
    segment: span.firstSegment + cell - span.fromCell,
    facts: revisionFacts(timeline, span.revision),
    ...(item ? { item } : {}),
  };
}
