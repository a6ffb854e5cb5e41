import { endCell } from '../grid/span.ts';
import { writeMediaPlaylist } from '../hls/write-media-playlist.ts';
import type { Timeline } from '../plan/timeline.ts';
import { spanAt, spansBetween } from '../plan/timeline-spans.ts';
import { type ChannelView, cellPlaylist } from './cell-playlist.ts';
import { shownSpans } from './catch-up.ts';
import { listedToCell } from './live-window.ts';
import { LONGEST_RANGE_CELLS } from './playback-view.ts';

/**
 * Cell (exclusive) at which the item on air at `fromCell` is over, its parts after an interruption included; the slate's end
 * when that is on air. At most a day later; undefined before the channel begins.
 */
export function itemEndCell(timeline: Timeline, fromCell: number): number | undefined {
  const start = spanAt(timeline, fromCell);
  if (!start) return undefined;
  const spans = spansBetween(timeline, fromCell, fromCell + LONGEST_RANGE_CELLS);
  if (start.itemId === undefined) {
    const next = spans.find((span) => span.itemId !== undefined);
    return next?.fromCell ?? fromCell + LONGEST_RANGE_CELLS;
  }
  const last = spans.filter((span) => span.itemId === start.itemId).at(-1);
  return last ? endCell(last) : undefined;
}

/**
 * Text of the list of an item from `fromCell` on: EVENT, growing with the live list, and VOD once the item is over.
 * Undefined when `fromCell` is not listed yet or before the channel begins.
 */
export function startOverPlaylist(view: ChannelView, fromCell: number, atMs: number): string | undefined {
  const end = itemEndCell(view.timeline, fromCell);
  const listedTo = listedToCell(atMs);
  if (end === undefined || fromCell >= listedTo) return undefined;
  const ended = end <= listedTo;
  const aired = spansBetween(view.timeline, fromCell, Math.min(end, listedTo));
  // A growing list may not change what it listed; a finished one shows slate instead of what was withdrawn since.
  const spans = ended ? shownSpans(view.timeline, aired) : aired;
  const marks = { leadingTag: false, dateEveryCells: Infinity };
  // Players begin a growing list at its live end unless they are told where to begin (RFC 8216bis 4.4.2.2).
  const list = { ...cellPlaylist(view, spans, marks, false), startOffsetMs: 0, ended };
  return writeMediaPlaylist({ ...list, type: ended ? 'VOD' : 'EVENT' });
}
