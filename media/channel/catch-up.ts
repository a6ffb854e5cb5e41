import { type Run, type Span, continues, endCell } from '../grid/span.ts';
import { writeMediaPlaylist } from '../hls/write-media-playlist.ts';
import { slateRuns } from '../plan/fill-gaps.ts';
import { type Timeline, revisionFacts } from '../plan/timeline.ts';
import { spansBetween } from '../plan/timeline-spans.ts';
import { type ChannelView, cellPlaylist } from './cell-playlist.ts';

/** Numbers runs from `firstDsn`, one more at each boundary, as live playlists would. */
function numbered(runs: readonly Run[], firstDsn: number): Span[] {
  const spans: Span[] = [];
  for (const run of runs) {
    const last = spans.at(-1);
    spans.push({ ...run, dsn: last ? last.dsn + (continues(last, run) ? 0 : 1) : firstDsn });
  }
  return spans;
}

/** Spans as they may be shown later: what was withdrawn since is slate. */
export function shownSpans(timeline: Timeline, spans: readonly Span[]): readonly Span[] {
  const { withdrawn, slate } = timeline;
  if (!spans.some((span) => withdrawn.includes(span.revision))) return spans;
  const segments = revisionFacts(timeline, slate).segments;
  const runs: Run[] = [];
  for (const span of spans) {
    if (withdrawn.includes(span.revision)) {
      runs.push(...slateRuns({ revision: slate, segments }, runs.at(-1), span.fromCell, endCell(span)));
    } else runs.push(span);
  }
  return numbered(runs, spans[0]?.dsn ?? 0);
}

/** Text of a finished range [fromCell, toCell) as a VOD playlist: what aired, cell by cell, interruptions included. */
export function catchUpPlaylist(view: ChannelView, fromCell: number, toCell: number): string {
  const spans = shownSpans(view.timeline, spansBetween(view.timeline, fromCell, toCell));
  const marks = { leadingTag: false, dateEveryCells: Infinity };
  return writeMediaPlaylist({ ...cellPlaylist(view, spans, marks, false), type: 'VOD', ended: true });
}
