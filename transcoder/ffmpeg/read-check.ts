import { joinNear, type PictureCheck, type Run, type SoundCheck } from '../../media/film/technical-check.ts';

/** One value that a filter attached to a frame, and when that frame is shown, in seconds. */
type Said = { readonly key: string; readonly value: number; readonly seconds: number };

/** What ffmpeg's `metadata=print` wrote: a line `frame:... pts_time:...`, then a line `key=value` each. */
function* readSaid(text: string): Generator<Said> {
  let seconds = 0;
  for (const line of text.split('\n')) {
    const time = /^frame:\d+\s+pts:\S+\s+pts_time:(\S+)/.exec(line)?.[1];
    if (time !== undefined) seconds = Number(time);
    else {
      const [key = '', value = ''] = line.split('=');
      if (value !== '') yield { key, value: Number(value), seconds };
    }
  }
}

const ms = (seconds: number): number => Math.round(seconds * 1000);

/** Runs between two keys; one that is still open lasts until `endMs`. */
function readRuns(text: string, startKey: string, endKey: string, endMs: number): readonly Run[] {
  const runs: Run[] = [];
  let from: number | undefined;
  for (const { key, value } of readSaid(text)) {
    if (key === startKey) from = ms(value);
    if (key === endKey && from !== undefined) {
      runs.push({ fromMs: from, toMs: ms(value) });
      from = undefined;
    }
  }
  return from === undefined ? runs : [...runs, { fromMs: from, toMs: endMs }];
}

/** Shorter runs are kept only where they meet an edge of the chunk, beyond which they may go on. */
const shortestRunMs = 400;

/** A chunk's place on the film's clock and its frame rate. */
type Place = { readonly fromMs: number; readonly toMs: number; readonly frameRate: number };

/** Reads what the picture filters wrote about a chunk. */
export function readPictureCheck(pictures: string, content: string, place: Place): PictureCheck {
  const lengthMs = place.toMs - place.fromMs;
  const oneFrameMs = 1000 / place.frameRate;
  const runs = (startKey: string, endKey: string): Run[] =>
    readRuns(pictures, startKey, endKey, lengthMs)
      // The filter reports each picture that differs from the one before as a standstill of one frame.
      .filter(({ fromMs, toMs }) => toMs - fromMs > oneFrameMs * 1.5 || startKey === 'lavfi.black_start')
      .filter(({ fromMs, toMs }) => toMs - fromMs >= shortestRunMs || fromMs === 0 || toMs === lengthMs)
      .map(({ fromMs, toMs }) => ({ fromMs: place.fromMs + fromMs, toMs: place.fromMs + toMs }));
  const box = readContent(content);
  return {
    black: runs('lavfi.black_start', 'lavfi.black_end'),
    still: runs('lavfi.freezedetect.freeze_start', 'lavfi.freezedetect.freeze_end'),
    ...(box === undefined ? {} : { content: box }),
  };
}

/** Pixels of a thumbnail (chunk-arguments.ts). */
const thumbnail = { width: 192, height: 108 } as const;

/** The filter grows its box with every frame, so the last one counts. */
function readContent(text: string): PictureCheck['content'] {
  const last = new Map<string, number>();
  for (const { key, value } of readSaid(text)) last.set(key, value);
  const edge = (name: string): number => last.get(`lavfi.cropdetect.${name}`) ?? NaN;
  const [x1, x2, y1, y2] = [edge('x1'), edge('x2'), edge('y1'), edge('y2')];
  if (!(x2 > x1 && y2 > y1)) return undefined;
  const share = (pixels: number, side: number): number => Math.round((pixels / side) * 1000) / 1000;
  return {
    left: share(x1, thumbnail.width),
    top: share(y1, thumbnail.height),
    right: share(x2 + 1, thumbnail.width),
    bottom: share(y2 + 1, thumbnail.height),
  };
}

/** Short-term loudness looks back over 3 s: its middle is where the sound is. */
const shortTermMs = 3000;
const stepMs = 100;
const clipWindowMs = 40;
/** What is less above the film is the difference between speech and music. */
const leastLoudLu = 6;
/** What is softer counts as silence, as in `silenceCheck`. */
const softestLufs = -60;
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** The integrated loudness leaves out what is so many LU below the mean (BS.1770, relative gate). */
const gateLu = 10;

/** What a part is compared with: the film as a whole, or its middle where the gate left that out and a few loud seconds are all that was measured. */
function usualLufs(shortTerm: readonly number[], integratedLufs: number): number {
  const heard = shortTerm.filter((value) => value > softestLufs).sort((a, b) => a - b);
  const middle = heard[Math.floor(heard.length / 2)] ?? integratedLufs;
  return middle < integratedLufs - gateLu ? middle : integratedLufs;
}

function readLoud(text: string, integratedLufs: number): SoundCheck['loud'] {
  const said = [...readSaid(text)];
  const usual = usualLufs(
    said.map(({ value }) => value),
    integratedLufs,
  );
  const loud = said
    .map(({ value, seconds }) => ({ atMs: ms(seconds) - shortTermMs / 2, over: value - usual }))
    .filter(({ over }) => over >= leastLoudLu)
    .map(({ atMs, over }) => ({ fromMs: Math.max(0, atMs), toMs: atMs + stepMs, value: rounded(over) }))
    .filter(({ fromMs, toMs }) => toMs > fromMs);
  return joinNear(loud, 500).filter(({ fromMs, toMs }) => toMs - fromMs >= 500);
}

/** True peak in dBTP from the log of the loudness pass; null where there is nothing to hear. */
function readTruePeak(log: string): number | null {
  // ffmpeg sets the filters up once more when it knows the source, so the first summary of two is empty.
  const peak = Number([...log.matchAll(/True peak:\s+Peak:\s+(\S+) dBFS/g)].at(-1)?.[1]);
  return Number.isFinite(peak) ? peak : null;
}

/** What the sound filters wrote; empty texts where a pass was not made. */
export type SoundTexts = {
  readonly log: string;
  readonly loudness: string;
  readonly clipping: string;
  readonly silence: string;
};

/** Reads what was heard in a track that lasts until `endMs` on the film's clock. */
export function readSoundCheck(texts: SoundTexts, integratedLufs: number | null, endMs: number): SoundCheck {
  const clipped = [...readSaid(texts.clipping)].map(({ seconds }) => ({
    fromMs: Math.max(0, ms(seconds)),
    toMs: ms(seconds) + clipWindowMs,
  }));
  return {
    silence: [...readRuns(texts.silence, 'lavfi.silence_start', 'lavfi.silence_end', endMs)].map((run) => ({
      ...run,
      fromMs: Math.max(0, run.fromMs),
    })),
    clipped: [...joinNear(clipped, 200)],
    loud: integratedLufs === null ? [] : readLoud(texts.loudness, integratedLufs),
    truePeakDb: readTruePeak(texts.log),
  };
}
