import type { Action } from '../../media/contract/permissions.ts';
import { AppError, notFound } from '../errors.ts';
import { type Caller, mayTo } from '../http/caller.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { PlanRecord } from './plan-record.ts';
import type { PlanStore } from './plan-store.ts';

/** What asking for permission needs. */
export interface AccessParts extends Pick<PlaceParts, 'places'> {
  readonly plans: PlanStore;
}

/** Says which plans a caller may do something to: the county's belong to the county, those of a place to the place. */
export async function planScope(
  { places }: Pick<PlaceParts, 'places'>,
  caller: Caller,
  action: Action,
): Promise<(plan?: Partial<Pick<PlanRecord, 'place' | 'author'>>) => boolean> {
  const tree = await places.tree();
  const county = (await places.list()).find((place) => place.kind === 'county');
  return (plan) => mayTo(tree, caller, action, { place: plan?.place ?? county?.code ?? '', ownerId: plan?.author?.id });
}

/** The plan of an id, if the caller may do this to it: else 404, in the same words as for none. */
export async function planFor(parts: AccessParts, caller: Caller, action: Action, id: string): Promise<PlanRecord> {
  const plan = await parts.plans.find(id);
  const may = await planScope(parts, caller, action);
  if (plan === undefined || !may(plan)) throw notFound('plan');
  return plan;
}

const spoken: Readonly<Record<PlanRecord['state'], string>> = {
  draft: 'a draft',
  submitted: 'handed in',
  approved: 'approved',
  published: 'published',
  superseded: 'replaced by another plan',
};

/** Throws 409 `wrong_state` unless a plan is in one of these states. */
export function requireState(plan: PlanRecord, states: readonly PlanRecord['state'][], cure: string): void {
  if (states.includes(plan.state)) return;
  throw new AppError('wrong_state', `This plan is ${spoken[plan.state]}. ${cure}`);
}

/** Throws 409 `same_person` when the caller wrote the plan: four eyes see more than two (house rule of approval). */
export function requireOther(caller: Caller, plan: PlanRecord): void {
  if (caller.kind === 'user' && caller.id !== plan.author.id) return;
  throw new AppError('same_person', 'You wrote this plan: somebody else has to decide on it.');
}

/** Writes a plan or throws 412: somebody changed it between reading and writing. */
export async function replacePlan(plans: PlanStore, before: PlanRecord, next: PlanRecord): Promise<PlanRecord> {
  if (await plans.replace(before, next)) return next;
  throw new AppError('stale', 'Somebody else changed this plan in the meantime. Load it again and repeat your change.');
}
