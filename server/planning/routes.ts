import { z } from 'zod';
import { idSchema } from '../../media/contract/ids.ts';
import type { Plan } from '../../media/contract/planning.ts';
import type { Action } from '../../media/contract/permissions.ts';
import { auditedBy } from '../audit/audited-by.ts';
import { AppError, notFound } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { etagOf, requireVersion } from '../http/etag.ts';
import { present } from '../http/present.ts';
import type { Routes } from '../http/serve.ts';
import { approvePlan, returnPlan, submitPlan } from './decide-plan.ts';
import { requireVaryingPlace } from './place-slots.ts';
import { planFor, planScope } from './plan-access.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import type { PlanRecord } from './plan-record.ts';
import { checkedPlan, type CheckedPlan, planHead, planView } from './plan-view.ts';
import { publishPlan } from './publish-plan.ts';
import { changePlan, createPlan, replaceItems } from './save-draft.ts';
import { settledClaim } from './settle-plan.ts';

type Names =
  | 'listPlans'
  | 'createPlan'
  | 'readPlan'
  | 'changePlan'
  | 'replaceItems'
  | 'submitPlan'
  | 'approvePlan'
  | 'returnPlan'
  | 'publishPlan';

const cursorSchema = z.strictObject({ below: idSchema });
const defaultPage = 50;

/** Somebody signed in; the permission matrix lets nobody else come here. */
function userOf(caller: Caller): Extract<Caller, { kind: 'user' }> {
  if (caller.kind !== 'user') throw new AppError('sign_in', 'Sign in first.');
  return caller;
}

export const planningRoutes = (parts: PlanningNeeds): Routes<Names> => {
  const { plans, audit, settings } = parts;
  /** The plan that a decision is about: 412 where `If-Match` names another version than the one that would be decided on. */
  const seen = async (
    call: { readonly caller: Caller; readonly params: { readonly id: string }; readonly ifMatch: string | undefined },
    action: Action,
  ): Promise<PlanRecord> => {
    const plan = await planFor(parts, call.caller, action, call.params.id);
    requireVersion(call.ifMatch, plan.version);
    return plan;
  };
  /** The plan as a reply, with its version as ETag. */
  const answer = (call: { readonly setHeader: (name: string, value: string) => void }, checked: CheckedPlan): Plan => {
    call.setHeader('ETag', etagOf(checked.plan.version));
    return planView(checked, settings.TIME_ZONE);
  };
  const record = async (
    call: { readonly caller: Caller; readonly requestId: string },
    deed: string,
    plan: PlanRecord,
    detail = '',
  ): Promise<void> => {
    const said = `channel ${plan.channel}, ${plan.from} to ${plan.to}, version ${plan.version}`;
    await audit.write(auditedBy(call, `plan.${deed}`, `plan/${plan.id}`, detail === '' ? said : `${said}: ${detail}`));
  };
  return {
    listPlans: async ({ query, caller }) => {
      const may = await planScope(parts, caller, 'read-plans');
      const limit = query.limit ?? defaultPage;
      const below = query.cursor === undefined ? undefined : readCursor(query.cursor, cursorSchema).below;
      const found = await plans.page({ channel: query.channel, state: query.state, below }, limit);
      const last = found.at(-1);
      const items = found
        .filter((plan) => may(plan))
        .filter((plan) => query.query === undefined || `${plan.title ?? ''} ${plan.from}`.includes(query.query))
        .map((plan) => ({
          ...planHead(plan),
          itemCount: plan.items.length,
          errors: plan.errorCount,
          warnings: plan.warningCount,
        }));
      const more = found.length === limit && last !== undefined;
      return { items, ...(more ? { nextCursor: writeCursor({ below: last.id }) } : {}) };
    },
    createPlan: async (call) => {
      const may = await planScope(parts, call.caller, 'edit-plan');
      if (!may(present({ place: call.body.place })))
        throw notFound(call.body.place === undefined ? 'channel' : 'place');
      await requireVaryingPlace(parts, call.body);
      const { id, name } = userOf(call.caller);
      const checked = await createPlan(parts, call.body, { id, name });
      await record(call, 'create', checked.plan);
      return answer(call, checked);
    },
    readPlan: async (call) => {
      const plan = await planFor(parts, call.caller, 'read-plans', call.params.id);
      return answer(call, await checkedPlan(parts, await settledClaim(parts, plan)));
    },
    changePlan: async (call) => {
      const plan = await planFor(parts, call.caller, 'edit-plan', call.params.id);
      const checked = await changePlan(parts, plan, call.body, call.ifMatch);
      await record(call, 'change', checked.plan);
      return answer(call, checked);
    },
    replaceItems: async (call) => {
      const plan = await planFor(parts, call.caller, 'edit-plan', call.params.id);
      const checked = await replaceItems(parts, plan, call.body.items, call.ifMatch);
      await record(call, 'items', checked.plan, `${checked.plan.items.length} items`);
      return answer(call, checked);
    },
    submitPlan: async (call) => {
      const plan = await seen(call, 'edit-plan');
      const checked = await submitPlan(parts, plan, call.body.warningReason);
      await record(call, 'submit', checked.plan, call.body.warningReason);
      return answer(call, checked);
    },
    approvePlan: async (call) => {
      const plan = await seen(call, 'approve-plan');
      const checked = await approvePlan(parts, plan, call.caller, call.body.note);
      await record(call, 'approve', checked.plan, call.body.note);
      return answer(call, checked);
    },
    returnPlan: async (call) => {
      const plan = await seen(call, 'approve-plan');
      const checked = await returnPlan(parts, plan, call.caller, call.body.reason);
      await record(call, 'return', checked.plan, call.body.reason);
      return answer(call, checked);
    },
    publishPlan: async (call) => {
      const plan = await settledClaim(parts, await seen(call, 'publish-plan'));
      const checked = await publishPlan(parts, plan, userOf(call.caller), call.atMs);
      await record(call, 'publish', checked.plan);
      return answer(call, checked);
    },
  };
};
