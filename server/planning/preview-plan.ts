import type { PlanPreview } from '../../media/contract/plan-versions.ts';
import { activationCell } from '../../media/channel/activation.ts';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import { civilDateOf } from '../../media/grid/civil-time.ts';
import { type GuideRow, guideRows } from '../../media/plan/guide.ts';
import { planDifference, type PlanChange } from '../../media/plan/plan-difference.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import { channelOfPlace } from '../notices/board.ts';
import { currentOf, withPlaces } from '../onair/edit-channel.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import type { PlanRecord } from './plan-record.ts';
import { checkedPlan } from './plan-view.ts';
import { targetOf, withAnyPlan } from './publish-plan.ts';
import { seenByPlan } from './seen-by-plan.ts';

const dayMs = 86_400_000;
/** Days that notice boards show. */
const announcedMs = 31 * dayMs;
const mostNames = 100;

/** What publishing a plan at this moment would change; nothing is changed by asking. */
export async function previewPlan(parts: PlanningNeeds, plan: PlanRecord): Promise<PlanPreview> {
  const atMs = parts.clock();
  const checked = await checkedPlan(parts, plan);
  const current = await withPlaces(parts, await currentOf(parts, plan.channel));
  const made = withAnyPlan(checked, await targetOf(parts, plan), current, atMs);
  const fromCell = activationCell(atMs);
  const seen = (timeline: Timeline, layers = current.layers): Timeline =>
    seenByPlan(plan, timeline, layers, { parentOf: current.parentOf, fromCell });
  const [before, after] = [seen(current.document.timeline), seen(made.document.timeline, made.layers)];
  const rowsOf = (timeline: Timeline): readonly GuideRow[] =>
    guideRows(timeline, fromCell, checked.list.toCell).filter(
      (row) => row.fromCell >= fromCell || row.toCell > fromCell,
    );
  const dayOf = (startAtMs: number): string => civilDateOf(startAtMs, parts.settings.TIME_ZONE);
  const changes = planDifference(rowsOf(before), rowsOf(after), dayOf);
  const shown = changes.filter((change) => startOf(change) < atMs + announcedMs);
  const isShort = ({ kind, after }: PlanChange): boolean =>
    kind !== 'removed' && after !== undefined && after.startAtMs < atMs + dayMs;
  return {
    effectiveAtMs: cellStartAtMs(fromCell),
    counts: countsOf(changes),
    days: daysOf(changes, dayOf),
    stations: await stationsOf(parts, plan),
    board: { counts: countsOf(shown), shortNotice: shown.filter(isShort).length },
  };
}

const startOf = ({ before, after }: PlanChange): number => (after ?? before)?.startAtMs ?? 0;

function countsOf(changes: readonly PlanChange[]): PlanPreview['counts'] {
  const count = (kind: PlanChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  return { added: count('added'), removed: count('removed'), moved: count('moved'), changed: count('changed') };
}

function daysOf(changes: readonly PlanChange[], dayOf: (atMs: number) => string): PlanPreview['days'] {
  const days = new Map<string, PlanPreview['days'][number]>();
  for (const change of changes) {
    const date = dayOf(startOf(change));
    const day = days.get(date) ?? { date, changes: [] };
    days.set(date, day);
    const { kind, before, after, fields } = change;
    day.changes.push({
      ...{ kind, fields: [...fields] },
      ...(before === undefined ? {} : { before: shownItem(before) }),
      ...(after === undefined ? {} : { after: shownItem(after) }),
    });
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

const shownItem = ({ title, startAtMs, endAtMs, mustWatch }: GuideRow) => ({ title, startAtMs, endAtMs, mustWatch });

/** Stations of the channel, or of it those in the plan's place. */
async function stationsOf(
  { places, onAir }: PlanningNeeds,
  { channel, place }: Pick<PlanRecord, 'channel' | 'place'>,
): Promise<PlanPreview['stations']> {
  const tree = await places.tree();
  const stations = (await places.list()).filter(
    ({ kind, code }) =>
      kind === 'station' &&
      channelOfPlace(onAir.channels(), tree, code)?.code === channel &&
      (place === undefined || tree.isWithin(code, place)),
  );
  return { count: stations.length, names: stations.slice(0, mostNames).map(({ name }) => name) };
}
