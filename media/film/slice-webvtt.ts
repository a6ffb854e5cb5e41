import { cellMs } from './chunks.ts';
import { type Cue, cueBlock, cueKey } from './cue.ts';
import { readSubtitles } from './read-subtitles.ts';

/**
 * Writes the WebVTT segments of a film, one a cell: every cue that is to be seen in it, with its full times, so that a cue over
 * a border stands in both segments (RFC 8216, 3.5). `baseTicks` is the media timestamp of film time 0, in ticks of 90 kHz.
 */
export function sliceWebvtt(cues: readonly Cue[], cells: number, baseTicks: number): readonly string[] {
  const shown = Array.from({ length: cells }, (): string[] => []);
  for (const cue of cues) {
    const last = Math.min(cells, Math.ceil(cue.endMs / cellMs));
    for (let cell = Math.floor(cue.startMs / cellMs); cell < last; cell += 1) shown[cell]?.push(cueBlock(cue));
  }
  const head = ['WEBVTT', `X-TIMESTAMP-MAP=MPEGTS:${String(baseTicks)},LOCAL:00:00:00.000`, ''];
  return shown.map((blocks) => [...head, ...blocks].join('\n'));
}

/** The cues of a film from its segments, each once: what `sliceWebvtt` was given. */
export function joinWebvtt(segments: Iterable<string>): readonly Cue[] {
  const cues = new Map<string, Cue>();
  for (const segment of segments) for (const cue of readSubtitles(segment, Infinity).cues) cues.set(cueKey(cue), cue);
  return [...cues.values()];
}
