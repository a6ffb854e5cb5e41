import { retryDelayMs } from './retry-delay.ts';

import type { SubtitleTrack } from './show-subtitles.ts';

/** A playback URL and when its token ends (UTC ms). */
export interface PlaybackUrl {
  readonly url: string;
  readonly expiresAtMs: number;
  /** It has a choice of sounds, which the full build plays. */
  readonly hasLanguages?: boolean;
  readonly subtitles?: readonly SubtitleTrack[];
}

/** A running renewal. */
export interface Renewal {
  /** Renews at once, as after a refused token. */
  readonly renewNow: () => void;
  readonly stop: () => void;
}

/** What a renewal needs. */
export interface RenewalInput {
  readonly expiresAtMs: number;
  readonly renew: () => Promise<PlaybackUrl>;
  readonly nowMs: () => number;
  readonly onRenewed: (fresh: PlaybackUrl) => void;
}

/** Browsers turn longer timeouts into none at all. */
const longestTimeoutMs = 2 ** 31 - 1;
const leastMs = 5_000;

/** Fetches a new playback URL 60 to 120 s before the old one ends, and goes on trying where that fails. */
export function keepTokenFresh(input: RenewalInput): Renewal {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let busy = false;
  let stopped = false;
  const wait = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(renewNow, Math.min(longestTimeoutMs, ms));
  };
  const waitUntilExpiry = (expiresAtMs: number) =>
    wait(Math.max(leastMs, expiresAtMs - input.nowMs() - 60_000 * (1 + Math.random())));
  const renewNow = () => {
    if (busy || stopped) return;
    busy = true;
    input.renew().then(
      (fresh) => {
        busy = false;
        failures = 0;
        if (stopped) return;
        input.onRenewed(fresh);
        waitUntilExpiry(fresh.expiresAtMs);
      },
      () => {
        busy = false;
        wait(retryDelayMs(failures++, Math.random()));
      },
    );
  };
  waitUntilExpiry(input.expiresAtMs);
  return {
    renewNow,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
