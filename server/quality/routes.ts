import { notFound } from '../errors.ts';
import { mayTo } from '../http/caller.ts';
import type { Routes } from '../http/serve.ts';
import type { QualityRouteParts } from './quality-parts.ts';
import { qualityReader } from './read-quality.ts';
import { reportLimits } from './report-limits.ts';
import { reportQuality } from './report-quality.ts';

export function qualityRoutes(parts: QualityRouteParts): Routes<'reportQuality' | 'readQuality' | 'filmWatched'> {
  const limits = reportLimits();
  const read = qualityReader(parts);
  return {
    reportQuality: async ({ body, caller, atMs }) => {
      await limits.take(caller.ip);
      await reportQuality(parts, body, atMs);
    },
    readQuality: async ({ query: { from, to } }) => ({ fromMs: from, toMs: to, ...(await read(from, to)) }),
    filmWatched: async ({ params: { id }, caller }) => {
      const scope = await parts.filmCatalogue.scope(id);
      if (scope === undefined || !mayTo(await parts.places.tree(), caller, 'preview-film', scope))
        throw notFound('film');
      const months = [...(await parts.quality.watches(id))];
      const sum = (of: (month: (typeof months)[number]) => number) => months.reduce((all, month) => all + of(month), 0);
      return { plays: sum(({ plays }) => plays), watchedMs: sum(({ watchedMs }) => watchedMs), months };
    },
  };
}
