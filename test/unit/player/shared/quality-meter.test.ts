import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { meterQuality } from '../../../../player/shared/quality-meter.ts';

/** A video as far as a meter looks at it. */
function fakeVideo() {
  const frames = { totalVideoFrames: 0, droppedVideoFrames: 0 };
  const video = Object.assign(new EventTarget(), {
    ...{ readyState: 0, videoHeight: 480, seeking: false },
    getVideoPlaybackQuality: () => frames,
  });
  const tell = (...events: string[]) => events.forEach((event) => video.dispatchEvent(new Event(event)));
  return { video, frames, tell, element: video as unknown as HTMLVideoElement };
}

const parts = { subject: { film: 'f' as never }, mode: 'vod' as const, nowMs: () => 1_800_000_000_000 };
let clockMs = 0;
const passes = (ms: number) => {
  for (let gone = 0; gone < ms; gone += 1000) {
    const step = Math.min(1000, ms - gone);
    clockMs += step;
    vi.advanceTimersByTime(step);
  }
};

beforeEach(() => {
  clockMs = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('the meter of a play', () => {
  const begin = () => {
    const fake = fakeVideo();
    return { ...fake, meter: meterQuality(fake.element, { ...parts, tickMs: () => clockMs }) };
  };

  it('tells the start-up once, what was watched on which rung, and pictures since the last time', () => {
    const { meter, video, frames, tell } = begin();
    passes(700);
    tell('play', 'playing');
    passes(10_000);
    video.videoHeight = 720;
    passes(5000);
    Object.assign(frames, { totalVideoFrames: 375, droppedVideoFrames: 3 });
    expect(meter.read(false)).toMatchObject({
      ...{ film: 'f', mode: 'vod', startupMs: 700, watchedMs: 15_000, stalls: 0, frames: 375, droppedFrames: 3 },
      rungs: { '480p': 10_000, '720p': 5000 },
    });
    passes(1000);
    Object.assign(frames, { totalVideoFrames: 25, droppedVideoFrames: 0 });
    const next = meter.read(false);
    expect(next).toMatchObject({ watchedMs: 1000, frames: 25, droppedFrames: 0 });
    expect(next).not.toHaveProperty('startupMs');
    meter.stop();
  });

  it('counts a stall that lasts, not a hiccup, a seek or a pause', () => {
    const { meter, video, tell } = begin();
    tell('playing');
    passes(1000);
    tell('waiting');
    passes(200);
    tell('playing');
    tell('waiting');
    passes(3000);
    tell('playing', 'pause');
    passes(60_000);
    video.seeking = true;
    tell('seeking', 'waiting');
    passes(2000);
    tell('playing');
    expect(meter.read(true)).toMatchObject({ stalls: 1, stalledMs: 3000, watchedMs: 1000 });
    meter.stop();
  });

  it('starts anew at the touch that a browser wanted first', () => {
    const { meter, video, tell } = begin();
    passes(30_000);
    video.readyState = 4;
    tell('play');
    passes(300);
    tell('playing');
    expect(meter.read(false)?.startupMs).toBe(300);
    meter.stop();
  });

  it('calls a play failed that was waited for and showed nothing, and says nothing of one that was left at once', () => {
    const left = begin();
    passes(2000);
    expect(left.meter.read(true)).toBeUndefined();
    left.meter.stop();
    const failed = begin();
    passes(12_000);
    failed.meter.onTrouble({ kind: 'network', fatal: true, detail: 'x' });
    expect(failed.meter.read(true)).toMatchObject({ failed: true, errors: { network: 1 }, watchedMs: 0 });
    failed.meter.stop();
  });
});
