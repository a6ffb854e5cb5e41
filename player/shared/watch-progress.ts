/** What the watch tells. */
export interface ProgressWatch {
  readonly stop: () => void;
  /** Interruptions longer than 220 ms that nobody asked for. */
  readonly stalls: () => number;
}

const everyMs = 1000;
const frozenAfterMs = 20_000;
const stallAfterMs = 220;

/** Looks every second whether the picture moves: `onMoving` while it does, `onFrozen` every 20 s in which it should and does not. */
export function watchProgress(video: HTMLVideoElement, onMoving: () => void, onFrozen: () => void): ProgressWatch {
  let seenS = -1;
  let stillMs = 0;
  const timer = setInterval(() => {
    const idle = video.paused || video.ended;
    const moved = video.currentTime !== seenS;
    if (moved && !idle) onMoving();
    stillMs = idle || moved ? 0 : stillMs + everyMs;
    seenS = video.currentTime;
    if (stillMs < frozenAfterMs) return;
    stillMs = 0;
    onFrozen();
  }, everyMs);
  const counter = countStalls(video);
  return {
    stop: () => {
      clearInterval(timer);
      counter.stop();
    },
    stalls: counter.stalls,
  };
}

function countStalls(video: HTMLVideoElement): ProgressWatch {
  let stalls = 0;
  let pending: ReturnType<typeof setTimeout> | undefined;
  const onWaiting = () => {
    clearTimeout(pending);
    if (!video.seeking) pending = setTimeout(() => (stalls += 1), stallAfterMs);
  };
  const onMoving = () => {
    clearTimeout(pending);
  };
  video.addEventListener('waiting', onWaiting);
  video.addEventListener('playing', onMoving);
  return {
    stalls: () => stalls,
    stop: () => {
      clearTimeout(pending);
      video.removeEventListener('waiting', onWaiting);
      video.removeEventListener('playing', onMoving);
    },
  };
}
