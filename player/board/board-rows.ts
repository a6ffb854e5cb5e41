import type { Board } from '../../media/contract/notices.ts';
import type { CountyClock } from '../shared/county-clock.ts';

/** One announced programme. */
export type BoardItem = Board['items'][number];

/** Programmes of one county day. */
export interface BoardDay {
  readonly day: string;
  readonly items: readonly BoardItem[];
}

/** What was announced: programmes, and what airs in place of one that cannot (节目调整). */
export const announced = (items: readonly BoardItem[]): readonly BoardItem[] =>
  items.filter(({ kind, insteadOf }) => kind === 'item' || insteadOf !== undefined);

/** What is still to come or on air, by day; what is over is no announcement. */
export function daysAhead(items: readonly BoardItem[], nowMs: number, county: CountyClock): readonly BoardDay[] {
  const parts = announced(items).flatMap((item) => splitAtMidnight(item, county));
  return byDay(
    parts.filter(({ endAtMs }) => endAtMs > nowMs),
    county,
  );
}

/** Programmes by county day; what runs over midnight stands on both days, with its part of each. */
export function byDay(items: readonly BoardItem[], county: CountyClock): readonly BoardDay[] {
  const days = new Map<string, BoardItem[]>();
  for (const item of items.flatMap((whole) => splitAtMidnight(whole, county))) {
    const day = county.day(item.startAtMs);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days].map(([day, list]) => ({ day, items: list }));
}

function splitAtMidnight(item: BoardItem, county: CountyClock): readonly BoardItem[] {
  const { startAtMs, endAtMs } = item;
  const day = county.day(startAtMs);
  if (endAtMs <= startAtMs || county.day(endAtMs - 1) === day) return [item];
  let [within, beyond] = [startAtMs, endAtMs - 1];
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2);
    if (county.day(middle) === day) within = middle;
    else beyond = middle;
  }
  return [{ ...item, endAtMs: beyond }, ...splitAtMidnight({ ...item, startAtMs: beyond }, county)];
}

/** One screen of a television. */
export interface BoardScreen {
  readonly days: readonly BoardDay[];
}

/** Cuts days into screens of at most `lines` lines, a day's heading being one; a day that goes on says so again. */
export function screensOf(days: readonly BoardDay[], lines: number): readonly BoardScreen[] {
  const screens: BoardDay[][] = [];
  let left = 0;
  for (const { day, items } of days) {
    let rest = items;
    while (rest.length > 0) {
      // A heading with nothing below it says nothing.
      if (left < 2) {
        screens.push([]);
        left = lines;
      }
      const shown = rest.slice(0, left - 1);
      screens.at(-1)?.push({ day, items: shown });
      left -= shown.length + 1;
      rest = rest.slice(shown.length);
    }
  }
  return screens.map((each) => ({ days: each }));
}

const noticeMs = 24 * 3_600_000;

/** Share of programmes that people could read at least 24 h before, 0 to 1; undefined where there are none. */
export function announcedInTime(items: readonly BoardItem[]): number | undefined {
  const planned = items.filter(({ kind }) => kind === 'item');
  if (planned.length === 0) return undefined;
  const early = planned.filter(({ firstPublishedAtMs, startAtMs }) => startAtMs - firstPublishedAtMs >= noticeMs);
  return early.length / planned.length;
}
