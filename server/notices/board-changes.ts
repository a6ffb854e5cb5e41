import type { BoardChange } from '../../media/contract/notices.ts';
import { civilDateOf } from '../../media/grid/civil-time.ts';
import type { ChannelDocument } from '../onair/channel-document.ts';

type Announcements = ChannelDocument['announcements'];
type Announcement = Announcements[string];

/** Parts of one publication are announced in the same instant; later than this after the day's first is an addition. */
const sameInstantMs = 1000;

/**
 * What changed of what was announced for [fromMs, toMs): moved and renamed programmes, cancelled ones, and those added to a
 * day that people had read of before. In the order in which it changed.
 */
export function boardChanges(
  announcements: Announcements,
  range: { readonly fromMs: number; readonly toMs: number; readonly timeZone: string },
): BoardChange[] {
  const told = Object.entries(announcements).filter(([, each]) =>
    [each.startAtMs, each.was?.startAtMs ?? each.startAtMs].some((atMs) => atMs >= range.fromMs && atMs < range.toMs),
  );
  const firstOfDay = new Map<string, number>();
  const dayOf = ({ startAtMs }: Announcement): string => civilDateOf(startAtMs, range.timeZone);
  for (const [, each] of told) {
    const known = firstOfDay.get(dayOf(each)) ?? Infinity;
    firstOfDay.set(dayOf(each), Math.min(known, each.firstPublishedAtMs));
  }
  return told
    .flatMap(([id, each]): BoardChange[] => {
      const after = { title: each.title, startAtMs: each.startAtMs };
      if (each.cancelled) return [{ id, before: each.was ?? after, atMs: each.changedAtMs ?? each.firstPublishedAtMs }];
      const { was, changedAtMs } = each;
      if (was !== undefined && changedAtMs !== undefined) {
        const isBack = was.title === after.title && was.startAtMs === after.startAtMs;
        return isBack ? [] : [{ id, before: was, after, atMs: changedAtMs }];
      }
      const isAdded = each.firstPublishedAtMs - (firstOfDay.get(dayOf(each)) ?? Infinity) > sameInstantMs;
      return isAdded ? [{ id, after, atMs: each.firstPublishedAtMs }] : [];
    })
    .sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
}
