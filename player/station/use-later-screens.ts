import { useEffect, useState } from 'preact/hooks';
import { loadLaterScreens } from 'virtual:later-screens';
import { retryLater } from '../shared/retry-later.ts';

type LaterScreens = Awaited<ReturnType<typeof loadLaterScreens>>;

/**
 * The second script: fetched as soon as it is wanted, and again and again until it comes. It is wanted once the first picture
 * moves, so that help and board are there when the network is not.
 */
export function useLaterScreens(isWanted: boolean): LaterScreens | undefined {
  const [found, setFound] = useState<{ readonly screens: LaterScreens }>();
  useEffect(() => {
    if (!isWanted || found !== undefined) return;
    const retry = retryLater();
    const ask = () => {
      loadLaterScreens().then(
        (screens) => setFound({ screens }),
        () => retry.later(ask),
      );
    };
    ask();
    return retry.stop;
  }, [isWanted, found]);
  return found?.screens;
}
