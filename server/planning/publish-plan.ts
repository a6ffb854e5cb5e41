import { isDeepStrictEqual } from 'node:util';
import type { Channel } from '../../media/contract/channels.ts';
import { activationCell } from '../../media/channel/activation.ts';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import { addCivilDays } from '../../media/grid/civil-time.ts';
import { cutRuns, endCell, type Run } from '../../media/grid/span.ts';
import { compilePlan } from '../../media/plan/compile-plan.ts';
import type { FillerTurns } from '../../media/plan/fill-with-films.ts';
import { plannedRuns } from '../../media/plan/splice.ts';
import type { PlanList } from '../../media/plan/plan.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import { tendItemSlots } from '../../media/plan/tend-item-slots.ts';
import { publishPlan as putOnAir } from '../../media/plan/edits.ts';
import { AppError, notFound } from '../errors.ts';
import type { SignedIn } from '../http/caller.ts';
import type { CatalogueFilm } from '../library/film-catalogue.ts';
import { announcementsAfter } from '../onair/announcements.ts';
import { type Fillers, fillersOf } from '../onair/channel-fillers.ts';
import { type Current, type CurrentPlaces, editChannel, type Made, refusedEdit } from '../onair/edit-channel.ts';
import type { Publication } from '../onair/head-store.ts';
import { requireNoErrors } from './decide-plan.ts';
import { withFreeKeys } from './item-keys.ts';
import { requireState } from './plan-access.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import type { PlanPublication, PlanRecord } from './plan-record.ts';
import { checkedPlan, type CheckedPlan } from './plan-view.ts';
import { withPlanAtPlace } from './publish-at-place.ts';
import { claimPlan, releaseClaim, settleClaims, settledClaim } from './settle-plan.ts';

/** Who publishes. */
type Publisher = Pick<SignedIn, 'id' | 'username' | 'name'>;

/** What was over or short of notice when it was approved is not published, or was known to the approver. */
const forgivenAtPublishing = ['start_in_past'];

/** The office looks after channels too: only another plan makes a publication stale. */
const tries = 3;

/** Characters of the plan's id that tell equal item ids of two plans apart. */
const suffixLength = 8;

/** How fillers go on from the cell at which a plan takes effect: what aired until then is known, and what is on air is not cut short. */
function turnsFrom(timeline: Timeline, { fromCell, toCell }: PlanList, cell: number, fillers: Fillers): FillerTurns {
  const from = Math.max(fromCell, cell);
  const runs: readonly Run[] = timeline.spans.filter(({ itemId }) => itemId !== undefined);
  const around = [...cutRuns(runs, -Infinity, from), ...cutRuns(runs, toCell, Infinity)];
  const running = plannedRuns(timeline, timeline.fromCell).find((run) => run.fromCell < from && endCell(run) > from);
  const isFiller = running?.itemId !== undefined && timeline.items[running.itemId]?.kind === 'filler';
  return { ...fillers, around, begun: { fromCell: from, ...(isFiller ? { running } : {}) } };
}

/** The next document of a channel with a plan on it from the activation cell on. */
function withPlan(checked: CheckedPlan, { channel, fillers }: Target, { document }: Current, atMs: number): Made {
  const { plan, list, films } = checked;
  const cell = activationCell(atMs);
  const compiled = withFreeKeys(
    compilePlan(list, films, fillers.pool, turnsFrom(document.timeline, list, cell, fillers)),
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

/** The same for any plan: that of a place goes into the place's layer. */
export const withAnyPlan = (checked: CheckedPlan, target: Target, current: CurrentPlaces, atMs: number): Made =>
  checked.plan.place === undefined
    ? withPlan(checked, target, current, atMs)
    : withPlanAtPlace(checked, checked.plan.place, current, atMs);

/** 409 where the plan is on air already, 412 where another one got there while this request was under way (fault F36). */
function requireFirst(publication: Publication | undefined, plan: PlanRecord, askedAtMs: number): void {
  if (publication?.planId === plan.id) {
    throw new AppError('wrong_state', 'This plan is published. Make a new plan for these days and change that.');
  }
  if (publication !== undefined && publication.atMs > askedAtMs) throw overtaken();
}

const overtaken = (): AppError =>
  new AppError('stale', 'Another plan was published at the same moment. Look at the guide and publish again.');

/**
 * Puts an approved, unchanged plan on air: it replaces [max(from, effective), to) of its channel. Of two that are published
 * at once exactly one goes through.
 */
export async function publishPlan(
  parts: PlanningNeeds,
  plan: PlanRecord,
  caller: Publisher,
  askedAtMs: number,
  said: Pick<PlanPublication, 'reason' | 'restores'> = {},
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
  await settleClaims(parts, plan.channel);
  const target = await targetOf(parts, plan);
  const claim = await claimPlan(parts, plan, { by: { id: caller.id, name: caller.name }, ...said });
  try {
    await moveHead(parts, checked, { target, caller, askedAtMs });
  } catch (error) {
    await releaseClaim(parts, plan, claim);
    throw error;
  }
  await parts.onAir.refresh();
  return { ...checked, plan: await settledClaim(parts, claim) };
}

/** Moves the channel's head to a document with the plan on it, or throws. */
async function moveHead(
  parts: PlanningNeeds,
  checked: CheckedPlan,
  { target, caller, askedAtMs }: { readonly target: Target; readonly caller: Publisher; readonly askedAtMs: number },
): Promise<void> {
  const { plan } = checked;
  const { place } = plan;
  let first: { readonly publication: Publication | undefined } | undefined;
  const make = (current: CurrentPlaces, atMs: number): Made => {
    const publication = place === undefined ? current.head.publication : current.layers.get(place)?.publication;
    first ??= { publication };
    requireFirst(publication, plan, askedAtMs);
    if (!isDeepStrictEqual(publication, first.publication)) throw overtaken();
    return withAnyPlan(checked, target, current, atMs);
  };
  const why = { by: caller.username, reason: `plan ${plan.id}` };
  const named = place === undefined ? { planId: plan.id } : {};
  const outcome = await editChannel(parts, { channel: plan.channel, why, ...named, make }, tries);
  if (outcome === 'overtaken' || outcome === 'too-slow') throw refusedEdit(outcome, 'Wait a moment and publish again.');
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
