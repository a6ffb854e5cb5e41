import { cellAt } from '../../../../media/grid/cell.ts';
import { timelineSchema } from '../../../../media/plan/timeline-schema.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { type History, type Rules, edit, filmsOf, firstTimeline, houseRules } from './history.ts';

/** One edit as it happened. */
export interface Edit {
  readonly before: Timeline;
  readonly after: Timeline;
  readonly activation: number;
  readonly deed: History['steps'][number]['deed'];
  readonly atMs: number;
  /** Number of the step, part of the ids that it makes. */
  readonly index: number;
}

/** A moment at which somebody asks: what each of two replicas then knows, and what its clock says. */
export interface Moment {
  readonly atMs: number;
  readonly replicas: readonly { readonly timeline: Timeline; readonly atMs: number }[];
}

/** What a test wants to hear of a life. */
export interface Witness {
  onEdit?(edit: Edit): void;
  onMoment?(moment: Moment): void;
}

/** How late the second replica learns of an edit, and how wrong its clock is; together they stay below one cell. */
const LAG_MS = 2000;
const SKEWS_MS = [-1000, 900, 0];

/** Sends a timeline through its stored form, as a restart or another replica does. */
export function stored(timeline: Timeline): Timeline {
  return timelineSchema.parse(JSON.parse(canonicalJson(timeline)));
}

/** Lives a history through; the first replica edits, the second one hears of it later and has a wrong clock. */
export function live(history: History, witness: Witness, rules: Rules = houseRules): Timeline {
  const films = filmsOf(history);
  let head = firstTimeline(history);
  let late = { timeline: head, fromMs: 0, next: head };
  let atMs = history.startAtMs;
  const moment = (): void => {
    const timeline = atMs >= late.fromMs ? late.next : late.timeline;
    const skew = SKEWS_MS[cellAt(atMs) % SKEWS_MS.length] ?? 0;
    witness.onMoment?.({
      atMs,
      replicas: [
        { timeline: head, atMs },
        { timeline, atMs: atMs + skew },
      ],
    });
  };
  for (const [index, { waitMs, deed }] of history.steps.entries()) {
    atMs += waitMs;
    moment();
    const edited = edit(head, { deed, atMs, index }, films, rules);
    if (!edited) continue;
    const known = atMs >= late.fromMs ? late.next : late.timeline;
    witness.onEdit?.({ before: head, after: edited.timeline, activation: edited.activation, deed, atMs, index });
    head = stored(edited.timeline);
    late = { timeline: known, fromMs: atMs + LAG_MS, next: head };
    moment();
    atMs += LAG_MS - 1;
    moment();
  }
  return head;
}
