import { auditedBy } from '../audit/audited-by.ts';
import { notFound } from '../errors.ts';
import type { Routes } from '../http/serve.ts';
import { planFor, planScope } from './plan-access.ts';
import { checkedPlan, planView } from './plan-view.ts';
import { restoreVersion, versionOf, versionsOf, versionView } from './plan-versions.ts';
import { previewPlan } from './preview-plan.ts';
import { type RehearsalNeeds, rehearsePlan } from './rehearse-plan.ts';

type Names =
  'planDifference' | 'rehearsePlan' | 'listVersions' | 'readVersion' | 'versionDifference' | 'restoreVersion';

/** What publishing would change and what would air then, what was published, and the way back. */
export const versionRoutes = (parts: RehearsalNeeds): Routes<Names> => {
  const { channels, audit, settings } = parts;
  const requireChannel = async (code: string): Promise<void> => {
    if ((await channels.find(code)) === undefined) throw notFound('channel');
  };
  return {
    planDifference: async ({ params, caller }) =>
      previewPlan(parts, await planFor(parts, caller, 'read-plans', params.id)),
    rehearsePlan: async ({ params, query, caller }) => {
      const plan = await planFor(parts, caller, 'read-plans', params.id);
      return rehearsePlan(parts, plan, query);
    },
    listVersions: async ({ params, caller }) => {
      await requireChannel(params.code);
      const may = await planScope(parts, caller, 'read-plans');
      return { items: (await versionsOf(parts, params.code)).filter((plan) => may(plan)).map(versionView) };
    },
    readVersion: async ({ params }) => {
      const version = await versionOf(parts, params.code, params.hash);
      const { items } = planView(await checkedPlan(parts, version), settings.TIME_ZONE);
      return { ...versionView(version), items };
    },
    versionDifference: async ({ params }) => previewPlan(parts, await versionOf(parts, params.code, params.hash)),
    restoreVersion: async (call) => {
      const { params, caller, body, atMs } = call;
      const may = await planScope(parts, caller, 'publish-plan');
      if (!may()) throw notFound('version');
      const version = await versionOf(parts, params.code, params.hash);
      const checked = await restoreVersion(parts, version, caller, { atMs, reason: body.reason });
      const said = `version ${params.hash.slice(0, 12)} of channel ${params.code}: ${body.reason}`;
      await audit.write(auditedBy(call, 'plan.restore', `plan/${checked.plan.id}`, said));
      return planView(checked, settings.TIME_ZONE);
    },
  };
};
