import type { GuideItem } from '../../../media/contract/channels.ts';
import type { Interruption } from '../../../media/contract/duty.ts';
import { call } from '../session/api.ts';

/** What a duty officer looks at. */
export interface Desk {
  readonly code: string;
  readonly now: GuideItem | undefined;
  /** The next five. */
  readonly next: readonly GuideItem[];
  /** What displaces the plan, the newest first. */
  readonly interruptions: readonly Interruption[];
  readonly push: { readonly players: number; readonly acknowledged: number };
  /** When it was read, by the server's clock. */
  readonly readAtMs: number;
  /** How far the server's clock is ahead of this browser's. */
  readonly aheadMs: number;
}

const lookAheadMs = 24 * 3_600_000;
const listed = 5;

/** Reads one channel's desk. */
export async function readDesk(code: string): Promise<Desk> {
  const params = { code };
  const duty = await call('channelDuty', { params, query: {} });
  const from = duty.serverAtMs;
  const query = { from: String(from), to: String(from + lookAheadMs) };
  const [all, each] = await Promise.all([
    call('channelGuide', { params, query }),
    call('channelGuide', { params, query: { ...query, to: String(from + 1), fillers: 'each' } }),
  ]);
  const isShown = (item: GuideItem): boolean => item.kind === 'item' || item.insteadOf !== undefined;
  return {
    code,
    now: each.items[0],
    next: all.items.filter((item) => item.startAtMs > from && isShown(item)).slice(0, listed),
    interruptions: [...duty.interruptions].sort((a, b) => b.atMs - a.atMs),
    push: duty.push,
    readAtMs: from,
    aheadMs: all.serverAtMs - Date.now(),
  };
}
