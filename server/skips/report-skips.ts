import type { GuideItem } from '../../media/contract/channels.ts';
import { countyCode } from '../../media/contract/permissions.ts';
import type { ToldSkip } from '../../media/contract/skips.ts';
import { CELL_MS } from '../../media/grid/cell.ts';
import { guideItems } from '../onair/channel-guide.ts';
import type { ChannelOnAir } from '../onair/channel-on-air.ts';
import { seenFromGroup } from '../onair/watch-channel.ts';
import type { SkipRouteParts } from './skip-parts.ts';

/** The channel that says what stations must watch (contract.md: one channel `county`). */
const channelCode = 'county';

/**
 * Keeps what a station did not start. Anybody may tell: what the guide of its place does not name as must-watch is left out, so
 * that nobody fills the disk, and the title is the guide's own.
 */
export async function reportSkips(
  parts: SkipRouteParts,
  told: { readonly place?: string | undefined; readonly skips: readonly ToldSkip[] },
  heardAtMs: number,
): Promise<void> {
  const place = await knownPlace(parts, told.place);
  const channel = seenFromGroup(parts, parts.onAir.require(channelCode, heardAtMs), place);
  for (const { itemId, startAtMs, reason, atMs } of told.skips) {
    const item = mustWatchItem(channel, itemId, startAtMs);
    if (item === undefined) continue;
    const { title, filmId } = item;
    await parts.skips.add({
      ...{ itemId, place, title, startAtMs, reason, atMs: Math.min(atMs, heardAtMs), heardAtMs },
      ...(filmId === undefined ? {} : { film: filmId }),
    });
  }
}

const mustWatchItem = (channel: ChannelOnAir, itemId: string, startAtMs: number): GuideItem | undefined =>
  guideItems(channel, startAtMs, startAtMs + CELL_MS)
    .map(({ item }) => item)
    .find((item) => item.mustWatch && item.id === itemId && item.startAtMs === startAtMs);

async function knownPlace({ places }: Pick<SkipRouteParts, 'places'>, place: string | undefined): Promise<string> {
  if (place === undefined) return countyCode;
  return (await places.tree()).isWithin(place, countyCode) ? place : countyCode;
}
