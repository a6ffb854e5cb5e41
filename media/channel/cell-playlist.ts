import { CELL_MS, cellStartAtMs } from '../grid/cell.ts';
import type { Span } from '../grid/span.ts';
import type { MediaPlaylist, MediaSegment } from '../hls/media-playlist.ts';
import { type Epoch, type Timeline, revisionFacts } from '../plan/timeline.ts';
import { type Rendition, segmentFile, segmentFolder, servingRendition } from './segment-name.ts';

/** One rendition of a channel, seen through one epoch's numbering. */
export interface ChannelView {
  readonly timeline: Timeline;
  readonly epoch: Epoch;
  readonly rendition: Rendition;
  /** Names of the house rungs from the highest to the lowest. */
  readonly ladder: readonly string[];
}

/** How cells are written as segments. */
export interface CellMarks {
  /** Whether a boundary at the very first cell shows as a tag: in a sliding window yes, for tags only leave with their segment. */
  readonly leadingTag: boolean;
  /** Cells between program dates; the first segment, each boundary and each such multiple carries one. */
  readonly dateEveryCells: number;
}

/** Adds the segments of one span; `tagged` when a discontinuity stands before its first one. */
function addSegments(
  segments: MediaSegment[],
  view: ChannelView,
  span: Span,
  { tagged, dateEveryCells }: Pick<CellMarks, 'dateEveryCells'> & { readonly tagged: boolean },
): void {
  const { timeline, rendition, ladder } = view;
  const serving = servingRendition(revisionFacts(timeline, span.revision), rendition, ladder);
  const folder = segmentFolder(rendition, serving, span.revision);
  const mapUri = rendition.package === 'cmaf' ? `${folder}init.mp4` : undefined;
  for (let offset = 0; offset < span.cells; offset += 1) {
    const cell = span.fromCell + offset;
    segments.push({
      uri: folder + segmentFile(rendition.package, span.firstSegment + offset),
      durationMs: CELL_MS,
      discontinuity: offset === 0 && tagged,
      programDateAtMs: offset === 0 || cell % dateEveryCells === 0 ? cellStartAtMs(cell) : undefined,
      mapUri,
    });
  }
}

/** Spans as a playlist: segment n is cell n, so numbers come from the clock and the stored timeline alone (linear.md 3.3). */
export function cellPlaylist(
  view: ChannelView,
  spans: readonly Span[],
  marks: CellMarks,
  startsSpan: boolean,
): MediaPlaylist {
  const { baseCell, baseDsn } = view.epoch;
  const first = spans[0];
  const { leadingTag, dateEveryCells } = marks;
  const leading = leadingTag && startsSpan;
  let dsn = leading ? undefined : first?.dsn;
  const segments: MediaSegment[] = [];
  for (const span of spans) {
    addSegments(segments, view, span, { tagged: dsn !== span.dsn, dateEveryCells });
    dsn = span.dsn;
  }
  return {
    targetDurationMs: CELL_MS,
    mediaSequence: (first?.fromCell ?? baseCell) - baseCell,
    // 6.2.2: the header counts the tags that were removed, so a leading tag is not in it yet.
    discontinuitySequence: (first?.dsn ?? baseDsn) - baseDsn - (leading ? 1 : 0),
    independentSegments: true,
    segments,
  };
}
