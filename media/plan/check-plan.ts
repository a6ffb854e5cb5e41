import { CELL_MS, cellAt, cellStartAtMs, isOnGrid } from '../grid/cell.ts';
import { civilDateOf, formatCivilTime } from '../grid/civil-time.ts';
import { type PlanContext, clock, finding } from './check-context.ts';
import { checkFilm } from './check-film.ts';
import { checkSlots } from './check-slots.ts';
import { expandRepeats, idleLines } from './expand-repeats.ts';
import type { PlanFinding } from './finding.ts';
import { type Placement, type Placing, placeItems } from './place-items.ts';
import { type PlanList, SHORTEST_ITEM_CELLS, isReady, nameOf } from './plan.ts';

/** Id of an item in the plan of the place whose item it is on the timeline; undefined for the channel's. */
const idAtPlace = (key = ''): string | undefined => (key.includes('~') ? key.slice(key.indexOf('~') + 1) : undefined);

/** Cells on which the items of a timeline begin, by item id. */
function publishedStarts({ published: timeline, slots }: PlanContext): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  for (const run of [...(timeline?.spans ?? []), ...(timeline?.planned ?? [])]) {
    const itemId = slots === undefined ? run.itemId : idAtPlace(run.itemId);
    if (itemId !== undefined && run.firstSegment === 0 && !starts.has(itemId)) starts.set(itemId, run.fromCell);
  }
  return starts;
}

/** The start: on the grid, inside the plan's dates, not in the past unless it is history. */
function checkStart(
  placement: Placement,
  list: PlanList,
  context: PlanContext,
  starts: ReadonlyMap<string, number>,
): PlanFinding[] {
  const { item, fromCell, plannedCell } = placement;
  const { timeZone, atMs } = context;
  const title = placement.title;
  const found: PlanFinding[] = [];
  if (item.startMode !== 'follow' && item.startAtMs !== undefined && !isOnGrid(item.startAtMs)) {
    found.push(finding('off_grid', { title, start: formatCivilTime(item.startAtMs, timeZone) }, placement));
  }
  if (fromCell < list.fromCell || fromCell >= list.toCell) {
    const edges = { from: clock(list.fromCell, timeZone), to: clock(list.toCell, timeZone) };
    found.push(finding('outside_plan', { title, start: clock(plannedCell, timeZone), ...edges }, placement));
  }
  // A slot without a film is not on the timeline, and what of it is over changes nothing.
  if (item.filmId !== undefined && fromCell <= cellAt(atMs) && starts.get(item.id) !== fromCell)
    found.push(finding('start_in_past', { title, start: clock(plannedCell, timeZone) }, placement));
  return found;
}

/** How much of the film is not shown, and because of whom: `cutter` is the item that cuts this one short. */
function checkLength(
  placement: Placement,
  cutter: Placement | undefined,
  list: PlanList,
  timeZone: string,
): PlanFinding[] {
  const { film, item, fromCell, cells, wantedCells, plannedCell } = placement;
  const found: PlanFinding[] = [];
  const title = placement.title;
  const late = fromCell - plannedCell;
  if (late > 0 && item.startMode === 'soft') {
    const times = { planned: clock(plannedCell, timeZone), start: clock(fromCell, timeZone) };
    found.push(finding('late', { title, ...times, seconds: (late * CELL_MS) / 1000 }, placement));
  }
  const truncated = (lost: number, by: string): PlanFinding =>
    finding('truncated', { title, start: clock(fromCell, timeZone), seconds: (lost * CELL_MS) / 1000, by }, placement);
  if (isReady(film) && wantedCells < film.facts.segments) {
    found.push(truncated(film.facts.segments - wantedCells, 'duration'));
  }
  if (cutter && cells < wantedCells) {
    // An item that was to end in time and slid because it waited is cut short; one that never fitted overlaps.
    if (plannedCell + wantedCells > cutter.plannedCell) {
      const overlapS = ((wantedCells - cells) * CELL_MS) / 1000;
      const params = { title: cutter.title, start: clock(cutter.fromCell, timeZone), otherTitle: title };
      found.push(finding('overlap', { ...params, otherRow: placement.row, seconds: overlapS }, cutter));
    } else found.push(truncated(wantedCells - cells, 'next'));
  }
  const beyond = fromCell + cells - list.toCell;
  if (beyond > 0 && beyond < cells) found.push(truncated(beyond, 'plan_end'));
  return found;
}

/** Slate between neighbours of one county day; the night between two days is no gap, but a flash of slate always is one. */
function checkGaps(placements: readonly Placement[], timeZone: string): PlanFinding[] {
  const airing = placements.filter(({ cells }) => cells > 0).sort((a, b) => a.fromCell - b.fromCell);
  return airing.flatMap((placement, index) => {
    const before = airing[index - 1];
    if (!before) return [];
    const end = before.fromCell + before.cells;
    const gap = placement.fromCell - end;
    const dayOf = (cell: number): string => civilDateOf(cellStartAtMs(cell), timeZone);
    const isScrap = gap < SHORTEST_ITEM_CELLS;
    if (gap <= 0 || (dayOf(end - 1) !== dayOf(placement.fromCell) && !isScrap)) return [];
    const names = { title: placement.title, otherTitle: before.title, otherRow: before.row };
    const params = { ...names, start: clock(end, timeZone), seconds: (gap * CELL_MS) / 1000 };
    const codes = isScrap ? (['gap', 'slate_scrap'] as const) : (['gap'] as const);
    return codes.map((code) => finding(code, params, placement));
  });
}

/** A must-watch item whose film people do not see from its first second to its last. */
function checkMustWatch(placement: Placement, { toCell }: PlanList, timeZone: string): PlanFinding[] {
  const { item, film, fromCell, cells, title, isStandIn } = placement;
  if (!item.mustWatch || !isReady(film)) return [];
  const missing = film.facts.segments - Math.min(cells, toCell - fromCell);
  if (!isStandIn && missing <= 0) return [];
  const params = { title, start: clock(fromCell, timeZone), alternate: isStandIn ? film.title : '' };
  return [finding('must_watch_cut', { ...params, seconds: (Math.max(0, missing) * CELL_MS) / 1000 }, placement)];
}

/** People must be able to read the notice board a day ahead; one finding for all new items of the next 24 h. */
function checkNotice(
  placements: readonly Placement[],
  context: PlanContext,
  starts: ReadonlyMap<string, number>,
): PlanFinding[] {
  const soon = cellAt(context.atMs + 86_400_000);
  const fresh = placements.filter(
    ({ item, fromCell }) =>
      item.filmId !== undefined &&
      fromCell > cellAt(context.atMs) &&
      fromCell < soon &&
      starts.get(item.id) !== fromCell,
  );
  const [first] = fresh;
  if (!first) return [];
  const params = { title: first.title, start: clock(first.fromCell, context.timeZone), items: fresh.length };
  return [finding('notice_lead', params, first)];
}

function checkUnplaced(unplaced: Placing['unplaced']): PlanFinding[] {
  return unplaced.map(({ item, row }) => {
    const code = item.startMode === 'follow' ? 'follow_without_previous' : 'start_missing';
    return finding(code, { title: nameOf(item) }, { item, row });
  });
}

/** Lines that repeat on no day of the plan, and so never air. */
function checkIdle(written: PlanList, list: PlanList, timeZone: string): PlanFinding[] {
  return idleLines(written, list).map(({ item, line }) => {
    const params = { title: nameOf(item), start: formatCivilTime(item.startAtMs ?? 0, timeZone) };
    return finding('repeat_without_day', params, { item, row: line.row });
  });
}

/**
 * Everything that is wrong with a plan, in order of rows; errors stop it from being submitted, warnings ask for a reason.
 * The same placement is compiled, so what this does not find does not happen. The list is taken as it was written.
 */
export function checkPlan(written: PlanList, context: PlanContext): PlanFinding[] {
  if (written.items.length === 0) return [finding('empty_plan', {})];
  const list = expandRepeats(written, context.timeZone);
  const { placements, unplaced } = placeItems(list, context.films);
  const starts = publishedStarts(context);
  const byId = new Map(placements.map((placement) => [placement.item.id, placement]));
  const cutterOf = ({ cutById }: Placement): Placement | undefined =>
    cutById === undefined ? undefined : byId.get(cutById);
  const found = [
    ...checkUnplaced(unplaced),
    ...checkIdle(written, list, context.timeZone),
    ...placements.flatMap((placement) => [
      ...checkFilm(placement, context),
      ...checkStart(placement, list, context, starts),
      ...checkLength(placement, cutterOf(placement), list, context.timeZone),
      ...checkMustWatch(placement, list, context.timeZone),
      ...(context.slots
        ? checkSlots(placement, context.slots, { timeZone: context.timeZone, fromCell: cellAt(context.atMs) })
        : []),
    ]),
    // Around the items of a place, the channel goes on.
    ...(context.slots ? [] : checkGaps(placements, context.timeZone)),
    ...checkNotice(placements, context, starts),
  ];
  return found.sort((a, b) => (a.row ?? 0) - (b.row ?? 0) || (a.code < b.code ? -1 : 1));
}
