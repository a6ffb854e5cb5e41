import { LONGEST_REHEARSAL_MS, type Rehearsal, type RehearsalItem } from '../../media/contract/rehearsal.ts';
import { idSchema } from '../../media/contract/ids.ts';
import { activationCell } from '../../media/channel/activation.ts';
import { CELL_MS, ceilCell, cellAt, cellStartAtMs } from '../../media/grid/cell.ts';
import type { CellRange } from '../../media/plan/cell-ranges.ts';
import { type GuideRow, guideRows } from '../../media/plan/guide.ts';
import { LONGEST_GAP_CELLS } from '../../media/plan/lay-out-gap.ts';
import { revisionFacts, type Timeline } from '../../media/plan/timeline.ts';
import { spanAt } from '../../media/plan/timeline-spans.ts';
import { AppError } from '../errors.ts';
import { present } from '../http/present.ts';
import type { CardParts } from '../onair/card-parts.ts';
import { currentOf, withPlaces } from '../onair/edit-channel.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import type { PlanRecord } from './plan-record.ts';
import { checkedPlan } from './plan-view.ts';
import { targetOf, withAnyPlan } from './publish-plan.ts';
import { seenByPlan } from './seen-by-plan.ts';

export type RehearsalNeeds = PlanningNeeds & Pick<CardParts, 'withCardsToCome'>;

/** Instants [from, to), UTC ms; 422 where they are none or more than a day. */
interface Asked {
  readonly from: number;
  readonly to: number;
}

function requireRange({ from, to }: Asked): void {
  const refuse = (message: string): never => {
    throw new AppError('invalid', `to: ${message}`, { fields: [{ path: 'to', message }] });
  };
  if (to <= from) refuse('Choose an instant after from.');
  if (to - from > LONGEST_REHEARSAL_MS) refuse('Ask for at most 24 hours at a time.');
}

/** What would air if a plan were published at this moment, made as publishing makes it; nothing is changed by asking. */
export async function rehearsePlan(parts: RehearsalNeeds, plan: PlanRecord, asked: Asked): Promise<Rehearsal> {
  requireRange(asked);
  const range = { fromCell: cellAt(asked.from), toCell: ceilCell(asked.to) };
  const { timeline, effectiveAtMs } = await rehearsedTimeline(parts, plan, range);
  const items = guideRows(timeline, range.fromCell, range.toCell).map((row) => itemOf(timeline, row));
  return { version: plan.version, effectiveAtMs, items };
}

/** The timeline as viewers of the plan's place would see it, with what its gaps are going to show within a range. */
async function rehearsedTimeline(parts: RehearsalNeeds, plan: PlanRecord, range: CellRange) {
  const atMs = parts.clock();
  const cell = activationCell(atMs);
  const target = await targetOf(parts, plan);
  const current = await withPlaces(parts, await currentOf(parts, plan.channel));
  const made = withAnyPlan(await checkedPlan(parts, plan), target, current, atMs);
  // Gaps that reach into the range may begin earlier.
  const gaps = { fromCell: Math.max(cell, range.fromCell - LONGEST_GAP_CELLS), toCell: range.toCell };
  const timeline = await parts.withCardsToCome(target.channel, made.document, gaps);
  const effectiveAtMs = cellStartAtMs(cell);
  const place = { parentOf: current.parentOf, fromCell: cell };
  return { timeline: seenByPlan(plan, timeline, made.layers ?? current.layers, place), effectiveAtMs };
}

function itemOf(timeline: Timeline, row: GuideRow): RehearsalItem {
  const { id, title, kind, startAtMs, endAtMs, mustWatch, insteadOf } = row;
  return {
    ...{ id, title, kind, startAtMs, endAtMs, mustWatch, ...present({ insteadOf }) },
    ...(kind === 'slate' ? {} : pictureOf(timeline, row)),
  };
}

/** The film whose picture airs: an alternate may air under the name of what it stands in for. */
function pictureOf(timeline: Timeline, { fromCell }: GuideRow): Partial<RehearsalItem> {
  const span = spanAt(timeline, fromCell);
  if (span === undefined) return {};
  const { filmId, durationMs } = revisionFacts(timeline, span.revision);
  const filmFromMs = (span.firstSegment + fromCell - span.fromCell) * CELL_MS;
  return { filmId: idSchema.parse(filmId), filmFromMs, filmMs: durationMs };
}
