import type { GuideItem } from '../../media/contract/channels.ts';
import { remember, remembered } from '../shared/remembered.ts';

/** How long before a must-watch item the screen says that it will start by itself. */
export const offeredMs = 60_000;

/** Why an operator did not start what must be watched. */
export const skipReasons = ['meeting', 'fault', 'watched', 'nobody', 'other'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** One cancelled start; kept in this browser. */
export interface Skip {
  readonly itemId: string;
  readonly title: string;
  readonly startAtMs: number;
  readonly reason: SkipReason;
  readonly atMs: number;
}

/** A year of must-watch items, and far from filling the box. */
const keptSkips = 200;

/** The cancelled starts of this box, the oldest first; none where what is kept cannot be read. */
export function skipsOfBox(): readonly Skip[] {
  try {
    const kept: unknown = JSON.parse(remembered('skips') ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSkip) : [];
  } catch {
    return [];
  }
}

/** Keeps a cancelled start. */
export const keepSkip = (skip: Skip): void =>
  remember('skips', JSON.stringify([...skipsOfBox(), skip].slice(-keptSkips)));

const isSkip = (value: unknown): value is Skip =>
  typeof value === 'object' &&
  value !== null &&
  'itemId' in value &&
  'startAtMs' in value &&
  'reason' in value &&
  'title' in value;

/** The must-watch item that starts within a minute, or has just started, and was not cancelled. */
export const dueMustWatch = (
  items: readonly GuideItem[],
  nowMs: number,
  skips: readonly Skip[],
): GuideItem | undefined =>
  items.find(
    (item) =>
      item.mustWatch &&
      item.startAtMs - offeredMs <= nowMs &&
      nowMs < Math.min(item.endAtMs, item.startAtMs + offeredMs) &&
      !skips.some(({ itemId, startAtMs }) => itemId === item.id && startAtMs === item.startAtMs),
  );
