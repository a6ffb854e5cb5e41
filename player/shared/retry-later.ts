import { retryDelayMs } from './retry-delay.ts';

/** At most one thing to try again, after a delay that grows. */
export interface Retry {
  readonly later: (act: () => void) => void;
  /** Tries what waits at once. */
  readonly now: () => void;
  /** It worked: the next delay is short again. */
  readonly forget: () => void;
  readonly stop: () => void;
}

/** Makes an empty retry. */
export function retryLater(): Retry {
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void) | undefined;
  const now = () => {
    clearTimeout(timer);
    const act = waiting;
    waiting = undefined;
    act?.();
  };
  return {
    later: (act) => {
      clearTimeout(timer);
      waiting = act;
      timer = setTimeout(now, retryDelayMs(attempt++, Math.random()));
    },
    now,
    forget: () => (attempt = 0),
    stop: () => {
      clearTimeout(timer);
      waiting = undefined;
    },
  };
}
