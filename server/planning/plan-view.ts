import { type Finding, type Plan, repeatSchema } from '../../media/contract/planning.ts';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import { formatCivilTime } from '../../media/grid/civil-time.ts';
import { checkPlan } from '../../media/plan/check-plan.ts';
import { expandRepeats } from '../../media/plan/expand-repeats.ts';
import { findingText } from '../../media/plan/finding-text.ts';
import type { PlanFinding } from '../../media/plan/finding.ts';
import { idSchema } from '../../media/contract/ids.ts';
import type { OpenSlot } from '../../media/plan/cell-ranges.ts';
import { type Placement, placeItems } from '../../media/plan/place-items.ts';
import { type FilmTable, type PlanItem, type PlanList, bareSlotTitle, filmIdsOf } from '../../media/plan/plan.ts';
import { present } from '../http/present.ts';
import { type PlanCells, planCells } from './plan-dates.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import { slotsFor } from './place-slots.ts';
import type { PlanRecord } from './plan-record.ts';

/** A plan held against the films of this moment. */
export interface CheckedPlan {
  readonly plan: PlanRecord;
  /** With every repeat written out. */
  readonly list: PlanList;
  readonly films: FilmTable;
  readonly findings: readonly PlanFinding[];
  /** What is open to the place of the plan on its days. */
  readonly openSlots?: readonly OpenSlot[];
}

export type CheckParts = Pick<PlanningNeeds, 'filmCatalogue' | 'channels' | 'onAir' | 'settings' | 'clock'>;

/** Checks a plan: its films as the library knows them now, its channel's package, what is published already. */
export async function checkedPlan(parts: CheckParts, plan: PlanRecord, cells?: PlanCells): Promise<CheckedPlan> {
  const { fromCell, toCell } = cells ?? planCells(plan.from, plan.to, parts.settings.TIME_ZONE);
  const films = await parts.filmCatalogue.table(plan.items.flatMap(filmIdsOf));
  const channel = await parts.channels.find(plan.channel);
  const onAir = parts.onAir.find(plan.channel);
  const seen = onAir && parts.onAir.seenFrom(onAir, plan.place);
  const published = seen?.document.timeline;
  const slots = plan.place === undefined ? undefined : slotsFor(parts.onAir, onAir, plan.place, { fromCell, toCell });
  const written = { items: plan.items, fromCell, toCell };
  const findings = checkPlan(written, {
    films,
    atMs: parts.clock(),
    timeZone: parts.settings.TIME_ZONE,
    package: channel?.package ?? 'ts',
    languages: channel?.languages ?? [],
    ...(published === undefined ? {} : { published }),
    ...(slots === undefined ? {} : { slots }),
  });
  const list = expandRepeats(written, parts.settings.TIME_ZONE);
  return { plan, list, films, findings, ...(slots === undefined ? {} : { openSlots: slots.named }) };
}

/** A finding as clients read it. */
export const findingView = (finding: PlanFinding): Finding => ({
  ...finding,
  params: { ...finding.params },
  message: findingText(finding, 'en'),
});

/** How many findings of a severity there are. */
export const countOf = (findings: readonly PlanFinding[], severity: PlanFinding['severity']): number =>
  findings.filter((finding) => finding.severity === severity).length;

/** A plan as clients read it, with where its items land. */
export function planView({ plan, list, films, findings, openSlots }: CheckedPlan, timeZone: string): Plan {
  const placed = new Map<string, Placement>();
  for (const placement of placeItems(list, films).placements) {
    const id = placement.item.line?.id ?? placement.item.id;
    if (!placed.has(id)) placed.set(id, placement);
  }
  const itemView = (item: PlanItem): Plan['items'][number] => {
    const at = placed.get(item.id);
    const { id, filmId, startMode, maxLateMs, mustWatch, open, alternates, repeat } = item;
    return {
      id,
      ...(filmId === undefined ? {} : { filmId: idSchema.parse(filmId) }),
      startMode,
      maxLateMs,
      mustWatch,
      ...present({ open, durationMs: item.durationMs, title: item.title, note: item.note }),
      ...(repeat === undefined ? {} : { repeat: repeatSchema.parse(repeat) }),
      ...(alternates === undefined ? {} : { alternates: alternates.map((filmId) => idSchema.parse(filmId)) }),
      ...(item.startAtMs === undefined ? {} : { start: formatCivilTime(item.startAtMs, timeZone) }),
      filmTitle: filmId === undefined ? bareSlotTitle : (films.get(filmId)?.title ?? ''),
      ...(at === undefined || !Number.isFinite(at.fromCell)
        ? {}
        : { startAtMs: cellStartAtMs(at.fromCell), endAtMs: cellStartAtMs(at.fromCell + at.cells) }),
    };
  };
  const slots = openSlots?.map(({ fromCell, toCell, title }) => ({
    startAtMs: cellStartAtMs(fromCell),
    endAtMs: cellStartAtMs(toCell),
    title,
  }));
  return {
    ...planHead(plan),
    items: plan.items.map(itemView),
    findings: findings.map(findingView),
    ...present({ openSlots: slots }),
  };
}

/** What lists show of a plan. */
export function planHead(plan: PlanRecord): Omit<Plan, 'items' | 'findings'> {
  const { id, channel, place, from, to, title, state, version, author, approver } = plan;
  const { effectiveAtMs, returnedReason, warningReason } = plan;
  return {
    ...{ id, channel, from, to, state, version, author },
    ...present({ place, title, approver, effectiveAtMs, returnedReason, warningReason }),
  };
}
