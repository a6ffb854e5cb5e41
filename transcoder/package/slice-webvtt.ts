/** One line of subtitles; times in ms on the film's clock, the end exclusive. */
export type Cue = { readonly startMs: number; readonly endMs: number; readonly text: string };

const timing = /^((?:\d+:)?\d\d:\d\d\.\d{3}) +--> +((?:\d+:)?\d\d:\d\d\.\d{3})/;

/** Reads `1:02:03.004` or `02:03.004` as milliseconds. */
const milliseconds = (clock: string): number =>
  Math.round(clock.split(':').reduce((total, part) => total * 60 + Number(part), 0) * 1000);

/** Escapes what WebVTT would read as markup, after all markup of the source has gone: styles and fonts are not ours to trust. */
const plain = (text: string): string =>
  text
    .replace(/<[^<>]*>/g, '')
    .replace(/\{\\[^{}]*\}/g, '')
    .replace(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .trim();

/** Reads the cues of a WebVTT file; anything that is not a cue is passed over. At most 20,000 cues are read. */
export function readCues(webvtt: string, originMs = 0): readonly Cue[] {
  const cues: Cue[] = [];
  for (const block of webvtt.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => timing.test(line));
    const [, start, end] = timing.exec(lines[at] ?? '') ?? [];
    if (start === undefined || end === undefined) continue;
    const text = plain(lines.slice(at + 1).join('\n'));
    const startMs = Math.max(0, milliseconds(start) - originMs);
    const endMs = milliseconds(end) - originMs;
    if (endMs > startMs && text !== '' && cues.length < 20_000) cues.push({ startMs, endMs, text });
  }
  return cues;
}

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (ms: number): string =>
  `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;

/**
 * Writes the WebVTT segment of one cell: every cue that is to be seen in it, with its full times, so that a cue over a border
 * stands in both segments (RFC 8216, 3.5). `baseTicks` is the media timestamp of film time 0.
 */
export function webvttSegment(cues: readonly Cue[], cell: number, baseTicks: number): string {
  const [from, to] = [cell * 4000, (cell + 1) * 4000];
  const shown = cues.filter((cue) => cue.startMs < to && cue.endMs > from);
  const blocks = shown.map((cue) => `${clock(cue.startMs)} --> ${clock(cue.endMs)}\n${cue.text}\n`);
  return ['WEBVTT', `X-TIMESTAMP-MAP=MPEGTS:${String(baseTicks)},LOCAL:00:00:00.000`, '', ...blocks].join('\n');
}
