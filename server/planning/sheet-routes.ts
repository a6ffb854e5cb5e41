import { writeSheet } from '../../media/sheet/write-sheet.ts';
import { auditedBy } from '../audit/audited-by.ts';
import { AppError } from '../errors.ts';
import { requireVersion } from '../http/etag.ts';
import { madeFile } from '../http/made-file.ts';
import type { Routes } from '../http/serve.ts';
import { filmIdsOf } from '../../media/plan/plan.ts';
import { checkSheet, importSheet } from './import-sheet.ts';
import { planFor } from './plan-access.ts';
import { planCells } from './plan-dates.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import type { PlanRecord } from './plan-record.ts';
import { annotatedWorkbook, planWorkbook, sheetTemplate } from './sheet-files.ts';

type Names = 'importSheet' | 'annotateSheet' | 'exportSheet' | 'sheetTemplate';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A month's plan as a sheet: in, out, and an empty one to fill in. */
export const sheetRoutes = (parts: PlanningNeeds): Routes<Names> => {
  const timeZone = parts.settings.TIME_ZONE;
  const nameOf = (what: string, { channel, from }: PlanRecord): string => `${what}-${channel}-${from}.xlsx`;
  return {
    importSheet: async (call) => {
      const plan = await planFor(parts, call.caller, 'edit-plan', call.params.id);
      const apply = call.query.apply === 'true';
      if (apply && call.ifMatch === undefined) throw versionMissing();
      if (apply) requireVersion(call.ifMatch, plan.version);
      const reply = await importSheet(parts, plan, call.body, { apply, ifMatch: call.ifMatch });
      if (reply.applied && reply.version !== plan.version) {
        const { added, removed, changed } = reply.changes;
        const said = `sheet: ${added} added, ${removed} removed, ${changed} changed, version ${reply.version}`;
        await parts.audit.write(auditedBy(call, 'plan.items', `plan/${plan.id}`, said));
      }
      return reply;
    },
    annotateSheet: async (call) => {
      const plan = await planFor(parts, call.caller, 'edit-plan', call.params.id);
      const { pages, findings } = await checkSheet(parts, plan, call.body);
      await call.sendFile(madeFile(nameOf('节目单批注', plan), workbookType, annotatedWorkbook(pages, findings)));
    },
    exportSheet: async (call) => {
      const plan = await planFor(parts, call.caller, 'read-plans', call.params.id);
      const films = await parts.filmCatalogue.table(plan.items.flatMap(filmIdsOf));
      const list = { items: plan.items, ...planCells(plan.from, plan.to, timeZone) };
      const book = planWorkbook(writeSheet(list, films, timeZone));
      await call.sendFile(madeFile(nameOf('节目单', plan), workbookType, book));
    },
    sheetTemplate: async (call) => {
      const plan = await planFor(parts, call.caller, 'edit-plan', call.params.id);
      const book = sheetTemplate(plan, await parts.filmCatalogue.titles());
      await call.sendFile(madeFile(nameOf('节目单模板', plan), workbookType, book));
    },
  };
};

const versionMissing = (): AppError =>
  new AppError('if_match_required', 'Send If-Match with the version that the dry run was held against.');
