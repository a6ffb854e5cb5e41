import type { GuideItem } from '../../media/contract/channels.ts';
import type { ToldSkip } from '../../media/contract/skips.ts';
import { type SkipReason, SKIPS_OF_A_BATCH } from '../../media/plan/skip-reasons.ts';
import { isRefused } from '../shared/quality-outbox.ts';
import { remember, remembered } from '../shared/remembered.ts';

/** How long before a must-watch item the screen says that it will start by itself. */
export const offeredMs = 60_000;

/** One cancelled start; kept in this browser. */
export interface Skip {
  readonly itemId: string;
  readonly title: string;
  readonly startAtMs: number;
  readonly reason: SkipReason;
  readonly atMs: number;
  /** The server knows of it, or will never take it. */
  readonly told?: true;
}

/** A year of must-watch items, and far from filling the box. */
const keptSkips = 200;

const isSkip = (value: unknown): value is Skip =>
  typeof value === 'object' &&
  value !== null &&
  'itemId' in value &&
  'startAtMs' in value &&
  'reason' in value &&
  'title' in value;

/** In memory too: a box that is full forgets them with the page, not at once. */
let skips = readSkips();

function readSkips(): readonly Skip[] {
  try {
    const kept: unknown = JSON.parse(remembered('skips') ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSkip) : [];
  } catch {
    return [];
  }
}

const keep = (next: readonly Skip[]): void => {
  skips = next.slice(-keptSkips);
  remember('skips', JSON.stringify(skips));
};

/** The cancelled starts of this box, the oldest first; none where what is kept cannot be read. */
export const skipsOfBox = (): readonly Skip[] => skips;

/** Keeps a cancelled start. */
export const keepSkip = (skip: Skip): void => keep([...skips, skip]);

/** Tells the server of what it does not know yet, the oldest first; what the link holds back waits for the next time. */
export async function tellSkips(send: (told: readonly ToldSkip[]) => Promise<unknown>): Promise<void> {
  const untold = skips.filter(({ told }) => told !== true).slice(0, SKIPS_OF_A_BATCH);
  if (untold.length === 0) return;
  try {
    // The station's clock has fractions of a millisecond.
    await send(
      untold.map(({ itemId, startAtMs, reason, atMs }) => ({ itemId, startAtMs, reason, atMs: Math.round(atMs) })),
    );
  } catch (error) {
    if (!isRefused(error)) return;
  }
  keep(skips.map((skip) => (untold.indexOf(skip) < 0 ? skip : { ...skip, told: true })));
}

/** The must-watch item that starts within a minute, or has just started, and was not cancelled. */
export const dueMustWatch = (
  items: readonly GuideItem[],
  nowMs: number,
  skipped: readonly Skip[],
): GuideItem | undefined =>
  items.find(
    (item) =>
      item.mustWatch &&
      item.startAtMs - offeredMs <= nowMs &&
      nowMs < Math.min(item.endAtMs, item.startAtMs + offeredMs) &&
      !skipped.some(({ itemId, startAtMs }) => itemId === item.id && startAtMs === item.startAtMs),
  );
