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

/** Until what was asked has been answered and told. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

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
  beforeEach(() => {
    vi.stubGlobal('MediaError', { MEDIA_ERR_DECODE: 3 });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('goes on where it was, with the newest token, after the link or the token was lost', async () => {
    const { video, engine, troubles, renew } = started(20);
    expect(video.currentTime).toBe(20);
    Object.assign(video, { duration: 600, currentTime: 95, paused: false });
    renew();
    video.fail(2);
    await settled();
    expect(troubles).toEqual([{ kind: 'network', fatal: true, detail: 'native-2' }]);
    engine.resume();
    expect([video.sources, video.currentTime, video.paused]).toEqual([['/p/A/vod/f', '/p/B/vod/f'], 95, false]);
  });

  it('starts where it was meant to when nothing was loaded before, and stays paused for a viewer who paused', () => {
    const { video, engine } = started(20);
    video.fail(2);
    engine.resume();
    expect([video.currentTime, video.paused]).toEqual([20, true]);
  });

  it('tells what the server answers, which the element does not: that a film was withdrawn, or a token ended', async () => {
    const asked: string[] = [];
    const answers = (status: number) =>
      vi.stubGlobal('fetch', (url: string) => {
        asked.push(url);
        return Promise.resolve(new Response('', { status }));
      });
    const { video, engine, troubles, renew } = started(20);
    answers(410);
    video.fail(4);
    await settled();
    renew();
    answers(200);
    video.fail(3);
    await settled();
    expect(troubles.map(({ kind, httpStatus }) => [kind, httpStatus])).toEqual([
      ['network', 410],
      ['media', undefined],
    ]);
    expect(asked).toEqual(['/p/A/vod/f', '/p/B/vod/f']);
    video.fail(4);
    Object.assign(video, { removeAttribute: () => undefined, load: () => undefined });
    engine.stop();
    await settled();
    expect(troubles).toHaveLength(2);
  });

  it('joins a channel at now, not where it was', () => {
    const { video, engine } = started(0);
    Object.assign(video, { duration: Infinity, currentTime: 95, paused: false });
    video.fail(3);
    engine.resetDecoders();
    expect([video.currentTime, video.paused]).toEqual([0, false]);
  });
});
