import { isDeepStrictEqual } from 'node:util';
import type { Channel } from '../../media/contract/channels.ts';
import { activationCell } from '../../media/channel/activation.ts';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import { addCivilDays, parseCivilDate } from '../../media/grid/civil-time.ts';
import { cutRuns, type Run } from '../../media/grid/span.ts';
import { compilePlan } from '../../media/plan/compile-plan.ts';
import type { PlanList } from '../../media/plan/plan.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import { tendItemSlots } from '../../media/plan/tend-item-slots.ts';
import { publishPlan as putOnAir } from '../../media/plan/edits.ts';
import { AppError, notFound } from '../errors.ts';
import type { SignedIn } from '../http/caller.ts';
import type { CatalogueFilm } from '../library/film-catalogue.ts';
import { announcementsAfter } from '../onair/announcements.ts';
import { type Fillers, fillersOf } from '../onair/channel-fillers.ts';
import { type Current, currentOf, editChannel, type Made } from '../onair/edit-channel.ts';
import type { Publication } from '../onair/head-store.ts';
import { requireNoErrors } from './decide-plan.ts';
import { withFreeKeys } from './item-keys.ts';
import { requireState } from './plan-access.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import type { PlanRecord } from './plan-record.ts';
import { checkedPlan, type CheckedPlan } from './plan-view.ts';

/** What was over or short of notice when it was approved is not published, or was known to the approver. */
const forgivenAtPublishing = ['start_in_past'];

/** The office looks after channels too: only another plan makes a publication stale. */
const tries = 3;

/** Characters of the plan's id that tell equal item ids of two plans apart. */
const suffixLength = 8;

/** What airs before and after a plan, so that no filler comes again too soon over its edges. */
function airingsAround(timeline: Timeline, { fromCell, toCell }: PlanList): Run[] {
  const runs: readonly Run[] = timeline.spans;
  const around = [...cutRuns(runs, -Infinity, fromCell), ...cutRuns(runs, toCell, Infinity)];
  return around.filter(({ itemId }) => itemId !== undefined);
}

/** The next document of a channel with a plan on it from the activation cell on. */
function withPlan(checked: CheckedPlan, { channel, fillers }: Target, { document }: Current, atMs: number): Made {
  const { plan, list, films } = checked;
  const cell = activationCell(atMs);
  const compiled = withFreeKeys(
    compilePlan(list, films, fillers.pool, { ...fillers, around: airingsAround(document.timeline, list) }),
    document.timeline,
    cell,
    plan.id.slice(-suffixLength),
  );
  const published = putOnAir(document.timeline, cell, compiled);
  const edges = { ordinaryCell: cell, urgentCell: cell, atMs };
  const rules = { films, package: channel.package, fillers: fillers.pool, turns: fillers, ...edges };
  const timeline = tendItemSlots(published, rules);
  const announcements = announcementsAfter(document.announcements, timeline, {
    atMs,
    planId: plan.id,
    categoryOf: (filmId) => (films.get(filmId) as CatalogueFilm | undefined)?.category,
  });
  return { document: { ...document, timeline, announcements }, effectiveAtMs: cellStartAtMs(cell) };
}

/** 409 where the plan is on air already, 412 where another one got there while this request was under way (fault F36). */
function requireFirst({ head }: Current, plan: PlanRecord, askedAtMs: number): void {
  const { publication } = head;
  if (publication?.planId === plan.id) {
    throw new AppError('wrong_state', 'This plan is published. Make a new plan for these days and change that.');
  }
  if (publication !== undefined && publication.atMs > askedAtMs) throw overtaken();
}

const overtaken = (): AppError =>
  new AppError('stale', 'Another plan was published at the same moment. Look at the guide and publish again.');

const busy = (): AppError =>
  new AppError('stale', 'The channel is being changed without a pause. Wait a moment and publish again.');

/** Says whether what is left of a published plan lies wholly within the days of another one. */
function isReplaced(old: PlanRecord, by: PlanRecord, effectiveAtMs: number, timeZone: string): boolean {
  const instant = (date: string): number => {
    const parsed = parseCivilDate(date, timeZone);
    return parsed.ok ? parsed.atMs : NaN;
  };
  if (instant(old.to) <= effectiveAtMs) return false;
  return Math.max(instant(old.from), effectiveAtMs) >= instant(by.from) && old.to <= by.to;
}

type SettleParts = Pick<PlanningNeeds, 'plans' | 'settings'>;

/** Writes down what the head says: this plan is published, and those that it replaces wholly are superseded. Idempotent. */
async function settle(parts: SettleParts, plan: PlanRecord, { effectiveAtMs }: Publication): Promise<PlanRecord> {
  const published: PlanRecord = { ...plan, state: 'published', effectiveAtMs };
  await parts.plans.replace(plan, published);
  const others = (await parts.plans.inState(plan.channel, 'published')).filter((other) => other.id !== plan.id);
  for (const old of others) {
    if (isReplaced(old, plan, effectiveAtMs, parts.settings.TIME_ZONE)) {
      await parts.plans.replace(old, { ...old, state: 'superseded' });
    }
  }
  return published;
}

/** The plan as it truly is: a server that stopped between moving the head and writing it down is made good here. */
export async function settled(
  parts: SettleParts & Pick<PlanningNeeds, 'onAir'>,
  plan: PlanRecord,
): Promise<PlanRecord> {
  if (plan.state !== 'approved') return plan;
  const publication = parts.onAir.find(plan.channel)?.head.publication;
  return publication?.planId === plan.id ? settle(parts, plan, publication) : plan;
}

/**
 * Puts an approved, unchanged plan on air: it replaces [max(from, effective), to) of its channel. Of two that are published
 * at once exactly one goes through.
 */
export async function publishPlan(
  parts: PlanningNeeds,
  plan: PlanRecord,
  caller: Pick<SignedIn, 'username'>,
  askedAtMs: number,
): Promise<CheckedPlan> {
  requireState(plan, ['approved'], 'Only an approved plan is published.');
  if (plan.approvedVersion !== plan.version) {
    throw new AppError('wrong_state', 'This plan was changed after its approval. Hand it in again.');
  }
  const checked = await checkedPlan(parts, plan);
  requireNoErrors(checked, forgivenAtPublishing);
  if (checked.list.toCell <= activationCell(parts.clock())) {
    throw new AppError('history', 'These days are over: what aired cannot be changed. Make a plan for days to come.');
  }
  const target = await targetOf(parts, plan);
  let first: Current | undefined;
  const make = (current: Current, atMs: number): Made => {
    first ??= current;
    requireFirst(current, plan, askedAtMs);
    if (!isDeepStrictEqual(current.head.publication, first.head.publication)) throw overtaken();
    return withPlan(checked, target, current, atMs);
  };
  const why = { by: caller.username, reason: `plan ${plan.id}` };
  const outcome = await editChannel(parts, { channel: plan.channel, why, planId: plan.id, make }, tries);
  if (outcome !== 'moved') throw busy();
  await parts.onAir.refresh();
  const { head } = await currentOf(parts, plan.channel);
  const publication = head.publication?.planId === plan.id ? head.publication : undefined;
  if (publication === undefined) throw overtaken();
  return { ...checked, plan: await settle(parts, plan, publication) };
}

/** The channel of a plan, and what may fill its gaps on every day of the plan. */
export interface Target {
  readonly channel: Channel;
  readonly fillers: Fillers;
}

export async function targetOf({ channels, filmCatalogue }: PlanningNeeds, plan: PlanRecord): Promise<Target> {
  const channel = await channels.find(plan.channel);
  if (channel === undefined) throw notFound('channel');
  const dates = { first: plan.from, last: addCivilDays(plan.to, -1) };
  return { channel, fillers: await fillersOf(filmCatalogue, channel, dates) };
}
