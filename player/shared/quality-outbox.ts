import type { PlayReport, QualityBatch } from '../../media/contract/quality.ts';
import { PLAYS_OF_A_BATCH } from '../../media/quality/watched-rungs.ts';
import { ApiError } from './api-error.ts';
import { remember, remembered } from './remembered.ts';

/** Collects what meters measured, and sends it when the link allows. */
export interface QualityOutbox {
  /** Reads this meter from time to time until the way out is taken, which reads it for the last time. */
  readonly join: (read: (isOver: boolean) => PlayReport | undefined) => () => void;
  /** Sends what there is; `leaving`: the page may be gone before the answer. */
  readonly flush: (leaving: boolean) => Promise<void>;
}

/** What sending needs of a page. */
export interface OutboxParts {
  readonly page: QualityBatch['page'];
  readonly place: () => string | undefined;
  readonly send: (batch: QualityBatch) => Promise<unknown>;
  /** Sends without an answer; false where the browser does not take it. */
  readonly sendBlindly: (batch: QualityBatch) => boolean;
  /** @defaultValue random */
  readonly sender?: string;
}

/** More than this is forgotten, the oldest first: three hours of one picture without a link. */
const mostWaiting = 36;
const everyMs = 5 * 60_000;
const name = 'quality';

const randomSender = (): string =>
  Array.from({ length: 20 }, () => Math.floor(Math.random() * 36).toString(36)).join('');

/** Makes the outbox of a page; what an earlier page could not send is sent too. Each batch counts once, so that it may be sent again. */
export function createQualityOutbox(parts: OutboxParts): QualityOutbox {
  const { page, place, send, sendBlindly, sender = randomSender() } = parts;
  const meters = new Set<(isOver: boolean) => PlayReport | undefined>();
  let waiting = readStored();
  let plays: PlayReport[] = [];
  let seq = 0;
  let busy = false;

  const keep = (next: readonly QualityBatch[]) => {
    waiting = next.slice(-mostWaiting);
    remember(name, JSON.stringify(waiting));
  };
  const take = (play: PlayReport | undefined) => {
    if (play !== undefined) plays.push(play);
  };
  const pack = () => {
    for (const read of Array.from(meters)) take(read(false));
    while (plays.length > 0) {
      const at = place();
      const told = { sender, seq: (seq += 1), page, plays: plays.slice(0, PLAYS_OF_A_BATCH) };
      plays = plays.slice(PLAYS_OF_A_BATCH);
      keep([...waiting, at === undefined ? told : { ...told, place: at }]);
    }
  };
  const sendOldest = async (): Promise<void> => {
    const [oldest] = waiting;
    if (oldest === undefined) return;
    try {
      await send(oldest);
    } catch (error) {
      if (!isRefused(error)) return;
    }
    keep(waiting.filter((batch) => batch !== oldest));
    await sendOldest();
  };
  return {
    join: (read) => {
      meters.add(read);
      return () => {
        meters.delete(read);
        take(read(true));
      };
    },
    flush: async (leaving) => {
      pack();
      if (leaving) {
        for (const batch of waiting) if (!sendBlindly(batch)) return;
      } else if (!busy) {
        busy = true;
        await sendOldest();
        busy = false;
      }
    },
  };
}

/** The server will never take it; after anything else it is sent again. */
export const isRefused = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;

function readStored(): readonly QualityBatch[] {
  try {
    const stored: unknown = JSON.parse(remembered(name) ?? '[]');
    return Array.isArray(stored) ? (stored as QualityBatch[]).slice(-mostWaiting) : [];
  } catch {
    return [];
  }
}

/** Empties an outbox every five minutes, when the link is back, and when the page is left. */
export function keepSending(outbox: Pick<QualityOutbox, 'flush'>): void {
  const now = () => void outbox.flush(false);
  const leave = () => void outbox.flush(true);
  setInterval(now, everyMs);
  addEventListener('online', now);
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
  });
  now();
}

/** Sends a batch as the page goes away (Beacon API). */
export const beacon = (batch: QualityBatch): boolean =>
  typeof navigator.sendBeacon === 'function' &&
  navigator.sendBeacon('/api/quality', new Blob([JSON.stringify(batch)], { type: 'application/json' }));
