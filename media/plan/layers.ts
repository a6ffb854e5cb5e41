import { type Run, continues, cutRun, cutRuns, endCell, replaceRuns } from '../grid/span.ts';
import type { CompiledPlan } from './compile-plan.ts';
import { slateRuns } from './fill-gaps.ts';
import { type CellRange, joinedRanges, withoutRanges } from './cell-ranges.ts';
import { slotEnd, slotsAfter } from './item-slots.ts';
import { type OwnCard, withOwnCards } from './own-cards.ts';
import { slateForUntrueCards } from './untrue-cards.ts';
import { insertionRuns, isRemembered, numberSpans, resumedRun } from './splice.ts';
import {
  type Epoch,
  FIRST_DSN,
  type Interrupt,
  type ItemSlot,
  type RevisionFacts,
  type Timeline,
  type TimelineItem,
  revisionFacts,
  tailCell,
} from './timeline.ts';
import { spanAt, spansBetween } from './timeline-spans.ts';

/**
 * What a place airs of its own over the channel of the place above: on every cell its own run, else the parent's cell
 * (linear.md 3.9). Runs that aired are written down here, so no edit of either ever changes a listed cell.
 */
export interface PlaceLayer {
  /** First cell that the place numbers by itself; before it, segments and numbers are the parent's. */
  readonly fromCell: number;
  /** Stored discontinuity sequence number of that cell. */
  readonly firstDsn: number;
  /** The channel's yearly numberings with the place's own `baseDsn`. */
  readonly epochs: readonly Epoch[];
  /** What airs instead of the parent's cells, in order: own items, insertions, and slate while the place is cut. */
  readonly airing: readonly Run[];
  /** Slate where cards of the place above would name what this one does not air, and cards of its own; absent where there is none. */
  readonly quiet?: readonly Run[];
  /** Cards that can air before its own programmes; absent where there never were any. */
  readonly cards?: readonly OwnCard[];
  /** What the place has published, whether there is a slot for it or not. */
  readonly planned: readonly Run[];
  /** Cuts and insertions of this place alone. */
  readonly interrupts: readonly Interrupt[];
  readonly revisions: Readonly<Record<string, RevisionFacts>>;
  readonly items: Readonly<Record<string, TimelineItem>>;
  /** Times of the place's items with alternates and of those whose film is missing; absent where there are none. */
  readonly itemSlots?: readonly ItemSlot[];
}

/** Where a place may air its own items. */
export interface LayerGate {
  /** Slots that every place above leaves open. */
  readonly slots: readonly CellRange[];
  /** Cells of cuts and insertions above, which displace everything. */
  readonly closed: readonly CellRange[];
}

/** A layer with nothing in it; `nowCell` is listed already, so its number never changes. */
export function emptyLayer(parent: Timeline, nowCell: number): PlaceLayer {
  const fromCell = Math.max(nowCell, parent.fromCell);
  const firstDsn = spanAt(parent, fromCell)?.dsn ?? parent.firstDsn;
  const nothing = { airing: [], planned: [], interrupts: [], revisions: {}, items: {} };
  return { fromCell, firstDsn, epochs: parent.epochs, ...nothing };
}

/** Cells that interrupts take. */
export const interruptRanges = (interrupts: readonly Interrupt[]): readonly CellRange[] =>
  interrupts.map(({ fromCell, toCell = Infinity }) => ({ fromCell, toCell }));

/** The gate of places right below one that has this gate and this layer: where it airs items of its own, they may not. */
export function gateBelow(gate: LayerGate, layer: PlaceLayer): LayerGate {
  const own = layer.airing.filter(({ itemId }) => itemId !== undefined);
  const taken = own.map((run) => ({ fromCell: run.fromCell, toCell: endCell(run) }));
  return {
    slots: withoutRanges(gate.slots, taken),
    closed: [...gate.closed, ...interruptRanges(layer.interrupts)],
  };
}

/** Lower runs with the upper ones over them; both in order, the lower ones without holes. */
function overlaid(lower: readonly Run[], upper: readonly Run[], toCell: number): Run[] {
  const runs: Run[] = [];
  let next = 0;
  const takeLower = (from: number, to: number): void => {
    for (let run = lower[next]; run && run.fromCell < to; run = lower[next]) {
      const part = cutRun(run, from, to);
      if (part) runs.push(part);
      if (endCell(run) > to) return;
      next += 1;
    }
  };
  let cell = -Infinity;
  for (const run of upper) {
    takeLower(cell, run.fromCell);
    runs.push(run);
    cell = endCell(run);
  }
  takeLower(cell, toCell);
  return runs;
}

/** The timeline of a place: that of the place above with the place's own runs in it. Pure, so nobody has to store it. */
export function placeTimeline(parent: Timeline, layer: PlaceLayer): Timeline {
  const quiet = cutRuns(layer.quiet ?? [], layer.fromCell, Infinity);
  const airing = cutRuns(layer.airing, layer.fromCell, Infinity);
  const own = quiet.length === 0 ? airing : [...airing, ...quiet].sort((a, b) => a.fromCell - b.fromCell);
  const last = own.at(-1);
  const until = Math.max(tailCell(parent), layer.fromCell, last ? endCell(last) : 0);
  const loop = until > tailCell(parent) ? spanAt(parent, until - 1) : undefined;
  // Slate behind the last span loops from segment 0, so the spans end where the parent's slate begins anew.
  const toCell = loop ? endCell(loop) : until;
  const before = spansBetween(parent, parent.fromCell, layer.fromCell);
  const runs = overlaid(spansBetween(parent, layer.fromCell, toCell), own, toCell);
  const spans = numberSpans(before, runs, layer.firstDsn);
  const { format, channel, fromCell, slate, withdrawn } = parent;
  // What the channel promised and could not show is said where the place has nothing of its own instead.
  const displaced = (parent.itemSlots ?? []).filter(
    (slot) => cutRuns(airing, slot.fromCell, slotEnd(slot)).length === 0,
  );
  const itemSlots = [...displaced, ...(layer.itemSlots ?? [])].sort((a, b) => a.fromCell - b.fromCell);
  return {
    ...{ format, channel, fromCell, slate, withdrawn },
    epochs: layer.epochs,
    firstDsn: spans[0]?.dsn ?? layer.firstDsn,
    spans,
    interrupts: [],
    revisions: { ...parent.revisions, ...layer.revisions },
    items: { ...parent.items, ...layer.items },
    ...(itemSlots.length === 0 ? {} : { itemSlots }),
  };
}

/** The part of a run that its slot has room for: it begins with its slot or not at all. */
function openPart(run: Run, slots: readonly CellRange[]): Run[] {
  const slot = slots.find(({ fromCell, toCell }) => fromCell <= run.fromCell && run.fromCell < toCell);
  const part = slot && cutRun(run, slot.fromCell, slot.toCell);
  return part ? [part] : [];
}

/** Neighbouring parts of one airing joined to one run. */
function joinedRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && last.itemId === run.itemId && continues(last, run)) {
      joined[joined.length - 1] = { ...last, cells: last.cells + run.cells };
    } else joined.push(run);
  }
  return joined;
}

/** What the place airs from a cell on by its plan and the gate. */
function gatedRuns(layer: PlaceLayer, withdrawn: readonly string[], gate: LayerGate, cell: number): Run[] {
  const slots = joinedRanges(gate.slots);
  const open = withoutRanges([{ fromCell: cell, toCell: Infinity }], gate.closed);
  const inSlots = joinedRuns(layer.planned)
    .filter(({ revision }) => !withdrawn.includes(revision))
    .flatMap((run) => openPart(run, slots));
  return open.flatMap(({ fromCell, toCell }) => cutRuns(inSlots, fromCell, toCell));
}

/** Runs inside ranges that are not closed. */
const openRuns = (runs: readonly Run[], range: CellRange, closed: readonly CellRange[]): Run[] =>
  withoutRanges([range], closed).flatMap(({ fromCell, toCell }) => cutRuns(runs, fromCell, toCell));

/**
 * What an insertion displaced, from its end on: until another item starts, of the place above or of its own, and of what is
 * the place's own no more than its slot has room for.
 */
function resumedRuns(
  interrupt: Interrupt,
  parent: Timeline,
  { runs, slots }: { readonly runs: readonly Run[]; readonly slots: readonly CellRange[] },
): Run[] {
  const rest = resumedRun(interrupt, [...parent.spans, ...runs], (itemId) => parent.items[itemId]?.kind === 'filler');
  if (rest === undefined || parent.withdrawn.includes(rest.revision)) return [];
  const isParents = rest.itemId !== undefined && rest.itemId in parent.items;
  return isParents ? [rest] : openPart(rest, joinedRanges(slots));
}

/** The same with the place's own interrupts over it: insertions in order of time, then cuts, which nothing displaces. */
function interruptedRuns(
  layer: PlaceLayer,
  parent: Timeline,
  { runs: gated, gate }: { readonly runs: Run[]; readonly gate: LayerGate },
  cell: number,
): Run[] {
  const slate = { revision: parent.slate, segments: revisionFacts(parent, parent.slate).segments };
  const frozen = cutRuns(layer.airing, -Infinity, cell).at(-1);
  const order = [...layer.interrupts].sort(
    (a, b) => Number(a.kind === 'cut') - Number(b.kind === 'cut') || a.fromCell - b.fromCell,
  );
  let runs = gated;
  for (const interrupt of order) {
    for (const rest of resumedRuns(interrupt, parent, { runs: gated, slots: gate.slots })) {
      const range = { fromCell: Math.max(rest.fromCell, cell), toCell: endCell(rest) };
      if (range.fromCell < range.toCell)
        runs = replaceRuns(runs, range.fromCell, range.toCell, openRuns([rest], range, gate.closed));
    }
  }
  for (const interrupt of order) {
    const from = Math.max(interrupt.fromCell, cell);
    const to = interrupt.toCell ?? Infinity;
    if (from >= to) continue;
    const facts = layer.revisions[interrupt.revision ?? ''];
    const isShown = facts !== undefined && !parent.withdrawn.includes(interrupt.revision ?? '');
    if (interrupt.kind === 'cut') {
      runs = replaceRuns(runs, from, to, slateRuns(slate, frozen, from, to));
      continue;
    }
    const shown = isShown ? insertionRuns(interrupt, facts.segments) : [];
    // What interrupts the places above displaces an insertion of this one.
    runs = replaceRuns(runs, from, to, openRuns(shown, { fromCell: from, toCell: to }, gate.closed));
  }
  return runs;
}

/** Keeps of the tables only what the layer still names; the slate's facts come from the parent. */
function referenced(layer: PlaceLayer, parent: Timeline): PlaceLayer {
  const resumed = layer.interrupts.flatMap(({ resumes }) => resumes ?? []);
  const shown = [...layer.airing, ...(layer.quiet ?? []), ...(layer.cards ?? [])];
  const used = [...shown, ...layer.planned, ...layer.interrupts, ...resumed];
  const facts = { ...parent.revisions, ...layer.revisions };
  const keep = <T>(table: Readonly<Record<string, T>>, keys: readonly (string | undefined)[]): Record<string, T> => {
    const wanted = new Set(keys);
    return Object.fromEntries(Object.entries(table).filter(([key]) => wanted.has(key)));
  };
  const revisions = used.map(({ revision }) => revision);
  const items = used.map(({ itemId }) => itemId);
  return { ...layer, revisions: keep(facts, revisions), items: keep(layer.items, items) };
}

const isSameRun = (a: Run, b: Run | undefined): boolean =>
  a.fromCell === b?.fromCell &&
  a.cells === b.cells &&
  a.revision === b.revision &&
  a.firstSegment === b.firstSegment &&
  a.itemId === b.itemId;

const areSameRuns = (a: readonly Run[], b: readonly Run[]): boolean =>
  a.length === b.length && a.every((run, index) => isSameRun(run, b[index]));

/** Whether everything that a layer names is in its tables: nobody has just put something new into it. */
const hasItsTables = (layer: PlaceLayer): boolean =>
  [...layer.airing, ...(layer.quiet ?? [])].every(({ revision }) => revision in layer.revisions);

/**
 * The layer once its parent or its own plan or interrupts have changed: cells before `activationCell` stay as they are, all
 * later ones are made anew from plan, gate and interrupts. Runs that have no slot any more are gone. Same input, same layer;
 * where the place airs what it aired, the very same, and plans that are over wait for the next change to be forgotten.
 */
export function regatedLayer(layer: PlaceLayer, parent: Timeline, gate: LayerGate, activationCell: number): PlaceLayer {
  const cell = Math.max(activationCell, layer.fromCell);
  const interrupts = layer.interrupts.filter((each) => isRemembered(each, cell));
  const known = { ...layer, interrupts };
  const inSlots = gatedRuns(known, parent.withdrawn, gate, cell);
  const future = interruptedRuns(known, parent, { runs: inSlots, gate }, cell);
  const airing = joinedRuns([...cutRuns(layer.airing, layer.fromCell, cell), ...future]);
  const untrue = slateForUntrueCards(parent, airing, cell);
  const shown = layer.quiet ?? [];
  const place = { parent, closed: gate.closed, airing, items: layer.items };
  const gaps = withOwnCards(untrue, layer.cards ?? [], place, { shown, cell });
  const quiet = joinedRuns([...cutRuns(shown, layer.fromCell, cell), ...gaps]);
  const isSame =
    areSameRuns(airing, layer.airing) &&
    areSameRuns(quiet, shown) &&
    interrupts.length === layer.interrupts.length &&
    hasItsTables(layer);
  if (isSame) return withParentsEpochs(layer, parent);
  const planned = layer.planned.filter((run) => endCell(run) > cell);
  const slate = quiet.length === 0 && layer.quiet === undefined ? {} : { quiet };
  const cards = layer.cards && { cards: layer.cards.filter(({ of }) => of.fromCell > cell) };
  const next = { ...known, ...slate, ...cards, airing, planned };
  return withParentsEpochs(referenced(next, parent), parent);
}

/** With the numberings that the channel has opened since. */
function withParentsEpochs(layer: PlaceLayer, parent: Timeline): PlaceLayer {
  const fresh = parent.epochs.filter(({ name }) => !layer.epochs.some((own) => own.name === name));
  if (fresh.length === 0) return layer;
  const timeline = placeTimeline(parent, layer);
  const begun = fresh.map((epoch) => ({
    ...epoch,
    baseDsn: (spanAt(timeline, epoch.baseCell)?.dsn ?? FIRST_DSN) - FIRST_DSN,
  }));
  return { ...layer, epochs: [...layer.epochs, ...begun].sort((a, b) => a.baseCell - b.baseCell) };
}

/** The layer without what is older than a cell (retention), given what the place airs; numbers stay as they are. */
export function layerFrom(layer: PlaceLayer, own: Timeline, fromCell: number): PlaceLayer {
  if (fromCell <= layer.fromCell) return layer;
  const firstDsn = spanAt(own, fromCell)?.dsn ?? layer.firstDsn;
  const itemSlots = layer.itemSlots?.filter((slot) => slotEnd(slot) > fromCell);
  const slots = itemSlots === undefined ? {} : { itemSlots };
  const quiet = layer.quiet === undefined ? {} : { quiet: cutRuns(layer.quiet, fromCell, Infinity) };
  return { ...layer, ...slots, ...quiet, fromCell, firstDsn, airing: cutRuns(layer.airing, fromCell, Infinity) };
}

/** Puts a place's compiled plan into its layer: [max(fromCell, activationCell), toCell) becomes the plan, as far as slots go. */
export function planLayer(layer: PlaceLayer, activationCell: number, plan: CompiledPlan): PlaceLayer {
  const from = Math.max(plan.fromCell, activationCell);
  if (from >= plan.toCell) return layer;
  const itemSlots = slotsAfter(layer.itemSlots, from, plan.toCell, plan.itemSlots);
  return {
    ...layer,
    ...(itemSlots.length === 0 && layer.itemSlots === undefined ? {} : { itemSlots }),
    planned: replaceRuns(layer.planned, from, plan.toCell, cutRuns(plan.runs, from, plan.toCell)),
    revisions: { ...layer.revisions, ...plan.revisions },
    items: { ...layer.items, ...plan.items },
  };
}
