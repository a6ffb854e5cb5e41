import { type Run, cutRun } from '../grid/span.ts';
import { fillerItem, fillerItemId, type FillerPool, type FillerTurns, fillWithFilms } from './fill-with-films.ts';
import { type FilmTable, type PlanList, isReady } from './plan.ts';
import type { OpenSlot } from './cell-ranges.ts';
import { openSlotsOf } from './open-slots.ts';
import { placeItems } from './place-items.ts';
import { slotsOf } from './item-slots.ts';
import type { ItemSlot, RevisionFacts, TimelineItem } from './timeline.ts';

/** A plan ready to be spliced into a timeline: item runs in order on [fromCell, toCell), holes between them are slate. */
export interface CompiledPlan {
  readonly fromCell: number;
  readonly toCell: number;
  readonly runs: readonly Run[];
  /** What is left to townships and villages; nothing where absent. */
  readonly open?: readonly OpenSlot[];
  readonly revisions: Readonly<Record<string, RevisionFacts>>;
  readonly items: Readonly<Record<string, TimelineItem>>;
  /** Times of items with alternates and of those whose film is missing. */
  readonly itemSlots?: readonly ItemSlot[];
}

/**
 * Turns a list into runs of cells. Total and deterministic: a film that may not air is replaced
 * by its first alternate that may, or leaves a hole; what reaches over the
 * plan's edges is cut there; `checkPlan` says so beforehand. The order of rows matters only to items that follow.
 * Fillers take turns in the holes; what is too short for any of them stays a hole.
 */
export function compilePlan(
  list: PlanList,
  films: FilmTable,
  fillers: FillerPool = [],
  turns: FillerTurns = { seed: '', restCells: 0 },
): CompiledPlan {
  const runs: Run[] = [];
  const revisions: Record<string, RevisionFacts> = {};
  const items: Record<string, TimelineItem> = {};
  const itemSlots: ItemSlot[] = [];
  const { placements } = placeItems(list, films);
  const open = openSlotsOf(placements, list);
  for (const placement of placements) {
    const { item, film, isStandIn, fromCell } = placement;
    itemSlots.push(...slotsOf(placement));
    if (!isReady(film)) continue;
    // A stand-in may be shorter than the time that it has.
    const cells = Math.min(placement.cells, film.facts.segments);
    const whole = { fromCell, cells, revision: film.revision, firstSegment: 0, itemId: item.id };
    const inside = cutRun(whole, list.fromCell, list.toCell);
    if (!inside || cells === 0) continue;
    runs.push(inside);
    revisions[film.revision] = film.facts;
    items[item.id] = {
      filmId: film.filmId,
      title: isStandIn ? film.title : (item.title ?? film.title),
      kind: 'item',
      mustWatch: item.mustWatch,
      ...(item.note === undefined ? {} : { note: item.note }),
      ...(isStandIn ? { insteadOf: placement.title } : {}),
    };
  }
  const filled = fillWithFilms(fillers, turns, runs, list);
  const used = new Set(filled.map(({ itemId }) => itemId));
  for (const film of fillers.filter((each) => used.has(fillerItemId(each)))) {
    revisions[film.revision] = film.facts;
    items[fillerItemId(film)] = fillerItem(film);
  }
  return { fromCell: list.fromCell, toCell: list.toCell, runs: filled, open, revisions, items, itemSlots };
}
