import { type Run, cutRuns, endCell, replaceRuns } from '../grid/span.ts';
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

/** Planned runs where what an insertion let wait until its end begins at `cell` already. */
function resumedAt(timeline: Timeline, cell: number, { kind, fromCell, toCell = cell }: Interrupt): Run[] {
  const planned = plannedRuns(timeline, cell);
  if (kind === 'cut' || toCell <= cell || fromCell >= cell) return planned;
  const [displaced] = cutRuns(plannedRuns(timeline, fromCell), fromCell, fromCell + 1);
  const waiting = planned.find((run) => run.fromCell === toCell);
  const isResumed =
    waiting !== undefined && waiting.itemId === displaced?.itemId && waiting.firstSegment === displaced?.firstSegment;
  if (!isResumed) return planned;
  const rest = replaceRuns(planned, toCell, endCell(waiting));
  return replaceRuns(rest, cell, cell + waiting.cells, [{ ...waiting, fromCell: cell }]);
}

/** Ends a cut or an insertion at `activationCell`; unknown ids change nothing. */
export function endInterrupt(timeline: Timeline, activationCell: number, id: string): Timeline {
  return splice(timeline, activationCell, { interrupts: endedAt(timeline, activationCell, id) });
}

/** Ends an insertion before its time: the plan is where the clock is, or the item that had to wait goes on at once. */
export function endInsertion(timeline: Timeline, activationCell: number, id: string): Timeline {
  const ended = timeline.interrupts.find((each) => each.id === id);
  if (ended === undefined) return timeline;
  const planned = resumedAt(timeline, activationCell, ended);
  return splice(timeline, activationCell, { interrupts: endedAt(timeline, activationCell, id), planned });
}

const endedAt = (timeline: Timeline, cell: number, id: string): Interrupt[] =>
  timeline.interrupts.map((each) =>
    each.id === id ? { ...each, toCell: Math.min(each.toCell ?? Infinity, cell) } : each,
  );

/** Lets a cut go on until `toCell`; unknown ids and cuts that go on as long already change nothing. */
export function prolongCut(timeline: Timeline, activationCell: number, id: string, toCell: number): Timeline {
  const isShorter = (each: Timeline['interrupts'][number]): boolean =>
    each.id === id && (each.toCell ?? Infinity) < toCell;
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

/** Planned runs where the item on air at `fromCell` goes on at `toCell` instead, until the next item starts. */
function resumed(timeline: Timeline, fromCell: number, toCell: number): Run[] {
  const planned = plannedRuns(timeline, fromCell);
  const [displaced, next] = planned;
  if (displaced?.fromCell !== fromCell) return planned;
  const until = Math.min(toCell + displaced.cells, next?.fromCell ?? Infinity);
  if (until <= toCell) return planned;
  return replaceRuns(planned, toCell, until, [{ ...displaced, fromCell: toCell, cells: until - toCell }]);
}

/** Inserts a film at `activationCell`, over the plan and under any cut. */
export function insertFilm(timeline: Timeline, activationCell: number, insertion: Insertion): Timeline {
  const { id, cells, film, item } = insertion;
  const toCell = activationCell + cells;
  const interrupt = {
    id,
    kind: 'insertion' as const,
    fromCell: activationCell,
    toCell,
    revision: film.revision,
    itemId: id,
  };
  return splice(timeline, activationCell, {
    ...(insertion.return === 'resume' ? { planned: resumed(timeline, activationCell, toCell) } : {}),
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
