import { CELL_MS, cellAt, cellStartAtMs, cellsOf, isOnGrid } from '../grid/cell.ts';
import { civilDateOf, formatCivilTime } from '../grid/civil-time.ts';
import { type FindingCode, type PlanFinding, findingSeverities } from './finding.ts';
import { type Placement, placeItems } from './place-items.ts';
import { type FilmTable, type PlanItem, type PlanList, SHORTEST_ITEM_CELLS, hasPackage, isReady } from './plan.ts';
import type { PackageKind, Timeline } from './timeline.ts';

/** What a plan is held against. */
export interface PlanContext {
  readonly films: FilmTable;
  /** Instant of the check, UTC ms. */
  readonly atMs: number;
  /** County zone, IANA name. */
  readonly timeZone: string;
  readonly package: PackageKind;
  /** The channel's timeline: an item that is already there at its cell is not new. */
  readonly published?: Timeline;
}

type Params = PlanFinding['params'];

function finding(code: FindingCode, params: Params, at?: Pick<Placement, 'item' | 'row'>): PlanFinding {
  const where = at ? { itemId: at.item.id, row: at.row } : {};
  return { severity: findingSeverities[code], code, ...where, params };
}

const titleOf = ({ item, film }: Placement): string => item.title ?? film?.title ?? item.filmId;
/** `2026-12-01 19:30`, with seconds where they are not 0. */
const clock = (cell: number, zone: string): string =>
  formatCivilTime(cellStartAtMs(cell), zone).slice(0, 19).replace('T', ' ').replace(/:00$/, '');

/** Cells on which the items of a timeline begin, by item id. */
function publishedStarts(timeline: Timeline | undefined): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  for (const run of [...(timeline?.spans ?? []), ...(timeline?.planned ?? [])]) {
    if (run.itemId !== undefined && run.firstSegment === 0 && !starts.has(run.itemId))
      starts.set(run.itemId, run.fromCell);
  }
  return starts;
}

/** The film itself: known, passed, there in the channel's package, long enough. */
function checkFilm(placement: Placement, context: PlanContext): PlanFinding[] {
  const { film, item, wantedCells } = placement;
  const params = { title: titleOf(placement) };
  const start = (): string => clock(placement.fromCell, context.timeZone);
  if (!film) return [finding('film_missing', { filmId: item.filmId, start: start() }, placement)];
  if (film.state === 'withdrawn') return [finding('film_withdrawn', { ...params, start: start() }, placement)];
  if (!isReady(film)) return [finding('film_not_ready', { ...params, start: start(), state: film.state }, placement)];
  const found: PlanFinding[] = [];
  if (!hasPackage(film, context.package))
    found.push(finding('no_package', { ...params, start: start(), package: context.package }, placement));
  if (wantedCells < SHORTEST_ITEM_CELLS) {
    const shortestS = (SHORTEST_ITEM_CELLS * CELL_MS) / 1000;
    found.push(
      finding(
        'item_too_short',
        { ...params, start: start(), seconds: (wantedCells * CELL_MS) / 1000, shortestS },
        placement,
      ),
    );
  }
  return found;
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
  const title = titleOf(placement);
  const found: PlanFinding[] = [];
  if (item.startMode !== 'follow' && item.startAtMs !== undefined && !isOnGrid(item.startAtMs)) {
    found.push(finding('off_grid', { title, start: formatCivilTime(item.startAtMs, timeZone) }, placement));
  }
  if (fromCell < list.fromCell || fromCell >= list.toCell) {
    const edges = { from: clock(list.fromCell, timeZone), to: clock(list.toCell, timeZone) };
    found.push(finding('outside_plan', { title, start: clock(plannedCell, timeZone), ...edges }, placement));
  }
  if (fromCell <= cellAt(atMs) && starts.get(item.id) !== fromCell)
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
  const title = titleOf(placement);
  const late = fromCell - plannedCell;
  if (late > 0 && item.startMode === 'soft') {
    const times = { planned: clock(plannedCell, timeZone), start: clock(fromCell, timeZone) };
    found.push(finding('late', { title, ...times, seconds: (late * CELL_MS) / 1000 }, placement));
  }
  const truncated = (lost: number, by: string): PlanFinding =>
    finding('truncated', { title, start: clock(fromCell, timeZone), seconds: (lost * CELL_MS) / 1000, by }, placement);
  const asked = item.durationMs === undefined ? undefined : cellsOf(item.durationMs);
  if (isReady(film) && asked !== undefined && asked < film.facts.segments) {
    found.push(truncated(film.facts.segments - asked, 'duration'));
  }
  if (cutter && cells < wantedCells) {
    // An item that was to end in time and slid because it waited is cut short; one that never fitted overlaps.
    if (plannedCell + wantedCells > cutter.plannedCell) {
      const overlapS = ((wantedCells - cells) * CELL_MS) / 1000;
      const params = { title: titleOf(cutter), start: clock(cutter.fromCell, timeZone), otherTitle: title };
      found.push(finding('overlap', { ...params, otherRow: placement.row, seconds: overlapS }, cutter));
    } else found.push(truncated(wantedCells - cells, 'next'));
  }
  const beyond = fromCell + cells - list.toCell;
  if (beyond > 0 && beyond < cells) found.push(truncated(beyond, 'plan_end'));
  return found;
}

/** Slate between neighbours of one county day; the night between two days is no gap. */
function checkGaps(placements: readonly Placement[], timeZone: string): PlanFinding[] {
  const airing = placements.filter(({ cells }) => cells > 0).sort((a, b) => a.fromCell - b.fromCell);
  return airing.flatMap((placement, index) => {
    const before = airing[index - 1];
    if (!before) return [];
    const end = before.fromCell + before.cells;
    const gap = placement.fromCell - end;
    const dayOf = (cell: number): string => civilDateOf(cellStartAtMs(cell), timeZone);
    if (gap <= 0 || dayOf(end - 1) !== dayOf(placement.fromCell)) return [];
    const params = { title: titleOf(placement), otherTitle: titleOf(before), otherRow: before.row };
    return [finding('gap', { ...params, start: clock(end, timeZone), seconds: (gap * CELL_MS) / 1000 }, placement)];
  });
}

/** People must be able to read the notice board a day ahead; one finding for all new items of the next 24 h. */
function checkNotice(
  placements: readonly Placement[],
  context: PlanContext,
  starts: ReadonlyMap<string, number>,
): PlanFinding[] {
  const soon = cellAt(context.atMs + 86_400_000);
  const fresh = placements.filter(
    ({ item, fromCell }) => fromCell > cellAt(context.atMs) && fromCell < soon && starts.get(item.id) !== fromCell,
  );
  const [first] = fresh;
  if (!first) return [];
  const params = { title: titleOf(first), start: clock(first.fromCell, context.timeZone), items: fresh.length };
  return [finding('notice_lead', params, first)];
}

function checkUnplaced(items: readonly PlanItem[], rows: readonly number[]): PlanFinding[] {
  return rows.flatMap((row) => {
    const item = items[row - 1];
    if (!item) return [];
    const code = item.startMode === 'follow' ? 'follow_without_previous' : 'start_missing';
    return [finding(code, { title: item.title ?? item.filmId }, { item, row })];
  });
}

/**
 * Everything that is wrong with a plan, in order of rows; errors stop it from being submitted, warnings ask for a reason.
 * The same placement is compiled, so what this does not find does not happen.
 */
export function checkPlan(list: PlanList, context: PlanContext): PlanFinding[] {
  if (list.items.length === 0) return [finding('empty_plan', {})];
  const { placements, unplacedRows } = placeItems(list, context.films);
  const starts = publishedStarts(context.published);
  const byRow = new Map(placements.map((placement) => [placement.row, placement]));
  const cutterOf = ({ cutByRow }: Placement): Placement | undefined =>
    cutByRow === undefined ? undefined : byRow.get(cutByRow);
  const found = [
    ...checkUnplaced(list.items, unplacedRows),
    ...placements.flatMap((placement) => [
      ...checkFilm(placement, context),
      ...checkStart(placement, list, context, starts),
      ...checkLength(placement, cutterOf(placement), list, context.timeZone),
    ]),
    ...checkGaps(placements, context.timeZone),
    ...checkNotice(placements, context, starts),
  ];
  return found.sort((a, b) => (a.row ?? 0) - (b.row ?? 0) || (a.code < b.code ? -1 : 1));
}
