import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepEngine } from '../../../../player/shared/engine-keeper.ts';
import type { Engine, EngineInput, Trouble } from '../../../../player/shared/player-engine.ts';
import type { KeepPlayingOptions, PlaybackPhase } from '../../../../player/shared/playback.ts';

/** A video element as far as the keeper sees it. */
const videoAt = (currentTime: number) =>
  Object.assign(new EventTarget(), {
    currentTime,
    ended: false,
    play: () => Promise.resolve(),
  }) as unknown as HTMLVideoElement;

/** Starts engines that do nothing but remember what was asked of them. */
function engines() {
  const asked: string[] = [];
  let input: EngineInput | undefined;
  const start = (given: EngineInput): Engine => {
    input = given;
    asked.push(`start ${given.url()} at ${given.startAtS}`);
    return {
      pictureAtMs: () => undefined,
      resume: () => void asked.push('resume'),
      resetDecoders: () => void asked.push('reset'),
      qualities: () => [],
      chooseQuality: () => undefined,
      languages: () => [],
      chooseLanguage: () => undefined,
      stop: () => void asked.push('stop'),
    };
  };
  return { asked, load: () => Promise.resolve(start), fail: (trouble: Trouble) => input?.onTrouble(trouble) };
}

const trouble = (fields: Partial<Trouble>): Trouble => ({ kind: 'network', fatal: true, detail: 'x', ...fields });

async function playing(options: Partial<KeepPlayingOptions> = {}, at = 0) {
  const made = engines();
  const phases: PlaybackPhase[] = [];
  const keeper = keepEngine(
    videoAt(at),
    '/p/A/vod/f',
    { mode: 'vod', onState: (phase) => phases.push(phase), ...options },
    made.load,
  );
  await vi.advanceTimersByTimeAsync(0);
  return { ...made, keeper, phases };
}

describe('the outer recovery', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('goes on loading after a lost network, again and again', async () => {
    const { asked, fail, phases } = await playing();
    for (let time = 0; time < 50; time += 1) {
      fail(trouble({}));
      await vi.advanceTimersByTimeAsync(16_000);
    }
    expect(asked.filter((what) => what === 'resume')).toHaveLength(50);
    expect(phases).toEqual(['starting', 'recovering']);
  });

  it('resets the decoders twice a minute and then builds a new player where the picture stood', async () => {
    const { asked, fail } = await playing({}, 42);
    for (let time = 0; time < 3; time += 1) fail(trouble({ kind: 'media' }));
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked).toEqual(['start /p/A/vod/f at 0', 'reset', 'reset', 'stop', 'start /p/A/vod/f at 42']);
  });

  it('starts the live channel at now, not where it was', async () => {
    const { asked, keeper } = await playing({ mode: 'live' }, 42);
    keeper.rebuild();
    expect(asked.at(-1)).toBe('start /p/A/vod/f at 0');
  });

  it('asks for a new token when the old one is refused', async () => {
    const { keeper, fail } = await playing();
    let refused = 0;
    keeper.onTokenRefused(() => (refused += 1));
    fail(trouble({ fatal: false, httpStatus: 403 }));
    fail(trouble({ fatal: false, httpStatus: 500 }));
    expect(refused).toBe(1);
  });

  it('stays with its player for a new token and builds a new one for another stream', async () => {
    const { asked, keeper } = await playing();
    keeper.useUrl('/p/B/vod/f');
    expect(asked).toHaveLength(1);
    keeper.useUrl('/p/C/vod/other');
    expect(asked).toEqual(['start /p/A/vod/f at 0', 'stop', 'start /p/C/vod/other at 0']);
  });

  it('ends with a film that was withdrawn', async () => {
    const { asked, fail, phases } = await playing();
    fail(trouble({ httpStatus: 410 }));
    fail(trouble({}));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual(['start /p/A/vod/f at 0', 'stop']);
    expect(phases.at(-1)).toBe('gone');
  });

  it('goes on with a channel of which a film was withdrawn', async () => {
    const { asked, fail } = await playing({ mode: 'live' });
    fail(trouble({ httpStatus: 410 }));
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked.at(-1)).toBe('resume');
  });

  it('says that it is hopeless after five new players without a picture', async () => {
    let hopeless = 0;
    const { keeper } = await playing({ onHopeless: () => (hopeless += 1) });
    for (let time = 0; time < 4; time += 1) keeper.rebuild();
    keeper.onMoving();
    for (let time = 0; time < 4; time += 1) keeper.rebuild();
    expect(hopeless).toBe(0);
    keeper.rebuild();
    expect(hopeless).toBe(1);
  });
});
