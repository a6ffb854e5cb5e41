import { cellAt } from '../../media/grid/cell.ts';
import type { Routes } from '../http/serve.ts';
import { channelLinks, rangeLink } from '../playback/playback-links.ts';
import { guideItems, requireGuideRange, withLinks } from './channel-guide.ts';
import { playableOf } from './on-air.ts';
import type { OnAirParts } from './on-air-parts.ts';
import { rehearsalAtMs, seenFromGroup, watchChannel } from './watch-channel.ts';

/** Cells of a rehearsal: an hour. */
const rehearsalCells = 900;

type Names = 'channelPlayback' | 'channelGuide';

export const onAirRoutes = (parts: OnAirParts): Routes<Names> => {
  const { gate } = parts;
  return {
    channelPlayback: ({ params, query, caller, atMs }) => {
      const channel = seenFromGroup(parts, watchChannel(parts, caller, params.code, atMs), query.group);
      const playable = playableOf(channel);
      const lookAtMs = rehearsalAtMs(caller, query.atMs);
      if (lookAtMs === undefined) return Promise.resolve({ ...channelLinks(gate, playable, atMs), serverAtMs: atMs });
      const fromCell = cellAt(lookAtMs);
      const range = { fromCell, toCell: fromCell + rehearsalCells, view: 'range', kind: 'rehearsal' } as const;
      const { url, expiresAtMs } = rangeLink(gate, playable, range, atMs);
      return Promise.resolve({ live: url, dvr: url, expiresAtMs, serverAtMs: atMs });
    },
    channelGuide: async ({ params, query, caller, atMs }) => {
      const channel = seenFromGroup(parts, watchChannel(parts, caller, params.code, atMs), query.group);
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
