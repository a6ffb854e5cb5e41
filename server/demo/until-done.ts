import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

const firstPauseMs = 1000;
const longestPauseMs = 10_000;

/** Repeats an attempt with growing pauses until it succeeds or the signal comes; never rejects. */
export async function untilDone(
  attempt: () => Promise<void>,
  {
    log,
    signal,
    pauseMs = firstPauseMs,
  }: { readonly log: Pick<Logger, 'warn'>; readonly signal: AbortSignal; readonly pauseMs?: number },
): Promise<void> {
  const isEnding = (): boolean => signal.aborted;
  for (let waitMs = pauseMs; !isEnding(); waitMs = Math.min(longestPauseMs, 2 * waitMs)) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (isEnding()) return;
      const cause = error instanceof Error ? error.message : String(error);
      log.warn({ cause, againInMs: waitMs }, 'the library waits and is filled again soon');
      await pause(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
