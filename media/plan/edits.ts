import { type Run, cutRun, cutRuns, replaceRuns } from '../grid/span.ts';
import type { CompiledPlan } from './compile-plan.ts';
import { openAfter } from './open-slots.ts';
import { slotsAfter, slotsWithout } from './item-slots.ts';
import { plannedRuns, splice } from './splice.ts';
import { FIRST_DSN, type Interrupt, type NamedRevision, type Timeline, type TimelineItem } from './timeline.ts';
import { spanAt } from './timeline-spans.ts';

/** Puts a compiled plan on air: [max(fromCell, activationCell), toCell) becomes the plan, whatever plan was there. */
export function publishPlan(timeline: Timeline, activationCell: number, plan: CompiledPlan): Timeline {
  const from = Math.max(plan.fromCell, activationCell, timeline.fromCell);
  if (from >= plan.toCell) return timeline;
  const planned = plannedRuns(timeline, activationCell);
  return splice(timeline, activationCell, {
    planned: replaceRuns(planned, from, plan.toCell, cutRuns(plan.runs, from, plan.toCell)),
    withdrawn: timeline.withdrawn.filter((revision) => !(revision in plan.revisions)),
    revisions: plan.revisions,
    items: plan.items,
    open: openAfter(timeline.open, from, plan.toCell, plan.open),
    itemSlots: slotsAfter(timeline.itemSlots, from, plan.toCell, plan.itemSlots),
  });
}

/** A cut to slate; without `toCell` it lasts until somebody ends it. */
export interface Cut {
  readonly id: string;
  readonly toCell?: number;
}

/** Cuts the channel to slate from `activationCell` on; the plan goes on beneath and comes back where it then is. */
export function startCut(timeline: Timeline, activationCell: number, cut: Cut): Timeline {
  const interrupt = { ...cut, kind: 'cut' as const, fromCell: activationCell };
  return splice(timeline, activationCell, { interrupts: [...timeline.interrupts, interrupt] });
}

/** Ends a cut or an insertion at `activationCell`: the plan is where the clock is, or what had to wait goes on; unknown ids change nothing. */
export function endInterrupt(timeline: Timeline, activationCell: number, id: string): Timeline {
  return splice(timeline, activationCell, { interrupts: endedAt(timeline, activationCell, id) });
}

const endedAt = (timeline: Timeline, cell: number, id: string): Interrupt[] =>
  timeline.interrupts.map((each) =>
    each.id === id ? { ...each, toCell: Math.min(each.toCell ?? Infinity, cell) } : each,
  );

/** Lets a cut or an insertion go on until `toCell`; unknown ids and what goes on as long already change nothing. */
export function prolongInterrupt(timeline: Timeline, activationCell: number, id: string, toCell: number): Timeline {
  const isShorter = (each: Interrupt): boolean => each.id === id && (each.toCell ?? Infinity) < toCell;
  if (!timeline.interrupts.some(isShorter)) return timeline;
  const interrupts = timeline.interrupts.map((each) => (isShorter(each) ? { ...each, toCell } : each));
  return splice(timeline, activationCell, { interrupts });
}

/** An urgent insertion of a film for `cells` cells, repeated when the film is shorter. */
export interface Insertion {
  /** Also the key of its item; unlike any plan item's id. */
  readonly id: string;
  readonly cells: number;
  readonly film: NamedRevision;
  readonly item: TimelineItem;
  /** `join`: afterwards the plan is where the clock is; `resume`: the displaced item goes on where it was. */
  readonly return: 'join' | 'resume';
}

/**
 * The item on air at a cell, from that cell on: what an insertion there displaces. Undefined on fillers and slate, which nobody waits
 * for, and on another insertion, which goes on by itself while its time lasts.
 */
export function displacedItem(timeline: Timeline, cell: number, interrupts = timeline.interrupts): Run | undefined {
  const span = spanAt(timeline, cell);
  if (span?.itemId === undefined || timeline.items[span.itemId]?.kind !== 'item') return undefined;
  if (interrupts.some(({ itemId }) => itemId === span.itemId)) return undefined;
  const { fromCell, cells, revision, firstSegment, itemId } = span;
  return cutRun({ fromCell, cells, revision, firstSegment, itemId }, cell, Infinity);
}

/** Inserts a film at `activationCell`, over the plan and under any cut. */
export function insertFilm(timeline: Timeline, activationCell: number, insertion: Insertion): Timeline {
  const { id, cells, film, item } = insertion;
  const resumes = insertion.return === 'resume' ? displacedItem(timeline, activationCell) : undefined;
  const interrupt = {
    id,
    kind: 'insertion' as const,
    fromCell: activationCell,
    toCell: activationCell + cells,
    revision: film.revision,
    itemId: id,
    ...(resumes === undefined ? {} : { resumes }),
  };
  return splice(timeline, activationCell, {
    interrupts: [...timeline.interrupts, interrupt],
    revisions: { [film.revision]: film.facts },
    items: { [id]: item },
  });
}

/** Takes a revision off the air: slate instead of it from `activationCell` on, and in catch-up of cells before. */
export function withdrawRevision(timeline: Timeline, activationCell: number, revision: string): Timeline {
  const planned = plannedRuns(timeline, activationCell);
  return splice(timeline, activationCell, {
    planned: planned.filter((run) => run.revision !== revision),
    itemSlots: slotsWithout(timeline, planned, revision),
    withdrawn: [...new Set([...timeline.withdrawn, revision])].sort(),
  });
}

/** Lets a revision be shown again that was withdrawn: in catch-up of cells before, and from `activationCell` on where it waits. */
export function allowRevision(timeline: Timeline, activationCell: number, revision: string): Timeline {
  const withdrawn = timeline.withdrawn.filter((each) => each !== revision);
  return splice(timeline, activationCell, { withdrawn });
}

/** Uses another slate from `activationCell` on. */
export function changeSlate(timeline: Timeline, activationCell: number, slate: NamedRevision): Timeline {
  return splice(timeline, activationCell, { slate: slate.revision, revisions: { [slate.revision]: slate.facts } });
}

/** Begins a new numbering at `baseCell`, which no edit may change any more; a name that exists changes nothing. */
export function openEpoch(timeline: Timeline, name: string, baseCell: number): Timeline {
  const span = spanAt(timeline, baseCell);
  if (!span || timeline.epochs.some((epoch) => epoch.name === name)) return timeline;
  const epoch = { name, baseCell, baseDsn: span.dsn - FIRST_DSN };
  return { ...timeline, epochs: [...timeline.epochs, epoch].sort((a, b) => a.baseCell - b.baseCell) };
}
