/** One line of subtitles; times in ms on the film's clock, the end exclusive. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** WebVTT cue text: characters escaped, no markup but the few harmless tags, no empty line. */
  readonly text: string;
  /** WebVTT cue settings (`line:0 align:start`), only known ones. */
  readonly settings?: string;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Writes milliseconds as `01:02:03.004`. */
export const cueClock = (ms: number): string =>
  `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;

/** A cue as a block of a WebVTT file, with its line end. */
export const cueBlock = ({ startMs, endMs, text, settings }: Cue): string =>
  `${cueClock(startMs)} --> ${cueClock(endMs)}${settings === undefined ? '' : ` ${settings}`}\n${text}\n`;

/** A whole WebVTT file. */
export const writeWebvtt = (cues: readonly Cue[]): string => ['WEBVTT\n', ...cues.map(cueBlock)].join('\n');

/** Two cues that no viewer can tell apart have one key. */
export const cueKey = ({ startMs, endMs, text, settings = '' }: Cue): string =>
  [startMs, endMs, settings, text].join('|');
