import { ApiError } from './api-error.ts';
import { webvttSeconds } from './webvtt-seconds.ts';

/** Subtitles of a film in one language: `url` is that of their playlist. */
export interface SubtitleTrack {
  readonly language: string;
  readonly url: string;
}

/** Where subtitles come from, and where from when their token has ended. */
export interface SubtitleSource {
  readonly track: SubtitleTrack;
  readonly renew: () => Promise<{ readonly subtitles?: readonly SubtitleTrack[] }>;
}

const cellS = 4;
const retryMs = 3000;

/** The cues of one of our WebVTT segments; they say the film's own time. */
function cuesOf(segment: string): VTTCue[] {
  const cues: VTTCue[] = [];
  for (const block of segment.split('\n\n')) {
    const found = /^(\d\S+) --> (\d\S+)([^\n]*)\n([^]+)$/.exec(block.trim());
    const [, start, end, settings = '', text] = found ?? [];
    if (start === undefined || end === undefined || text === undefined) continue;
    const cue = new VTTCue(webvttSeconds(start), webvttSeconds(end), text);
    const line = /line:(-?\d+)(%?)/.exec(settings);
    if (line !== null) {
      cue.snapToLines = line[2] !== '%';
      cue.line = Number(line[1]);
    }
    const align = /align:(start|center|end|left|right)/.exec(settings)?.[1];
    if (align !== undefined) cue.align = align as AlignSetting;
    cues.push(cue);
  }
  return cues;
}

/**
 * Shows subtitles over a film, whatever plays it: the browser draws them, and the segment of the cell that is shown and the next
 * one are fetched as the film goes on. Answers how to take them away.
 */
export function showSubtitles(video: HTMLVideoElement, source: SubtitleSource): () => void {
  const { language } = source.track;
  const shown = trackOf(video, language);
  shown.mode = 'showing';
  const asked = new Map<number, 'asked' | 'there'>();
  const known = new Set<string>();
  let url = source.track.url;
  let stopped = false;
  const load = async (cell: number): Promise<void> => {
    const name = `${'0'.repeat(Math.max(0, 5 - String(cell).length))}${cell}.vtt`;
    const reply = await fetch(url.replace('media.m3u8', name));
    if (reply.status === 403) url = urlOf(await source.renew(), language) ?? url;
    if (!reply.ok) throw new ApiError({ status: reply.status, code: 'network', detail: '' });
    const segment = await reply.text();
    if (stopped) return;
    for (const cue of cuesOf(segment)) {
      const key = `${cue.startTime}|${cue.endTime}|${cue.text}`;
      if (!known.has(key)) shown.addCue(cue);
      known.add(key);
    }
  };
  const want = (cell: number) => {
    if (stopped || asked.has(cell)) return;
    if (Number.isFinite(video.duration) && cell * cellS >= video.duration) return;
    asked.set(cell, 'asked');
    load(cell).then(
      () => asked.set(cell, 'there'),
      () => setTimeout(() => asked.delete(cell), retryMs),
    );
  };
  const look = () => {
    const cell = Math.floor(video.currentTime / cellS);
    want(cell);
    want(cell + 1);
  };
  video.addEventListener('timeupdate', look);
  video.addEventListener('seeking', look);
  look();
  return () => {
    stopped = true;
    video.removeEventListener('timeupdate', look);
    video.removeEventListener('seeking', look);
    for (const cue of [...Array.from(shown.cues ?? [])]) shown.removeCue(cue);
    shown.mode = 'disabled';
  };
}

/** Tracks that were added to a video cannot be taken away, so one of a language is used again. */
function trackOf(video: HTMLVideoElement, language: string): TextTrack {
  const known = Array.from(video.textTracks).find((one) => one.kind === 'subtitles' && one.language === language);
  return known ?? video.addTextTrack('subtitles', language, language);
}

const urlOf = (
  { subtitles = [] }: { readonly subtitles?: readonly SubtitleTrack[] },
  language: string,
): string | undefined => subtitles.find((one) => one.language === language)?.url;
