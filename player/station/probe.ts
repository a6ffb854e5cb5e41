import type { Film } from '../../media/contract/library.ts';
import { frameCountsOf } from '../shared/frame-counts.ts';
import { playHls } from '../shared/hls-playback.ts';
import { remember, remembered } from '../shared/remembered.ts';
import { deviceClass } from './device-class.ts';
import { isFluent, playableCodecs, type RungFacts } from './probe-media.ts';
import { storageSpeed } from './probe-storage.ts';
import { askForTime, call, loadFilmUrl, serverClock } from './station.ts';

/** One line of the result; `isGood` is undefined where nothing is demanded. */
export interface ProbeLine {
  readonly what: 'browser' | 'screen' | 'secure' | 'codec' | 'rung' | 'storage' | 'clock' | 'link' | 'memory';
  readonly name: string;
  readonly value: string;
  readonly isGood?: boolean;
}

const watchedMs = 5000;
const startWithinMs = 15_000;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Looks at this box, and tells each line as soon as it is known; `video` shows what it decodes. */
export async function probe(
  video: HTMLVideoElement,
  tell: (line: ProbeLine) => void,
  isEnded: () => boolean,
): Promise<void> {
  const chrome = /Chrom(?:e|ium)\/(\d+)/.exec(navigator.userAgent)?.[1];
  tell({
    what: 'browser',
    name: chrome === undefined ? '' : `Chrome ${chrome}`,
    value: navigator.userAgent,
    isGood: chrome === undefined || Number(chrome) >= 51,
  });
  tell({ what: 'screen', name: '', value: `${innerWidth} × ${innerHeight}, × ${devicePixelRatio}` });
  tell({ what: 'secure', name: '', value: location.protocol.replace(':', '') });
  tell({ what: 'memory', name: '', value: deviceClass() === 'station-small' ? '≤ 1 GB' : '≥ 2 GB' });
  playableCodecs().forEach(([name, isGood], at) =>
    tell({ what: 'codec', name, value: isGood ? '✓' : '✗', ...(at < 2 ? { isGood } : {}) }),
  );
  const writtenMBps = await storageSpeed();
  tell({
    what: 'storage',
    name: '64 MB',
    value: writtenMBps === undefined ? '✗' : `${writtenMBps.toFixed(0)} MB/s`,
    isGood: writtenMBps !== undefined,
  });
  await tellClock(tell);
  await tellRungs(video, tell, isEnded);
}

/** How far the box's own clock is from the server's: the page goes by the server's, but certificates are judged by the box's. */
async function tellClock(tell: (line: ProbeLine) => void): Promise<void> {
  await askForTime();
  const offS = (Date.now() - serverClock.nowMs()) / 1000;
  tell({ what: 'clock', name: '', value: `${offS >= 0 ? '+' : ''}${offS.toFixed(1)} s`, isGood: Math.abs(offS) < 60 });
}

/** Plays each rung of the film that has most of them, from the smallest up, and the link's speed as it was seen then. */
async function tellRungs(
  video: HTMLVideoElement,
  tell: (line: ProbeLine) => void,
  isEnded: () => boolean,
): Promise<void> {
  const { items } = await call('listFilms', { query: { state: 'ready', limit: '200' } });
  const film = items.reduce<Film | undefined>(
    (most, one) => ((one.rungs?.length ?? 0) > (most?.rungs?.length ?? 0) ? one : most),
    undefined,
  );
  if (film === undefined) return;
  const load = () => loadFilmUrl(film.id);
  const { url, expiresAtMs } = await load();
  video.loop = true;
  video.muted = true;
  const options = { mode: 'vod', deviceClass: deviceClass(), beyondViewport: true, renew: load } as const;
  const playback = playHls(video, url, { ...options, expiresAtMs, nowMs: serverClock.nowMs });
  try {
    await moving(video, 0);
    for (const { index, height } of [...playback.qualities()].sort((a, b) => a.height - b.height)) {
      if (isEnded() || height === 0) continue;
      playback.chooseQuality(index);
      const facts = await watchRung(video, height);
      const isGood = isFluent(facts);
      const { decodedFrames, droppedFrames } = facts;
      tell({
        what: 'rung',
        name: facts.name,
        value: `${droppedFrames} / ${decodedFrames}`,
        // A box that plays 1080 lines is a good box.
        ...(height <= 1080 ? { isGood } : {}),
      });
      if (height === 2160) remember('plays-2160p', isGood ? 'yes' : 'no');
    }
  } finally {
    playback.stop();
  }
  const linkMbps = Number(remembered('bandwidth') ?? 0) / 1e6;
  tell({ what: 'link', name: '', value: `${linkMbps.toFixed(1)} Mbit/s`, isGood: linkMbps >= 0.5 });
}

/** Counts frames for some seconds, from the moment at which the wanted lines are on the screen. */
async function watchRung(video: HTMLVideoElement, height: number): Promise<RungFacts> {
  await moving(video, height);
  // The change of rungs itself leaves out frames.
  await pause(1000);
  const before = frameCountsOf(video);
  let moved = 0;
  const looks = watchedMs / 250;
  for (let look = 0; look < looks; look += 1) {
    const atS = video.currentTime;
    await pause(250);
    if (video.currentTime !== atS) moved += 1;
  }
  const after = frameCountsOf(video);
  return {
    name: `${height}p`,
    decodedFrames: video.videoHeight === height ? after.decoded - before.decoded : 0,
    droppedFrames: after.dropped - before.dropped,
    movedShare: moved / looks,
  };
}

/** Waits until the picture moves with that many lines (0: any), not for ever. */
async function moving(video: HTMLVideoElement, height: number): Promise<void> {
  const endMs = performance.now() + startWithinMs;
  while (performance.now() < endMs) {
    const isThere = video.readyState > 2 && !video.paused && (height === 0 || video.videoHeight === height);
    if (isThere) return;
    await pause(100);
  }
}
