import { cellStartAtMs } from '../grid/cell.ts';
import { type Run, cutRuns, replaceRuns } from '../grid/span.ts';
import { type FillerPool, type FillerTurns, fillerItem, fillerItemId, fillWithFilms } from './fill-with-films.ts';
import { type FilmFacts, type FilmTable, type ReadyFilm, SHORTEST_ITEM_CELLS, hasPackage, isReady } from './plan.ts';
import { continuedId, slotEnd } from './item-slots.ts';
import { plannedRuns, splice } from './splice.ts';
import type { ItemSlot, PackageKind, RevisionFacts, Timeline, TimelineItem } from './timeline.ts';

/** What decides what airs in the time of an item. */
export interface SlotFacts {
  /** Films of the slots, as the library knows them now. */
  readonly films: FilmTable;
  readonly package: PackageKind;
  readonly fillers: FillerPool;
  readonly turns: FillerTurns;
  /** First cell that an ordinary edit may change. */
  readonly ordinaryCell: number;
  /** First cell that an urgent edit may change. */
  readonly urgentCell: number;
  /** Now, UTC ms. */
  readonly atMs: number;
}

/** An alternate is announced in place of a film that may still come no earlier than this before it airs (linear.md 3.14). */
const BOUND_MS = 2 * 3_600_000;

/** What is planned while slots are looked after one by one. */
interface Draft {
  runs: readonly Run[];
  readonly revisions: Record<string, RevisionFacts>;
  readonly items: Record<string, TimelineItem>;
}

/**
 * Films to be asked for: those of items whose own film does not air from `cell` on, or is one of `withdrawn`. The others need
 * nothing, so a month of items with alternates costs no question.
 */
export function slotFilmIds(timeline: Timeline, cell: number, withdrawn: ReadonlySet<string>): readonly string[] {
  const slots = (timeline.itemSlots ?? []).filter((slot) => slotEnd(slot) > cell);
  if (slots.length === 0) return [];
  const airing = new Map(plannedRuns(timeline, cell).map((run) => [run.itemId, filmOf(timeline, run)]));
  const inNeed = slots.filter(({ itemId, filmIds: [own] }) => airing.get(itemId) !== own || withdrawn.has(own));
  return [...new Set(inNeed.flatMap(({ filmIds }) => filmIds))];
}

/**
 * Airs in the time of each item what facts allow: its film, else the first alternate that is ready, else fillers, else slate.
 * Every item keeps its time, and nothing before `urgentCell` changes. A film that is ready only once its time has begun is
 * skipped. The same timeline where nothing is to be done.
 */
export function tendItemSlots(timeline: Timeline, facts: SlotFacts): Timeline {
  const slots = (timeline.itemSlots ?? []).filter((slot) => slotEnd(slot) > facts.urgentCell);
  if (slots.length === 0) return timeline;
  const before = plannedRuns(timeline, facts.urgentCell);
  const draft: Draft = { runs: before, revisions: {}, items: {} };
  for (const slot of slots) fillSlot(timeline, slot, facts, draft);
  for (const slot of slots) nameSlot(timeline, slot, facts, draft);
  if (draft.runs === before && Object.keys(draft.items).length === 0) return timeline;
  return splice(timeline, facts.urgentCell, {
    planned: draft.runs,
    withdrawn: timeline.withdrawn.filter((revision) => !(revision in draft.revisions)),
    revisions: draft.revisions,
    items: draft.items,
  });
}

/** Puts the film that should air into a slot, or fillers where none may. */
function fillSlot(timeline: Timeline, slot: ItemSlot, facts: SlotFacts, draft: Draft): void {
  const inside = cutRuns(draft.runs, Math.max(slot.fromCell, facts.urgentCell), slotEnd(slot));
  const airing = inside.find(({ itemId }) => itemId === slot.itemId || itemId === continuedId(slot));
  const chosen = chosenFilm(slot, facts, filmOf(timeline, airing));
  if (chosen === 'kept') return;
  // Where something airs already there is no hurry; where nothing does, the first cell that nobody has listed is in time.
  const earliest = airing === undefined ? facts.urgentCell : facts.ordinaryCell;
  const goesOn = airing === undefined && wasTakenAway(timeline, slot, facts.urgentCell);
  const fromCell = Math.max(slot.fromCell, facts.urgentCell);
  const cells = Math.min(slotEnd(slot) - fromCell, chosen?.facts.segments ?? 0);
  if (chosen !== undefined && (goesOn || slot.fromCell >= earliest) && cells >= SHORTEST_ITEM_CELLS) {
    const itemId = goesOn ? continuedId(slot) : slot.itemId;
    draft.revisions[chosen.revision] = chosen.facts;
    putInto(draft, slot, fromCell, [{ fromCell, cells, revision: chosen.revision, firstSegment: 0, itemId }], facts);
  } else if (inside.length === 0) putInto(draft, slot, fromCell, [], facts);
}

/** The first film in order that airs already or may; `kept` where that is what airs. */
function chosenFilm(slot: ItemSlot, facts: SlotFacts, airing: string | undefined): ReadyFilm | 'kept' | undefined {
  for (const filmId of slot.filmIds) {
    const film: FilmFacts | undefined = facts.films.get(filmId);
    if (filmId === airing && film?.state !== 'withdrawn') return 'kept';
    if (isReady(film) && hasPackage(film, facts.package)) return film;
  }
  return undefined;
}

const filmOf = (timeline: Timeline, run: Run | undefined): string | undefined =>
  run === undefined ? undefined : timeline.revisions[run.revision]?.filmId;

/** Whether an item is on air until the first cell that may change, and its film was withdrawn: then an alternate goes on. */
function wasTakenAway(timeline: Timeline, slot: ItemSlot, cell: number): boolean {
  const [last] = cutRuns(plannedRuns(timeline, cell - 1), cell - 1, cell);
  return last?.itemId === slot.itemId && timeline.withdrawn.includes(last.revision);
}

/** Replaces what is planned in the rest of a slot; a filler that reached beyond it does not begin in its middle. */
function putInto(draft: Draft, slot: ItemSlot, fromCell: number, inside: readonly Run[], facts: SlotFacts): void {
  const toCell = slotEnd(slot);
  const isScrap = (run: Run): boolean =>
    run.fromCell === toCell && run.firstSegment > 0 && (run.itemId?.startsWith('filler-') ?? false);
  const around = [...cutRuns(draft.runs, -Infinity, fromCell), ...cutRuns(draft.runs, toCell, Infinity)];
  const filled = fillWithFilms(facts.fillers, { ...facts.turns, around }, inside, { fromCell, toCell });
  if (filled.length === 0) return;
  const used = new Set(filled.map(({ itemId }) => itemId));
  for (const film of facts.fillers.filter((each) => used.has(fillerItemId(each)))) {
    draft.revisions[film.revision] = film.facts;
    draft.items[fillerItemId(film)] = fillerItem(film);
  }
  draft.runs = replaceRuns(draft.runs, fromCell, toCell, filled).filter((run) => !isScrap(run));
}

/** Says what people are told of a slot: what was planned while it may still come, the alternate once it is settled. */
function nameSlot(timeline: Timeline, slot: ItemSlot, facts: SlotFacts, draft: Draft): void {
  const [own] = slot.filmIds;
  // Of a film that was not asked for nothing new is known.
  if (!facts.films.has(own)) return;
  const mayCome = facts.films.get(own)?.state !== 'withdrawn' && cellStartAtMs(slot.fromCell) - facts.atMs > BOUND_MS;
  for (const key of [slot.itemId, continuedId(slot)]) {
    const run = draft.runs.find(({ itemId }) => itemId === key);
    const film = run && (draft.revisions[run.revision] ?? timeline.revisions[run.revision]);
    if (film === undefined) continue;
    const isOwn = film.filmId === own || mayCome;
    const named = isOwn ? itemOf(slot, own, slot.title) : itemOf(slot, film.filmId, film.title, slot.title);
    const known = timeline.items[key];
    const isSame = known?.title === named.title && known.filmId === named.filmId && known.insteadOf === named.insteadOf;
    if (!isSame) draft.items[key] = named;
  }
}

const itemOf = (slot: ItemSlot, filmId: string, title: string, insteadOf?: string): TimelineItem => ({
  filmId,
  title,
  kind: 'item',
  mustWatch: slot.mustWatch,
  ...(slot.note === undefined ? {} : { note: slot.note }),
  ...(insteadOf === undefined ? {} : { insteadOf }),
});
