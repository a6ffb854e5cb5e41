import { idSchema } from '../../media/contract/ids.ts';
import { mayTo } from '../http/caller.ts';
import { present } from '../http/present.ts';
import type { Routes } from '../http/serve.ts';
import { requireGuideRange } from '../onair/channel-guide.ts';
import { reportLimits } from '../quality/report-limits.ts';
import { reportSkips } from './report-skips.ts';
import type { SkipRouteParts } from './skip-parts.ts';

const listed = 200;
/** Read at most, so that who sees one township alone finds its own among all. */
const mostRead = 5000;

export function skipRoutes(parts: SkipRouteParts): Routes<'reportSkips' | 'listSkips'> {
  const limits = reportLimits();
  return {
    reportSkips: async ({ body, caller, atMs }) => {
      await limits.take(caller.ip);
      await reportSkips(parts, body, atMs);
    },
    listSkips: async ({ query: { from, to }, caller }) => {
      requireGuideRange(from, to);
      const [found, tree, places] = await Promise.all([
        parts.skips.between(from, to, mostRead),
        parts.places.tree(),
        parts.places.list(),
      ]);
      const names = new Map(places.map(({ code, name }) => [code, name]));
      const mine = found.filter(({ place }) => mayTo(tree, caller, 'read-as-run', { place })).slice(0, listed);
      return {
        items: mine.map(({ film, ...skip }) => ({
          ...skip,
          placeName: names.get(skip.place) ?? skip.place,
          ...present({ film: film === undefined ? undefined : idSchema.parse(film) }),
        })),
      };
    },
  };
}
