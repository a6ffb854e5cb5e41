import type { PlanVersion } from '../../media/contract/plan-versions.ts';
import { AppError, notFound } from '../errors.ts';
import type { SignedIn } from '../http/caller.ts';
import { present } from '../http/present.ts';
import { newId } from '../new-id.ts';
import { planHash } from './plan-hash.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import { forgetting, type PlanRecord } from './plan-record.ts';
import type { CheckedPlan } from './plan-view.ts';
import { publishPlan } from './publish-plan.ts';

/** Plans of a channel that went on air, the last published first. */
export async function versionsOf(
  { plans }: Pick<PlanningNeeds, 'plans'>,
  channel: string,
): Promise<readonly PlanRecord[]> {
  const found = [...(await plans.inState(channel, 'published')), ...(await plans.inState(channel, 'superseded'))];
  return found.filter(({ claimedAtMs }) => claimedAtMs === undefined).sort((a, b) => whenOf(b) - whenOf(a));
}

const whenOf = ({ publication, effectiveAtMs = 0 }: PlanRecord): number => publication?.atMs ?? effectiveAtMs;

/** The version of a name; throws where what is stored under it is not what was published. */
export async function versionOf(
  parts: Pick<PlanningNeeds, 'plans'>,
  channel: string,
  hash: string,
): Promise<PlanRecord> {
  const found = (await versionsOf(parts, channel)).find((plan) => nameOf(plan) === hash);
  if (found === undefined) throw notFound('version');
  if (planHash(found) !== hash) throw new Error(`The stored plan ${found.id} was damaged. Restore it from a backup.`);
  return found;
}

const nameOf = (plan: PlanRecord): string => plan.publication?.hash ?? planHash(plan);

/** A version as lists show it. */
export function versionView(plan: PlanRecord): PlanVersion {
  const { id, title, from, to, state, items, author, approver, publication, effectiveAtMs } = plan;
  return {
    ...{ hash: nameOf(plan), planId: id, from, to, author, itemCount: items.length },
    state: state === 'superseded' ? 'superseded' : 'published',
    ...present({ title, approver, effectiveAtMs, publishedBy: publication?.by, publishedAtMs: publication?.atMs }),
    ...present({ reason: publication?.reason, restores: publication?.restores }),
  };
}

/**
 * Publishes what is still to come of an earlier version, under the approval that it had: an approval is of a content, and this
 * is that content. What cannot air any more is refused as at every publishing.
 */
export async function restoreVersion(
  parts: PlanningNeeds,
  version: PlanRecord,
  caller: SignedIn,
  said: { readonly atMs: number; readonly reason: string },
): Promise<CheckedPlan> {
  if (version.approver === undefined || version.approvedVersion !== version.version) {
    throw new AppError('wrong_state', 'Nobody approved this version. Make a new plan and hand it in.');
  }
  const rest = forgetting(version, 'publication', 'effectiveAtMs', 'claimedAtMs');
  const plan: PlanRecord = { ...rest, id: newId(said.atMs), state: 'approved', createdAtMs: said.atMs };
  await parts.plans.insert(plan);
  try {
    return await publishPlan(parts, plan, caller, said.atMs, { reason: said.reason, restores: nameOf(version) });
  } catch (error) {
    await parts.plans.remove(plan);
    throw error;
  }
}
