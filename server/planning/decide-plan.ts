import { AppError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { type AccessParts, replacePlan, requireOther, requireState } from './plan-access.ts';
import { forgetting, type Person, type PlanRecord } from './plan-record.ts';
import { checkedPlan, type CheckedPlan, type CheckParts, countOf, findingView } from './plan-view.ts';

type DecideParts = AccessParts & CheckParts;

/** Throws 422 `findings` with all findings while some of these errors stand. */
export function requireNoErrors({ findings }: CheckedPlan, forgiven: readonly string[] = []): void {
  const errors = findings.filter(({ severity, code }) => severity === 'error' && !forgiven.includes(code));
  if (errors.length === 0) return;
  throw new AppError('findings', `${errors.length} error(s) stand in this plan. Mend them first.`, {
    findings: findings.map(findingView),
  });
}

/** Hands a draft in for approval; a reason may be given for the warnings that stand. */
export async function submitPlan(
  parts: DecideParts,
  plan: PlanRecord,
  warningReason: string | undefined,
): Promise<CheckedPlan> {
  requireState(plan, ['draft'], 'Only a draft is handed in.');
  const checked = await checkedPlan(parts, plan);
  requireNoErrors(checked);
  const rest = forgetting(plan, 'returnedReason', 'warningReason');
  const next = await replacePlan(parts.plans, plan, {
    ...rest,
    state: 'submitted',
    errorCount: 0,
    warningCount: countOf(checked.findings, 'warning'),
    ...(warningReason === undefined ? {} : { warningReason }),
  });
  return { ...checked, plan: next };
}

const personOf = (caller: Caller): Person => {
  if (caller.kind !== 'user') throw new AppError('sign_in', 'Sign in first.');
  return { id: caller.id, name: caller.name };
};

/** Approves the version that was handed in; never by its author. */
export async function approvePlan(
  parts: DecideParts,
  plan: PlanRecord,
  caller: Caller,
  note: string | undefined,
): Promise<CheckedPlan> {
  requireOther(caller, plan);
  requireState(plan, ['submitted'], 'Only a plan that was handed in is approved.');
  const next = await replacePlan(parts.plans, plan, {
    ...plan,
    state: 'approved',
    approver: personOf(caller),
    approvedVersion: plan.version,
    ...(note === undefined ? {} : { approvalNote: note }),
  });
  return checkedPlan(parts, next);
}

/** Gives a plan back to its author with a reason; never by the author. */
export async function returnPlan(
  parts: DecideParts,
  plan: PlanRecord,
  caller: Caller,
  reason: string,
): Promise<CheckedPlan> {
  requireOther(caller, plan);
  requireState(plan, ['submitted', 'approved'], 'Only a plan that was handed in or approved is returned.');
  const rest = forgetting(plan, 'approver', 'approvedVersion', 'approvalNote');
  const next = await replacePlan(parts.plans, plan, { ...rest, state: 'draft', returnedReason: reason });
  return checkedPlan(parts, next);
}
