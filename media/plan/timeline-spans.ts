import { type Span, cutRun, endCell } from '../grid/span.ts';
import { type Timeline, revisionFacts, tailCell } from './timeline.ts';

/** Starts of every so manieth span stand in an index. */
const INDEX_STEP = 32;
/** With fewer spans there is nothing to win. */
const INDEXED_FROM_SPANS = 2048;
const indexes = new WeakMap<readonly Span[], Float64Array>();

/**
 * Starts of every 32nd span, side by side: in a list of a million the memory of each span that a search looks at is far from
 * the last one, which costs more than all the rest of a playlist. Spans never change, so neither does what is remembered.
 */
function startsOf(spans: readonly Span[]): Float64Array {
  const known = indexes.get(spans);
  if (known) return known;
  const starts = Float64Array.from(
    { length: Math.ceil(spans.length / INDEX_STEP) },
    (_, n) => spans[n * INDEX_STEP]?.fromCell ?? Infinity,
  );
  indexes.set(spans, starts);
  return starts;
}

/** Index of the last span that starts at or before `cell`; `spans` must not be empty. */
function searchSpan(spans: readonly Span[], cell: number): number {
  let low = 0;
  let high = spans.length - 1;
  if (spans.length >= INDEXED_FROM_SPANS) {
    const starts = startsOf(spans);
    low = lastUpTo(0, starts.length - 1, cell, (n) => starts[n]) * INDEX_STEP;
    high = Math.min(high, low + INDEX_STEP - 1);
  }
  return lastUpTo(low, high, cell, (n) => spans[n]?.fromCell);
}

/** The last of low to high, both inclusive, whose start is at or before `cell`; `low` where none is. */
function lastUpTo(low: number, high: number, cell: number, startOf: (n: number) => number | undefined): number {
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((startOf(middle) ?? Infinity) <= cell) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The loop of slate that covers a cell behind the last span: computed from the cell number, stored nowhere. */
function slateLoop(timeline: Timeline, cell: number): Span {
  const start = tailCell(timeline);
  const cells = revisionFacts(timeline, timeline.slate).segments;
  const loop = Math.floor((cell - start) / cells);
  const last = timeline.spans.at(-1);
  const firstDsn = last ? last.dsn + 1 : timeline.firstDsn;
  return {
    fromCell: start + loop * cells,
    cells,
    revision: timeline.slate,
    firstSegment: 0,
    dsn: firstDsn + loop,
  };
}

/** The span on air on a cell; undefined before the timeline begins. */
export function spanAt(timeline: Timeline, cell: number): Span | undefined {
  if (cell < timeline.fromCell) return undefined;
  if (cell >= tailCell(timeline)) return slateLoop(timeline, cell);
  return timeline.spans[searchSpan(timeline.spans, cell)];
}

/** Spans of [fromCell, toCell), cut at its edges and contiguous; the part before the timeline's first cell is missing. */
export function spansBetween(timeline: Timeline, fromCell: number, toCell: number): Span[] {
  const parts: Span[] = [];
  let cell = Math.max(fromCell, timeline.fromCell);
  const first = cell < tailCell(timeline) ? searchSpan(timeline.spans, cell) : timeline.spans.length;
  for (let i = first; cell < toCell; i += 1) {
    const span = timeline.spans[i] ?? slateLoop(timeline, cell);
    const part = cutRun(span, cell, toCell);
    if (part) parts.push(part);
    cell = endCell(span);
  }
  return parts;
}

/** Revisions that air on [fromCell, toCell): what a playback token of the channel may open. */
export function revisionsBetween(timeline: Timeline, fromCell: number, toCell: number): Set<string> {
  return new Set(spansBetween(timeline, fromCell, toCell).map((span) => span.revision));
}
