import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { retryDelayMs } from './retry-delay.ts';

/** Something that is fetched: what is there stays on the screen while it is fetched again. */
export interface Loaded<T> {
  readonly value: T | undefined;
  /** Set while the last attempt failed; the next is made by itself. */
  readonly error: unknown;
  readonly again: () => void;
}

/**
 * Fetches when `key` changes and every `everyMs` after; after a failure again and again with growing, scattered pauses,
 * because nobody is there to press reload (house-profile.md 5).
 */
export function useLoaded<T>(key: string, load: () => Promise<T>, everyMs?: number): Loaded<T> {
  const [state, setState] = useState<{ key: string; value: T | undefined; error: unknown }>({
    key,
    value: undefined,
    error: undefined,
  });
  const [round, setRound] = useState(0);
  const newest = useRef(load);
  newest.current = load;
  useEffect(() => {
    let ended = false;
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (ms: number) => {
      timer = setTimeout(run, ms);
    };
    const run = () => {
      newest.current().then(
        (value) => {
          failures = 0;
          if (ended) return;
          setState({ key, value, error: undefined });
          if (everyMs !== undefined) later(everyMs * (0.9 + 0.2 * Math.random()));
        },
        (error: unknown) => {
          if (ended) return;
          setState((known) => ({ key, value: known.key === key ? known.value : undefined, error }));
          later(retryDelayMs(failures++, Math.random()));
        },
      );
    };
    run();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [key, everyMs, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return state.key === key
    ? { value: state.value, error: state.error, again }
    : { value: undefined, error: undefined, again };
}

/** The present instant, looked at again every `everyMs` and whenever the screen is drawn, as after the clock was set. */
export function useNow(nowMs: () => number, everyMs: number): number {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs();
}
