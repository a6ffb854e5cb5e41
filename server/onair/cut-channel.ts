import { urgentActivationCell } from '../../media/channel/activation.ts';
import type { Id } from '../../media/contract/ids.ts';
import { cellAt, cellStartAtMs } from '../../media/grid/cell.ts';
import { endInterrupt, prolongCut, startCut } from '../../media/plan/edits.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../http/caller.ts';
import { newId } from '../new-id.ts';
import { type InterruptionRecord, openCut } from './interruption.ts';
import { interruptChannel, type InterruptParts, withInterruptions } from './interrupt-channel.ts';

/** What a cut is ordered with. */
export interface CutOrder {
  readonly channel: string;
  readonly scope: string;
  readonly reason: string;
  readonly drill: boolean;
}

const hourCells = 900;
/**
 * A cut is compiled for 25 h and prolonged every hour, so that guide and board go on announcing later days. A replica that
 * lost the database stops after 24 h (HEAD_LEASE_MS): none brings the plan back by itself.
 */
const cutCells = 25 * hourCells;

/** Cuts a channel to slate from the first cell that nobody has listed; a real cut takes the place of a drill. */
export async function cutChannel(parts: InterruptParts, order: CutOrder, by: SignedIn): Promise<InterruptionRecord> {
  const { channel, scope, reason, drill } = order;
  const id = newId(parts.clock());
  let made: InterruptionRecord | undefined;
  await interruptChannel(parts, channel, { by, reason: `${drill ? 'drill' : 'cut'}: ${reason}` }, (document, atMs) => {
    const { interruptions = [] } = document;
    const running = openCut(interruptions);
    if (running !== undefined && (!running.drill || drill)) {
      throw new AppError('wrong_state', `${running.by.name} cut this channel already. End that cut first.`);
    }
    const cell = urgentActivationCell(atMs);
    made = { ...{ id, kind: 'cut', scope, reason, drill, atMs, fromCell: cell }, by: { id: by.id, name: by.name } };
    const before = running === undefined ? document.timeline : endInterrupt(document.timeline, cell, running.id);
    const timeline = startCut(before, cell, { id, toCell: cell + cutCells });
    const records = [...interruptions.map((each) => (each === running ? { ...each, toCell: cell } : each)), made];
    return {
      document: withInterruptions(document, timeline, records, atMs),
      effectiveAtMs: cellStartAtMs(cell),
    };
  });
  if (made === undefined) throw new Error('a cut was neither made nor refused');
  return made;
}

/** What asking for the end of a cut came to: it waits for a second person, or the plan is back from an instant on. */
export interface CutEnd {
  readonly cut: InterruptionRecord;
  readonly effectiveAtMs?: number;
}

/** Asks for the end of a cut, or agrees when somebody else has asked; one person alone never ends it (security notes, T26). */
export async function endCut(parts: InterruptParts, channel: string, by: SignedIn): Promise<CutEnd> {
  let end: CutEnd | undefined;
  await interruptChannel(parts, channel, { by, reason: 'end of a cut' }, (document, atMs) => {
    const { interruptions = [] } = document;
    const cut = openCut(interruptions);
    if (cut === undefined) throw new AppError('wrong_state', 'This channel is not cut. Look at what is on air.');
    const replaced = (next: InterruptionRecord) => interruptions.map((each) => (each === cut ? next : each));
    if (cut.endAskedBy === undefined) {
      end = { cut };
      const asked = { ...cut, endAskedBy: { id: by.id, name: by.name } };
      return { document: { ...document, interruptions: replaced(asked) }, effectiveAtMs: atMs };
    }
    requireSecond(cut.endAskedBy.id, by.id);
    const cell = Math.max(urgentActivationCell(atMs), cut.fromCell);
    const timeline = endInterrupt(document.timeline, cell, cut.id);
    const effectiveAtMs = cellStartAtMs(cell);
    end = { cut, effectiveAtMs };
    return { document: withInterruptions(document, timeline, replaced({ ...cut, toCell: cell }), atMs), effectiveAtMs };
  });
  if (end === undefined) throw new Error('the end of a cut was neither taken nor refused');
  return end;
}

function requireSecond(first: Id, second: Id): void {
  if (first !== second) return;
  throw new AppError('same_person', 'You asked for the end of this cut: somebody else has to agree.');
}

/** The timeline with its open cuts compiled far enough ahead; the same where they are. */
export function withCutsProlonged(
  timeline: Timeline,
  records: readonly InterruptionRecord[] | undefined,
  atMs: number,
): Timeline {
  const cut = openCut(records ?? []);
  const until = timeline.interrupts.find(({ id }) => id === cut?.id)?.toCell ?? Infinity;
  if (cut === undefined || until - cellAt(atMs) > cutCells - hourCells) return timeline;
  return prolongCut(timeline, urgentActivationCell(atMs), cut.id, cellAt(atMs) + cutCells);
}
