import { cellAt } from '../../media/grid/cell.ts';
import { notFound } from '../errors.ts';
import type { Routes } from '../http/serve.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import { channelLinks, rangeLink } from '../playback/playback-links.ts';
import { guideItems, requireGuideRange, withLinks } from './channel-guide.ts';
import type { ChannelOnAir } from './on-air.ts';
import type { OnAirParts } from './on-air-parts.ts';
import { rehearsalAtMs, watchChannel } from './watch-channel.ts';

/** Cells of a rehearsal: an hour. */
const rehearsalCells = 900;

type Names = 'channelPlayback' | 'channelGuide';

export const onAirRoutes = (parts: OnAirParts & Pick<PlaceParts, 'places'>): Routes<Names> => {
  const { gate, places } = parts;
  /** A group is a place that may vary the channel; none does yet, so a group sees what the county sees. */
  const requireGroup = async ({ channel }: ChannelOnAir, group: string | undefined): Promise<void> => {
    if (group === undefined || channel.groups.includes(group)) return;
    if ((await places.find(group)) === undefined) throw notFound('group');
  };
  return {
    channelPlayback: async ({ params, query, caller, atMs }) => {
      const channel = watchChannel(parts, caller, params.code, atMs);
      await requireGroup(channel, query.group);
      const playable = { channel: channel.channel, timeline: channel.document.timeline };
      const lookAtMs = rehearsalAtMs(caller, query.atMs);
      if (lookAtMs === undefined) return { ...channelLinks(gate, playable, atMs), serverAtMs: atMs };
      const fromCell = cellAt(lookAtMs);
      const range = { fromCell, toCell: fromCell + rehearsalCells, view: 'range', kind: 'rehearsal' } as const;
      const { url, expiresAtMs } = rangeLink(gate, playable, range, atMs);
      return { live: url, dvr: url, expiresAtMs, serverAtMs: atMs };
    },
    channelGuide: async ({ params, query, caller, atMs }) => {
      const channel = watchChannel(parts, caller, params.code, atMs);
      await requireGroup(channel, query.group);
      requireGuideRange(query.from, query.to);
      const seenAtMs = rehearsalAtMs(caller, query.atMs) ?? atMs;
      const moment = { atMs, seenAtMs, catchUpDays: await parts.catchUpDays() };
      const items = guideItems(channel, query.from, query.to, query.fillers).map((row) =>
        withLinks(parts, channel, row, moment),
      );
      return { items, serverAtMs: atMs };
    },
  };
};
