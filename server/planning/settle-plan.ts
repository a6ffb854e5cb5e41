import { parseCivilDate } from '../../media/grid/civil-time.ts';
import { AppError } from '../errors.ts';
import { publicationOn } from '../onair/edit-channel.ts';
import type { HeadStore } from '../onair/head-store.ts';
import type { Surroundings } from '../surroundings.ts';
import { planHash } from './plan-hash.ts';
import { forgetting, type PlanPublication, type PlanRecord } from './plan-record.ts';
import type { PlanStore } from './plan-store.ts';

/**
 * A plan is marked as published before its channel's head is moved, so that nobody edits or publishes it meanwhile; the mark is
 * a claim until the head is seen to name the plan. Whoever finds a claim afterwards settles it: the head is the truth. No other
 * plan is published on the channel before that, so the head still tells.
 */
type SettleParts = Pick<Surroundings, 'settings' | 'clock'> & { readonly plans: PlanStore; readonly heads: HeadStore };

/** After this long nobody is at work on a claim any more: its server has stopped. */
const abandonedMs = 60_000;

/** Claims an approved plan for whoever publishes it; 412 where somebody changed or claimed it first. */
export async function claimPlan(
  { plans, clock }: SettleParts,
  plan: PlanRecord,
  said: Omit<PlanPublication, 'hash' | 'atMs'>,
): Promise<PlanRecord> {
  const atMs = clock();
  const publication = { ...said, hash: planHash(plan), atMs };
  const claim: PlanRecord = { ...plan, state: 'published', claimedAtMs: atMs, publication };
  if (await plans.replace(plan, claim)) return claim;
  throw new AppError('stale', 'Somebody else changed or published this plan in the meantime. Load it again.');
}

/** Gives a claim back, the plan is approved as it was; unless the head moved and only the answer was lost. */
export async function releaseClaim(parts: SettleParts, plan: PlanRecord, claim: PlanRecord): Promise<void> {
  if ((await publicationOn(parts, plan))?.planId !== plan.id) await parts.plans.replace(claim, plan);
}

/** Says whether what is left of a published plan lies wholly within the days of another one. */
function isReplaced(old: PlanRecord, by: PlanRecord, effectiveAtMs: number, timeZone: string): boolean {
  const instant = (date: string): number => {
    const parsed = parseCivilDate(date, timeZone);
    return parsed.ok ? parsed.atMs : NaN;
  };
  if (instant(old.to) <= effectiveAtMs) return false;
  return Math.max(instant(old.from), effectiveAtMs) >= instant(by.from) && old.to <= by.to;
}

/** Writes down what the head says: a claimed plan is published from an instant on, and those that it replaces wholly are superseded. */
async function settle(parts: SettleParts, claim: PlanRecord, effectiveAtMs: number): Promise<PlanRecord> {
  const plan = forgetting(claim, 'claimedAtMs');
  const published: PlanRecord = { ...plan, state: 'published', effectiveAtMs };
  await parts.plans.replace(claim, published);
  const others = (await parts.plans.inState(plan.channel, 'published')).filter(
    (other) => other.id !== plan.id && other.claimedAtMs === undefined,
  );
  for (const old of others) {
    if (isReplaced(old, plan, effectiveAtMs, parts.settings.TIME_ZONE)) {
      await parts.plans.replace(old, { ...old, state: 'superseded' });
    }
  }
  return published;
}

/** What has become of a claim: published where the head names the plan, approved again where nobody works on it any more. */
export async function settledClaim(parts: SettleParts, plan: PlanRecord): Promise<PlanRecord> {
  const isClaim = plan.claimedAtMs !== undefined;
  if (!isClaim && plan.state !== 'approved') return plan;
  const publication = await publicationOn(parts, plan);
  if (publication?.planId === plan.id) return settle(parts, plan, publication.effectiveAtMs);
  if (!isClaim || parts.clock() - (plan.claimedAtMs ?? 0) < abandonedMs) return plan;
  const approved = forgetting(plan, 'claimedAtMs', 'publication');
  const next: PlanRecord = { ...approved, state: 'approved' };
  return (await parts.plans.replace(plan, next)) ? next : plan;
}

/** Settles every claim, or those of one channel. */
export async function settleClaims(parts: SettleParts, channel?: string): Promise<void> {
  const claims = await parts.plans.claimed();
  for (const plan of claims.filter((each) => channel === undefined || each.channel === channel)) {
    await settledClaim(parts, plan);
  }
}

const everyMs = 30_000;

/** Settles claims that a stopped server left, until this one closes. */
export function keepSettling(parts: SettleParts & Pick<Surroundings, 'log' | 'closers'>): void {
  const { log, closers } = parts;
  const settleAll = () => {
    settleClaims(parts).catch((error: unknown) => log.debug({ err: error }, 'plans are settled later'));
  };
  settleAll();
  const timer = setInterval(settleAll, everyMs);
  timer.unref();
  closers.push(() => {
    clearInterval(timer);
    return Promise.resolve();
  });
}
