import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startNativeEngine } from '../../../../player/shared/native-engine.ts';
import type { Trouble } from '../../../../player/shared/player-engine.ts';

/** A video element as a browser with HLS of its own has it: another source begins at 0, and pauses. */
class NativeVideo extends EventTarget {
  currentTime = 0;
  duration = NaN;
  paused = true;
  error: { readonly code: number } | null = null;
  readonly sources: string[] = [];
  set src(source: string) {
    this.sources.push(source);
    Object.assign(this, { currentTime: 0, duration: NaN, paused: true });
  }
  play() {
    this.paused = false;
    return Promise.resolve();
  }
  fail(code: number) {
    this.error = { code };
    this.dispatchEvent(new Event('error'));
  }
}

function started(startAtS: number) {
  const video = new NativeVideo();
  const troubles: Trouble[] = [];
  let token = 'A';
  const engine = startNativeEngine({
    video: video as unknown as HTMLVideoElement,
    url: () => `/p/${token}/vod/f`,
    startAtS,
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { video, engine, troubles, renew: () => (token = 'B') };
}

describe('the browser’s own HLS', () => {
  beforeEach(() => vi.stubGlobal('MediaError', { MEDIA_ERR_DECODE: 3 }));
  afterEach(() => vi.unstubAllGlobals());

  it('goes on where it was, with the newest token, after the link or the token was lost', () => {
    const { video, engine, troubles, renew } = started(20);
    expect(video.currentTime).toBe(20);
    Object.assign(video, { duration: 600, currentTime: 95, paused: false });
    renew();
    video.fail(2);
    expect(troubles).toMatchObject([{ kind: 'network', fatal: true }]);
    engine.resume();
    expect([video.sources, video.currentTime, video.paused]).toEqual([['/p/A/vod/f', '/p/B/vod/f'], 95, false]);
  });

  it('starts where it was meant to when nothing was loaded before, and stays paused for a viewer who paused', () => {
    const { video, engine } = started(20);
    video.fail(2);
    engine.resume();
    expect([video.currentTime, video.paused]).toEqual([20, true]);
  });

  it('joins a channel at now, not where it was', () => {
    const { video, engine } = started(0);
    Object.assign(video, { duration: Infinity, currentTime: 95, paused: false });
    video.fail(3);
    engine.resetDecoders();
    expect([video.currentTime, video.paused]).toEqual([0, false]);
  });
});
