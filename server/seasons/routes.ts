import type { Season } from '../../media/contract/seasons.ts';
import { auditedBy } from '../audit/audited-by.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import type { DayTemplateParts } from '../day-templates/day-template-parts.ts';
import { AppError, notFound } from '../errors.ts';
import { etagOf, requireVersion } from '../http/etag.ts';
import { pageOf } from '../http/page.ts';
import { present } from '../http/present.ts';
import type { Routes } from '../http/serve.ts';
import { newId } from '../new-id.ts';
import type { SeasonParts } from './season-parts.ts';

type Names = 'listSeasons' | 'createSeason' | 'changeSeason' | 'deleteSeason';

export const seasonRoutes = ({
  seasons,
  dayTemplates,
  audit,
}: SeasonParts & DayTemplateParts & AuditParts): Routes<Names> => {
  /** 422 where a rule names a template that is not there. */
  const requireTemplates = async (rules: Season['rules']): Promise<void> => {
    const known = new Set((await dayTemplates.list()).map(({ id }) => id));
    const fields = rules.flatMap(({ template }, index) =>
      known.has(template)
        ? []
        : [{ path: `rules.${index}.template`, message: 'There is no such day template. Choose another.' }],
    );
    const [first] = fields;
    if (first !== undefined) throw new AppError('invalid', `${first.path}: ${first.message}`, { fields });
  };
  return {
    listSeasons: async ({ query }) =>
      pageOf(await seasons.list(), query, { keyOf: ({ id }) => id, textOf: ({ name }) => name }),
    createSeason: async (call) => {
      await requireTemplates(call.body.rules);
      const season = { id: newId(call.atMs), version: 1, ...call.body };
      await seasons.add(season);
      await audit.write(auditedBy(call, 'season.add', `season/${season.id}`, season.name));
      call.setHeader('ETag', etagOf(season.version));
      return season;
    },
    changeSeason: async (call) => {
      const before = await seasons.find(call.params.id);
      if (before === undefined) throw notFound('season');
      requireVersion(call.ifMatch, before.version);
      const next = { ...before, ...present(call.body), version: before.version + 1 };
      await requireTemplates(next.rules);
      if (!(await seasons.replace(before, next))) {
        throw new AppError('stale', 'Somebody else changed this season in the meantime. Load it again and repeat.');
      }
      await audit.write(auditedBy(call, 'season.change', `season/${next.id}`, next.name));
      call.setHeader('ETag', etagOf(next.version));
      return next;
    },
    deleteSeason: async (call) => {
      const season = await seasons.find(call.params.id);
      if (season === undefined) throw notFound('season');
      await seasons.remove(season.id);
      await audit.write(auditedBy(call, 'season.delete', `season/${season.id}`, season.name));
    },
  };
};
