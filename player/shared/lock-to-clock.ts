import { freshLock, stepLock } from './wall-clock-lock.ts';

/** A running lock. */
export interface ClockLock {
  readonly stop: () => void;
  /** Position of the picture minus the wall clock, in ms; undefined while nothing plays. */
  readonly errorMs: () => number | undefined;
}

const everyMs = 500;
/** HTMLMediaElement.HAVE_FUTURE_DATA: with less the picture stands, and its position says nothing. */
const haveFutureData = 3;

/** Holds a live picture on the wall clock, so that the whole county sees the same second; both clocks are UTC ms. */
export function lockToClock(
  video: HTMLVideoElement,
  pictureAtMs: () => number | undefined,
  nowMs: () => number,
): ClockLock {
  let memory = freshLock;
  let errorMs: number | undefined;
  const timer = setInterval(() => {
    const atMs = pictureAtMs();
    const settled = !video.paused && !video.seeking && video.readyState >= haveFutureData;
    errorMs = settled && atMs !== undefined ? atMs - nowMs() : undefined;
    if (errorMs === undefined) return;
    const step = stepLock(memory, { errorMs, bufferedAheadMs: bufferedAheadMs(video), atMs: performance.now() });
    memory = step.memory;
    if (video.playbackRate !== step.rate) video.playbackRate = step.rate;
    if (step.jumpMs !== undefined) video.currentTime += step.jumpMs / 1000;
  }, everyMs);
  return {
    errorMs: () => errorMs,
    stop: () => {
      clearInterval(timer);
      video.playbackRate = 1;
    },
  };
}

/** How much is loaded beyond the playhead without a hole, in ms. */
export function bufferedAheadMs(video: HTMLVideoElement): number {
  const { buffered, currentTime } = video;
  for (let range = 0; range < buffered.length; range += 1) {
    if (buffered.start(range) <= currentTime && currentTime < buffered.end(range))
      return (buffered.end(range) - currentTime) * 1000;
  }
  return 0;
}
