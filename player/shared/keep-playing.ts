import { keepEngine, type StartEngine } from './engine-keeper.ts';
import { lockToClock } from './lock-to-clock.ts';
import type { KeepPlayingOptions, Playback } from './playback.ts';
import { meterQuality } from './quality-meter.ts';
import type { Trouble } from './player-engine.ts';
import { keepTokenFresh } from './renew-token.ts';
import { watchProgress } from './watch-progress.ts';

/** Plays and never gives up, except on what is gone for good. */
export function keepPlaying(
  video: HTMLVideoElement,
  firstUrl: string,
  options: KeepPlayingOptions,
  loadEngine: () => Promise<StartEngine>,
): Playback {
  const { mode, renew } = options;
  const nowMs = options.nowMs ?? Date.now;
  const expiresAtMs = options.expiresAtMs ?? nowMs() + 600_000;
  const measured = measure(video, options, nowMs);
  const onTrouble = (trouble: Trouble) => {
    measured?.onTrouble(trouble);
    options.onTrouble?.(trouble);
  };
  const keeper = keepEngine(video, firstUrl, { ...options, onTrouble }, loadEngine);
  const watch = watchProgress(video, keeper.onMoving, keeper.rebuild);
  const lock = mode === 'live' ? lockToClock(video, () => keeper.engine()?.pictureAtMs(), nowMs) : undefined;
  const renewal = renew && keepTokenFresh({ renew, nowMs, expiresAtMs, onRenewed: ({ url }) => keeper.useUrl(url) });
  keeper.onTokenRefused(() => renewal?.renewNow());
  // The engine's own pauses between attempts have grown meanwhile, and what is loaded lasts 12 s.
  const onOnline = () => {
    keeper.engine()?.resume();
    keeper.retryNow();
  };
  addEventListener('online', onOnline);
  const stop = () => {
    removeEventListener('online', onOnline);
    watch.stop();
    lock?.stop();
    renewal?.stop();
    measured?.stop();
    keeper.stop();
  };
  return {
    stop,
    retryNow: keeper.retryNow,
    facts: () => {
      const clockErrorMs = lock?.errorMs();
      const counts = { stalls: watch.stalls(), recoveries: keeper.recoveries() };
      return clockErrorMs === undefined ? counts : { ...counts, clockErrorMs };
    },
    qualities: () => keeper.engine()?.qualities() ?? [],
    chooseQuality: (index) => keeper.engine()?.chooseQuality(index),
    languages: () => keeper.engine()?.languages() ?? [],
    chooseLanguage: (language) => keeper.engine()?.chooseLanguage(language),
  };
}

/** Measures a play that somebody wants to hear of. */
function measure(video: HTMLVideoElement, { mode, quality }: KeepPlayingOptions, nowMs: () => number) {
  if (quality === undefined) return undefined;
  const meter = meterQuality(video, { subject: quality.subject, mode, nowMs });
  const leave = quality.outbox.join(meter.read);
  return {
    onTrouble: meter.onTrouble,
    stop: () => {
      leave();
      meter.stop();
    },
  };
}
