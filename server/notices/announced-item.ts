import type { Board } from '../../media/contract/notices.ts';
import { guideItems } from '../onair/channel-guide.ts';
import type { ChannelOnAir } from '../onair/channel-on-air.ts';

/** One line of the notice board: a planned item, and since when people could know of it. */
export type AnnouncedItem = Board['items'][number];

/** Items that are planned in [fromMs, toMs) and what became of those that cannot air; fillers and slate are no announcement. */
export function announcedItems(channel: ChannelOnAir, fromMs: number, toMs: number): AnnouncedItem[] {
  const { announcements } = channel.document;
  return guideItems(channel, fromMs, toMs).flatMap(({ row, item }) => {
    const told = row.itemId === undefined ? undefined : announcements[row.itemId];
    if (row.kind !== 'item' && row.insteadOf === undefined) return [];
    return [{ ...item, firstPublishedAtMs: told?.firstPublishedAtMs ?? item.startAtMs }];
  });
}
