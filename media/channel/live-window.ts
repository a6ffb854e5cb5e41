import { cellAt } from '../grid/cell.ts';
import type { MediaPlaylist } from '../hls/media-playlist.ts';
import { writeMediaPlaylist } from '../hls/write-media-playlist.ts';
import { spanAt, spansBetween } from '../plan/timeline-spans.ts';
import { type ChannelView, cellPlaylist } from './cell-playlist.ts';

/**
 * Cells listed ahead of the clock, the current one included: they exist, and players stay three target
 * durations (12 s) behind the last one, which is what a list without HOLD-BACK asks for (RFC 8216bis 4.4.3.8), so that their
 * picture is the wall clock's. We do not write the tag: hls-parser's strict mode takes it for low-latency HLS.
 */
export const LEAD_CELLS = 3;
/** Cells of the `live` list: 60 s back and the lead. */
export const LIVE_CELLS = 18;
/** Cells of the `dvr` list: two hours back and the lead. */
export const DVR_CELLS = 1803;

/** First cell that is not yet listed at an instant (UTC ms); everything before it may never change. */
export function listedToCell(atMs: number): number {
  return cellAt(atMs) + LEAD_CELLS;
}

/** The sliding window of `cells` cells at an instant as data; empty before the channel begins. */
export function liveWindow(view: ChannelView, atMs: number, cells: number): MediaPlaylist {
  const toCell = listedToCell(atMs);
  const fromCell = Math.max(toCell - cells, view.timeline.fromCell, view.epoch.baseCell);
  const spans = spansBetween(view.timeline, fromCell, toCell);
  const before = spanAt(view.timeline, fromCell - 1);
  // The oldest cell that is known begins a span too, though nothing stands before it.
  const startsSpan = before?.dsn !== spans[0]?.dsn;
  const dateEveryCells = cells > LIVE_CELLS ? 15 : 1;
  return cellPlaylist(view, spans, { leadingTag: true, dateEveryCells }, startsSpan);
}

/** Text of the `live` or `dvr` list at an instant; the same bytes for a whole cell, from every replica (house-profile.md 4). */
export function livePlaylist(view: ChannelView, atMs: number, cells = LIVE_CELLS): string {
  return writeMediaPlaylist(liveWindow(view, atMs, cells));
}
