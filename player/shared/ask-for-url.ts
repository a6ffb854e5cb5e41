import { ApiError } from './api-error.ts';
import type { PlaybackUrl } from './renew-token.ts';
import { retryLater } from './retry-later.ts';

/**
 * Why nothing comes: nobody answers, the server is not ready yet, it wants another caller, or there is no such thing (any
 * more).
 */
export type Absence = 'unreachable' | 'preparing' | 'closed' | 'gone';

/** Puts a failed request into the words that a viewer is told. */
export function absenceOf(error: unknown): Absence {
  if (!(error instanceof ApiError)) return 'unreachable';
  if (error.code === 'starting' || error.code === 'head_stale' || error.code === 'not_ready') return 'preparing';
  if (error.status === 401 || error.status === 403) return 'closed';
  if (error.status === 404 || error.status === 410) return 'gone';
  return 'unreachable';
}

/** What asking needs. */
export interface UrlAsk<T extends PlaybackUrl> {
  readonly load: () => Promise<T>;
  /** A channel that is closed or missing may be opened later, a film is not: `until-refused` gives up on it. */
  readonly patience: 'endless' | 'until-refused';
  readonly onFound: (found: T) => void;
  readonly onAbsent: (absence: Absence) => void;
}

/** Asks for a playback URL until it comes, with growing pauses; the answer ends the asking. */
export function askForUrl<T extends PlaybackUrl>({ load, patience, onFound, onAbsent }: UrlAsk<T>): () => void {
  let ended = false;
  const retry = retryLater();
  const ask = () => {
    load().then(
      (found) => {
        if (!ended) onFound(found);
      },
      (error: unknown) => {
        if (ended) return;
        const absence = absenceOf(error);
        const refused = absence === 'closed' || absence === 'gone';
        if (!refused || patience === 'endless') retry.later(ask);
        onAbsent(absence);
      },
    );
  };
  ask();
  return () => {
    ended = true;
    retry.stop();
  };
}
