import type { PlayReport } from '../../media/contract/quality.ts';
import { rungOfHeight, type WatchedRung } from '../../media/quality/watched-rungs.ts';
import { frameCountsOf } from './frame-counts.ts';
import type { PlaybackMode } from './hls-settings.ts';
import type { Trouble } from './player-engine.ts';

/** What is watched, as figures name it. */
export type WatchedSubject = Pick<PlayReport, 'film' | 'channel'>;

/** Measures one play. */
export interface QualityMeter {
  /** What happened since it was read last; undefined where nothing did. `isOver`: it is not read again. */
  readonly read: (isOver: boolean) => PlayReport | undefined;
  readonly onTrouble: (trouble: Trouble) => void;
  readonly stop: () => void;
}

/** What measuring needs. */
export interface MeterParts {
  readonly subject: WatchedSubject;
  readonly mode: PlaybackMode;
  /** The server's time, UTC ms. */
  readonly nowMs: () => number;
  /** A clock that never jumps. @defaultValue the browser's */
  readonly tickMs?: () => number;
}

type Doing = 'starting' | 'idle' | 'playing' | 'stalled';

const haveFutureData = 3;
const lookEveryMs = 1000;
const stallFromMs = 220;
/** A box that slept was not watched meanwhile. */
const longestStepMs = 5000;
/** Who leaves earlier was not kept waiting. */
const failedAfterMs = 10_000;

const fresh = () => ({
  watchedMs: 0,
  stalls: 0,
  stalledMs: 0,
  rungs: new Map<WatchedRung, number>(),
  errors: noErrors(),
});
const noErrors = (): Record<Trouble['kind'], number> => ({ network: 0, media: 0, other: 0 });

/** Watches a video from now on: how soon it showed something, how it went on, and on which rung. */
export function meterQuality(video: HTMLVideoElement, parts: MeterParts): QualityMeter {
  const tickMs = parts.tickMs ?? (() => performance.now());
  let begunMs = tickMs();
  let startupMs: number | undefined;
  let startIsTold = false;
  let doing: Doing = 'starting';
  let sinceMs = begunMs;
  let stalledForMs = 0;
  let sums = fresh();
  let shown = frameCountsOf(video);

  const settle = () => {
    const nowMs = tickMs();
    const stepMs = Math.min(longestStepMs, Math.max(0, nowMs - sinceMs));
    sinceMs = nowMs;
    if (doing === 'stalled') {
      const wasStall = stalledForMs >= stallFromMs;
      stalledForMs += stepMs;
      if (stalledForMs < stallFromMs) return;
      sums.stalledMs += wasStall ? stepMs : stalledForMs;
      if (!wasStall) sums.stalls += 1;
    } else if (doing === 'playing') {
      const rung = rungOfHeight(video.videoHeight);
      sums.watchedMs += stepMs;
      sums.rungs.set(rung, (sums.rungs.get(rung) ?? 0) + stepMs);
    }
  };
  const become = (next: Doing) => {
    settle();
    stalledForMs = 0;
    doing = next;
  };
  const heard: readonly (readonly [string, () => void])[] = [
    // A browser that wanted a touch first was ready before: the wish to watch is that touch.
    ['play', () => startupMs === undefined && video.readyState >= haveFutureData && (begunMs = tickMs())],
    [
      'playing',
      () => {
        startupMs ??= tickMs() - begunMs;
        become('playing');
      },
    ],
    ['waiting', () => startupMs !== undefined && become(video.seeking ? 'idle' : 'stalled')],
    ['seeking', () => startupMs !== undefined && become('idle')],
    ['pause', () => startupMs !== undefined && become('idle')],
    ['ended', () => startupMs !== undefined && become('idle')],
  ];
  for (const [event, act] of heard) video.addEventListener(event, act);
  const timer = setInterval(settle, lookEveryMs);

  const start = (isOver: boolean): Pick<PlayReport, 'startupMs' | 'failed'> => {
    if (startIsTold) return {};
    const failed = startupMs === undefined && isOver && tickMs() - begunMs >= failedAfterMs;
    startIsTold = startupMs !== undefined || failed;
    if (startupMs !== undefined) return { startupMs: Math.min(600_000, Math.round(startupMs)) };
    return failed ? { failed: true } : {};
  };
  return {
    read: (isOver) => {
      settle();
      const begun = start(isOver);
      const { watchedMs, stalls, stalledMs, rungs, errors } = sums;
      const counts = Object.keys(errors).filter((kind) => errors[kind as Trouble['kind']] > 0) as Trouble['kind'][];
      if (Object.keys(begun).length === 0 && watchedMs + stalledMs === 0 && counts.length === 0) return undefined;
      const frames = frameCountsOf(video);
      const before = frames.decoded >= shown.decoded ? shown : { decoded: 0, dropped: 0 };
      sums = fresh();
      shown = frames;
      return {
        ...parts.subject,
        ...{ mode: parts.mode, atMs: Math.round(parts.nowMs()), ...begun, stalls: Math.min(1000, stalls) },
        ...{ watchedMs: whole(watchedMs), stalledMs: whole(stalledMs) },
        rungs: record(rungs.keys(), (rung) => whole(rungs.get(rung) ?? 0)),
        errors: record(counts, (kind) => Math.min(1000, errors[kind])),
        frames: Math.min(1_000_000, frames.decoded - before.decoded),
        droppedFrames: Math.min(1_000_000, Math.max(0, frames.dropped - before.dropped)),
      };
    },
    onTrouble: ({ kind }) => (sums.errors[kind] += 1),
    stop: () => {
      clearInterval(timer);
      for (const [event, act] of heard) video.removeEventListener(event, act);
    },
  };
}

const hourMs = 3_600_000;
const whole = (ms: number): number => Math.min(hourMs, Math.round(ms));

function record<Key extends string>(keys: Iterable<Key>, valueOf: (key: Key) => number): Partial<Record<Key, number>> {
  const made: Partial<Record<Key, number>> = {};
  for (const key of Array.from(keys)) made[key] = valueOf(key);
  return made;
}
