import type { DayTemplate } from '../../media/contract/day-templates.ts';
import { auditedBy } from '../audit/audited-by.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { AppError, notFound } from '../errors.ts';
import { etagOf, requireVersion } from '../http/etag.ts';
import { pageOf } from '../http/page.ts';
import { present } from '../http/present.ts';
import type { Routes } from '../http/serve.ts';
import type { FilmCatalogue } from '../library/film-catalogue.ts';
import { newId } from '../new-id.ts';
import type { SeasonParts } from '../seasons/season-parts.ts';
import type { DayTemplateParts } from './day-template-parts.ts';
import type { DayTemplateRecord } from './day-template-store.ts';

type Names = 'listDayTemplates' | 'createDayTemplate' | 'changeDayTemplate' | 'deleteDayTemplate';
type Needs = DayTemplateParts & SeasonParts & AuditParts & { readonly filmCatalogue: Pick<FilmCatalogue, 'table'> };

export const dayTemplateRoutes = ({ dayTemplates, seasons, filmCatalogue, audit }: Needs): Routes<Names> => {
  const views = async (templates: readonly DayTemplateRecord[]): Promise<DayTemplate[]> => {
    const films = await filmCatalogue.table(
      templates.flatMap(({ items }) => items.flatMap(({ filmId }) => filmId ?? [])),
    );
    return templates.map((template) => ({
      ...template,
      items: template.items.map((item) => {
        const film = item.filmId === undefined ? undefined : films.get(item.filmId);
        return { ...present(item), ...present({ filmTitle: film?.title, filmMs: film?.durationMs }) };
      }),
    }));
  };
  const view = async (template: DayTemplateRecord): Promise<DayTemplate> => {
    const [shown] = await views([template]);
    if (shown === undefined) throw notFound('day template');
    return shown;
  };
  return {
    listDayTemplates: async ({ query }) => {
      const { items, ...rest } = pageOf(await dayTemplates.list(), query, {
        keyOf: ({ id }) => id,
        textOf: ({ name }) => name,
      });
      return { items: await views(items), ...rest };
    },
    createDayTemplate: async (call) => {
      const template = { id: newId(call.atMs), version: 1, ...call.body };
      await dayTemplates.add(template);
      await audit.write(auditedBy(call, 'day-template.add', `day-template/${template.id}`, template.name));
      call.setHeader('ETag', etagOf(template.version));
      return view(template);
    },
    changeDayTemplate: async (call) => {
      const before = await dayTemplates.find(call.params.id);
      if (before === undefined) throw notFound('day template');
      requireVersion(call.ifMatch, before.version);
      const next = { ...before, ...present(call.body), version: before.version + 1 };
      if (!(await dayTemplates.replace(before, next))) {
        throw new AppError('stale', 'Somebody else changed this template in the meantime. Load it again and repeat.');
      }
      await audit.write(auditedBy(call, 'day-template.change', `day-template/${next.id}`, next.name));
      call.setHeader('ETag', etagOf(next.version));
      return view(next);
    },
    deleteDayTemplate: async (call) => {
      const template = await dayTemplates.find(call.params.id);
      if (template === undefined) throw notFound('day template');
      const using = (await seasons.list()).filter(({ rules }) => rules.some((rule) => rule.template === template.id));
      if (using.length > 0) {
        const names = using.map(({ name }) => name).join(', ');
        throw new AppError('wrong_state', `The season ${names} uses this template. Change the season first.`);
      }
      await dayTemplates.remove(template.id);
      await audit.write(auditedBy(call, 'day-template.delete', `day-template/${template.id}`, template.name));
    },
  };
};
