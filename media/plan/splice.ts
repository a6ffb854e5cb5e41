import { type Run, type Span, continues, cutRun, cutRuns, endCell, replaceRuns } from '../grid/span.ts';
import { type Slate, fillGaps } from './fill-gaps.ts';
import { type OpenSlot, cutRanges } from './cell-ranges.ts';
import {
  type Interrupt,
  type ItemSlot,
  type RevisionFacts,
  type Timeline,
  type TimelineItem,
  revisionFacts,
} from './timeline.ts';
import { spansBetween } from './timeline-spans.ts';

/** What an edit changes from its activation cell on; whatever is left out stays. */
export interface Change {
  /** Item runs that would air without interrupts; only their part behind the activation cell counts. */
  readonly planned?: readonly Run[];
  readonly interrupts?: readonly Interrupt[];
  readonly slate?: string;
  readonly withdrawn?: readonly string[];
  /** What is left to places, of all days. */
  readonly open?: readonly OpenSlot[];
  /** Facts of revisions and items that the change brings. */
  readonly revisions?: Readonly<Record<string, RevisionFacts>>;
  readonly items?: Readonly<Record<string, TimelineItem>>;
  readonly itemSlots?: readonly ItemSlot[];
}

/** Cells for which an interrupt that is over is still known: a faster edit may take effect before the one that ended it. */
const KEEP_CELLS = 15;

/** Whether an interrupt, or what goes on behind it, is still known to edits that take effect at a cell. */
export const isRemembered = ({ toCell = Infinity, resumes }: Interrupt, cell: number): boolean =>
  toCell + (resumes?.cells ?? 0) > cell - KEEP_CELLS;

/** First cell of which `planned` knows; Infinity without interrupts. */
function plannedFromCell(interrupts: readonly Interrupt[]): number {
  return Math.min(Infinity, ...interrupts.map((each) => each.fromCell));
}

/** Item runs from `fromCell` on as if there were no interrupts; holes between them are slate. */
export function plannedRuns(timeline: Timeline, fromCell: number): Run[] {
  const beneath = plannedFromCell(timeline.interrupts);
  const aired = cutRuns(timeline.spans, fromCell, beneath);
  const planned = cutRuns(timeline.planned ?? [], Math.max(fromCell, beneath), Infinity);
  const runs: Run[] = [];
  for (const { fromCell: from, cells, revision, firstSegment, itemId } of [...aired, ...planned]) {
    if (itemId === undefined) continue;
    const run = { fromCell: from, cells, revision, firstSegment, itemId };
    const last = runs.at(-1);
    if (last?.itemId === itemId && continues(last, run)) runs[runs.length - 1] = { ...last, cells: last.cells + cells };
    else runs.push(run);
  }
  return runs;
}

/** An insertion's runs: its revision from segment 0, again and again until it ends. */
export function insertionRuns(interrupt: Interrupt, segments: number): Run[] {
  const { revision, itemId, fromCell, toCell } = interrupt;
  if (revision === undefined || itemId === undefined || toCell === undefined) return [];
  const runs: Run[] = [];
  for (let cell = fromCell; cell < toCell; cell += segments) {
    runs.push({ fromCell: cell, cells: Math.min(segments, toCell - cell), revision, firstSegment: 0, itemId });
  }
  return runs;
}

/**
 * What an insertion displaced, from its end on: until the next item starts among planned runs that know all since the insertion
 * began, for fillers give way and items do not (linear.md 3.9). Undefined where nothing waits or no time is left.
 */
export function resumedRun(
  { resumes, toCell }: Interrupt,
  planned: readonly Run[],
  isFiller: (itemId: string) => boolean,
): Run | undefined {
  if (resumes === undefined || toCell === undefined) return undefined;
  // What is left of the displaced item itself in the plan is no start of another.
  const isNext = ({ itemId, fromCell, firstSegment }: Run): boolean =>
    itemId !== undefined &&
    fromCell > resumes.fromCell &&
    !isFiller(itemId) &&
    (itemId !== resumes.itemId || firstSegment === 0);
  const next = planned.filter(isNext).reduce((first, { fromCell }) => Math.min(first, fromCell), Infinity);
  return cutRun({ ...resumes, fromCell: toCell }, toCell, next);
}

/** Planned runs with what insertions let wait over them, then insertions in order of time, then cuts, which nothing displaces. */
function interrupted(timeline: Timeline, planned: readonly Run[], interrupts: readonly Interrupt[]): readonly Run[] {
  const order = [...interrupts].sort(
    (a, b) => Number(a.kind === 'cut') - Number(b.kind === 'cut') || a.fromCell - b.fromCell,
  );
  const isFiller = (itemId: string): boolean => timeline.items[itemId]?.kind === 'filler';
  let runs = planned;
  for (const interrupt of order) {
    const rest = resumedRun(interrupt, planned, isFiller);
    if (rest === undefined || timeline.withdrawn.includes(rest.revision)) continue;
    runs = replaceRuns(runs, rest.fromCell, endCell(rest), [rest]);
  }
  for (const interrupt of order) {
    const segments = interrupt.revision === undefined ? 0 : revisionFacts(timeline, interrupt.revision).segments;
    const inside = timeline.withdrawn.includes(interrupt.revision ?? '') ? [] : insertionRuns(interrupt, segments);
    runs = replaceRuns(runs, interrupt.fromCell, interrupt.toCell ?? Infinity, inside);
  }
  return runs;
}

/** Adds runs behind spans: a run that goes on with the same segments needs no new discontinuity, every other gets one. */
export function numberSpans(before: readonly Span[], runs: readonly Run[], firstDsn: number): Span[] {
  const spans = [...before];
  for (const run of runs) {
    const last = spans.at(-1);
    if (last && continues(last, run)) {
      if (last.itemId === run.itemId) spans[spans.length - 1] = { ...last, cells: last.cells + run.cells };
      else spans.push({ ...run, dsn: last.dsn });
    } else spans.push({ ...run, dsn: last ? last.dsn + 1 : firstDsn });
  }
  return spans;
}

/** Drops slate at the end that the rule behind the last span would air just so. */
function dropTail(spans: Span[], slate: Slate): Span[] {
  let whole = false;
  for (let last = spans.at(-1); last; last = spans.at(-1)) {
    const isTail = last.itemId === undefined && last.revision === slate.revision && last.firstSegment === 0;
    if (!isTail || (whole && last.cells !== slate.segments)) break;
    spans.pop();
    whole = true;
  }
  return spans;
}

/** Keeps of two tables only what the timeline still names. */
function referenced(timeline: Timeline): Pick<Timeline, 'revisions' | 'items'> {
  const waiting = timeline.interrupts.flatMap(({ resumes }) => resumes ?? []);
  const used = [...timeline.spans, ...(timeline.planned ?? []), ...timeline.interrupts, ...waiting];
  const revisionsUsed = new Set([timeline.slate, ...used.map((each) => each.revision)]);
  const itemsUsed = new Set(used.map((each) => each.itemId));
  const keep = <T>(table: Readonly<Record<string, T>>, keys: ReadonlySet<string | undefined>): Record<string, T> =>
    Object.fromEntries(Object.entries(table).filter(([key]) => keys.has(key)));
  return { revisions: keep(timeline.revisions, revisionsUsed), items: keep(timeline.items, itemsUsed) };
}

/** The timeline with what lies beneath its interrupts, or without it, and with tables cut to what is named. */
function withPlanned(timeline: Timeline, planned: readonly Run[] | undefined): Timeline {
  const { format, channel, epochs, fromCell, firstDsn, spans, slate, interrupts, withdrawn } = timeline;
  const facts = { format, channel, epochs, fromCell, firstDsn, spans, slate, interrupts, withdrawn };
  const open = timeline.open?.length ? { open: timeline.open } : {};
  const rest = {
    ...(planned ? { planned } : {}),
    ...open,
    ...(timeline.itemSlots?.length ? { itemSlots: timeline.itemSlots } : {}),
  };
  const next = { ...facts, ...rest, revisions: timeline.revisions, items: timeline.items };
  return { ...next, ...referenced(next) };
}

/**
 * The only way to change a timeline: every cell before `activationCell` stays as it is, segment and discontinuity number,
 * everything from it on is made anew from the plan and the interrupts. Same input, same timeline (linear.md 3.7).
 */
export function splice(timeline: Timeline, activationCell: number, change: Change): Timeline {
  const cell = Math.max(activationCell, timeline.fromCell);
  const interrupts = (change.interrupts ?? timeline.interrupts).filter((each) => isRemembered(each, cell));
  const next: Timeline = {
    ...timeline,
    slate: change.slate ?? timeline.slate,
    withdrawn: change.withdrawn ?? timeline.withdrawn,
    revisions: { ...timeline.revisions, ...change.revisions },
    items: { ...timeline.items, ...change.items },
    interrupts,
    ...(change.open === undefined ? {} : { open: change.open }),
    itemSlots: change.itemSlots ?? timeline.itemSlots ?? [],
  };
  const planned = cutRuns(change.planned ?? plannedRuns(timeline, cell), cell, Infinity);
  const frozen = spansBetween(timeline, timeline.fromCell, cell);
  const before = cutRuns(plannedRuns(timeline, timeline.fromCell), plannedFromCell(interrupts), cell);
  const airing = cutRuns(interrupted(next, [...before, ...planned], interrupts), cell, Infinity);
  const slate = { revision: next.slate, segments: revisionFacts(next, next.slate).segments };
  const future = fillGaps(slate, frozen.at(-1), cell, airing);
  const spans = dropTail(numberSpans(frozen, future, timeline.firstDsn), slate);
  if (interrupts.length === 0) return withPlanned({ ...next, spans }, undefined);
  return withPlanned({ ...next, spans }, [...before, ...cutRuns(planned, plannedFromCell(interrupts), Infinity)]);
}

/** Forgets spans that end at or before `cell` (retention); numbers and everything later stay as they are. */
export function dropBefore(timeline: Timeline, cell: number): Timeline {
  const first = timeline.spans.findIndex((span) => endCell(span) > cell);
  const spans = timeline.spans.slice(first === -1 ? Math.max(0, timeline.spans.length - 1) : first);
  const [head] = spans;
  if (!head) return timeline;
  const kept = timeline.itemSlots?.filter((slot) => slot.fromCell + slot.cells > head.fromCell);
  const slots = kept === undefined ? {} : { itemSlots: kept };
  const open = timeline.open && { open: cutRanges(timeline.open, head.fromCell, Infinity) };
  const shorter = { ...timeline, ...slots, ...open, spans, fromCell: head.fromCell, firstDsn: head.dsn };
  return { ...shorter, ...referenced(shorter) };
}
