import { useEffect, useState } from 'preact/hooks';

/** After so long without a key, where nobody watches a picture, the notice board is shown. */
export const ambientAfterMs = 300_000;

let keyAtMs = 0;

/** A key was pressed. */
export const notIdle = (): void => {
  keyAtMs = performance.now();
};

/** True once no key was pressed for five minutes and nothing was watched; `isWatching` starts the time again. */
export function useIdle(isWatching: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (isWatching) notIdle();
    const timer = setInterval(() => {
      if (isWatching) notIdle();
      setIdle(performance.now() - keyAtMs > ambientAfterMs);
    }, 1000);
    return () => clearInterval(timer);
  }, [isWatching]);
  return idle;
}
