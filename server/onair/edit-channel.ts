import { cellAt } from '../../media/grid/cell.ts';
import { dropBefore } from '../../media/plan/splice.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import { AppError } from '../errors.ts';
import type { ChannelDocument } from './channel-document.ts';
import type { Head, HeadMove, HeadStore } from './head-store.ts';

/** What editing a channel needs. */
export interface EditParts {
  readonly clock: () => number;
  readonly heads: HeadStore;
  /** Days of catch-up that are kept. */
  readonly catchUpDays: () => Promise<number>;
}

/** A document with the head that names it. */
export interface Current {
  readonly head: Head;
  readonly document: ChannelDocument;
}

/** One change of what airs. */
export interface ChannelEdit {
  readonly channel: string;
  readonly why: Pick<HeadMove, 'by' | 'reason'>;
  /** Named where the edit publishes a plan. */
  readonly planId?: string;
  /** Makes the next document from the current one at an instant; undefined when nothing is to change. */
  readonly make: (current: Current, atMs: number) => Made | undefined;
}

/** A new document, and from when on it differs. */
export interface Made {
  readonly document: ChannelDocument;
  readonly effectiveAtMs: number;
}

/** From the computation to the moved head at most this long, or cells may be listed meanwhile: then it is computed anew. */
const longestMoveMs = 2000;
const dayCells = 21_600;

/** The current document from the database; 503 `starting` before the channel's first one. */
export async function currentOf({ heads }: EditParts, channel: string): Promise<Current> {
  const head = await heads.of(channel);
  if (head === undefined) {
    throw new AppError('starting', 'The channel is being prepared. Try again in a few seconds.', { retryAfterS: 5 });
  }
  return { head, document: await heads.document(head.document) };
}

/** Forgets what catch-up no longer keeps, a day late, so that nothing leaves while somebody watches it. */
export const withinRetention = (timeline: Timeline, atMs: number, days: number): Timeline =>
  dropBefore(timeline, cellAt(atMs) - (days + 1) * dayCells);

/** What an edit came to. */
export type EditOutcome = 'moved' | 'unchanged' | 'overtaken';

/** Tries an edit once: computes, checks that it is still in time, moves the head by compare-and-set. */
async function tryEdit(parts: EditParts, edit: ChannelEdit, days: number): Promise<EditOutcome> {
  const current = await currentOf(parts, edit.channel);
  const atMs = parts.clock();
  const made = edit.make(current, atMs);
  if (made === undefined) return 'unchanged';
  const timeline = withinRetention(made.document.timeline, atMs, days);
  const { interruptions } = made.document;
  const kept = interruptions?.filter(({ toCell = Infinity }) => toCell > timeline.fromCell);
  const document = { ...made.document, timeline, ...(kept === undefined ? {} : { interruptions: kept }) };
  if (parts.clock() - atMs > longestMoveMs) return 'overtaken';
  const movedAtMs = parts.clock();
  const published =
    edit.planId === undefined
      ? current.head.publication
      : { planId: edit.planId, atMs: movedAtMs, effectiveAtMs: made.effectiveAtMs };
  const why = { ...edit.why, movedAtMs, ...(published === undefined ? {} : { publication: published }) };
  const head = await parts.heads.move(current.head, document, why);
  return head === undefined ? 'overtaken' : 'moved';
}

/** Changes what airs; exactly one of two edits at once goes through, the other is `overtaken` and may be computed anew. */
export async function editChannel(parts: EditParts, edit: ChannelEdit, tries: number): Promise<EditOutcome> {
  const days = await parts.catchUpDays();
  let outcome: EditOutcome = 'overtaken';
  for (let attempt = 0; attempt < tries && outcome === 'overtaken'; attempt += 1) {
    outcome = await tryEdit(parts, edit, days);
  }
  return outcome;
}
