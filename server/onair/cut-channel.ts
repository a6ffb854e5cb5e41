import { urgentActivationCell } from '../../media/channel/activation.ts';
import type { Id } from '../../media/contract/ids.ts';
import { cellAt, cellStartAtMs } from '../../media/grid/cell.ts';
import { prolongInterrupt } from '../../media/plan/edits.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../http/caller.ts';
import { newId } from '../new-id.ts';
import type { ChannelDocument } from './channel-document.ts';
import { type InterruptionRecord, openCut } from './interruption.ts';
import { interruptChannel, type InterruptedPlace, type InterruptParts } from './interrupt-channel.ts';
import type { StoredLayers } from './stored-layer.ts';

/** What a cut is ordered with. */
export interface CutOrder {
  readonly channel: string;
  /** One place whose screens it is about; the whole channel where absent. */
  readonly place?: string | undefined;
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
  const { scope, reason, drill } = order;
  const id = newId(parts.clock());
  let made: InterruptionRecord | undefined;
  await interruptChannel(parts, order, { by, reason: `${drill ? 'drill' : 'cut'}: ${reason}` }, (stage, atMs) => {
    const { interruptions } = stage;
    const running = openCut(interruptions);
    if (running !== undefined && (!running.drill || drill)) {
      throw new AppError('wrong_state', `${running.by.name} cut this channel already. End that cut first.`);
    }
    const cell = urgentActivationCell(atMs);
    made = { ...{ id, kind: 'cut', scope, reason, drill, atMs, fromCell: cell }, by: { id: by.id, name: by.name } };
    const before = running === undefined ? stage : stage.end(cell, running.id);
    const records = [...interruptions.map((each) => (each === running ? { ...each, toCell: cell } : each)), made];
    return before.cut(cell, { id, toCell: cell + cutCells }).made(records, cellStartAtMs(cell));
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
export async function endCut(parts: InterruptParts, at: InterruptedPlace, by: SignedIn): Promise<CutEnd> {
  let end: CutEnd | undefined;
  await interruptChannel(parts, at, { by, reason: 'end of a cut' }, (stage, atMs) => {
    const { interruptions } = stage;
    const cut = openCut(interruptions);
    if (cut === undefined) throw new AppError('wrong_state', 'This channel is not cut. Look at what is on air.');
    const replaced = (next: InterruptionRecord) => interruptions.map((each) => (each === cut ? next : each));
    if (cut.endAskedBy === undefined) {
      end = { cut };
      const asked = { ...cut, endAskedBy: { id: by.id, name: by.name } };
      return stage.made(replaced(asked), atMs);
    }
    requireSecond(cut.endAskedBy.id, by.id);
    const cell = Math.max(urgentActivationCell(atMs), cut.fromCell);
    const effectiveAtMs = cellStartAtMs(cell);
    end = { cut, effectiveAtMs };
    return stage.end(cell, cut.id).made(replaced({ ...cut, toCell: cell }), effectiveAtMs);
  });
  if (end === undefined) throw new Error('the end of a cut was neither taken nor refused');
  return end;
}

function requireSecond(first: Id, second: Id): void {
  if (first !== second) return;
  throw new AppError('same_person', 'You asked for the end of this cut: somebody else has to agree.');
}

/** A cut that is compiled up to a cell is prolonged an hour after it was. */
const isShort = (toCell: number, atMs: number): boolean => toCell - cellAt(atMs) <= cutCells - hourCells;

/** The timeline with its open cuts compiled far enough ahead; the same where they are. */
export function withCutsProlonged(
  timeline: Timeline,
  records: readonly InterruptionRecord[] | undefined,
  atMs: number,
): Timeline {
  const cut = openCut(records ?? []);
  const until = timeline.interrupts.find(({ id }) => id === cut?.id)?.toCell ?? Infinity;
  if (cut === undefined || !isShort(until, atMs)) return timeline;
  return prolongInterrupt(timeline, urgentActivationCell(atMs), cut.id, cellAt(atMs) + cutCells);
}

/** Whether a cut of some place has to be compiled further. */
export const isPlaceCutShort = (places: ChannelDocument['places'] = {}, atMs: number): boolean =>
  Object.values(places).some(({ cutToCell = Infinity }) => isShort(cutToCell, atMs));

/** Layers of places with their open cuts compiled far enough ahead. */
export const withPlaceCutsProlonged = (layers: StoredLayers, atMs: number): StoredLayers =>
  new Map(
    [...layers].map(([place, stored]) => {
      const cut = openCut(stored.interruptions);
      const interrupts = stored.layer.interrupts.map((each) =>
        each.id === cut?.id && isShort(each.toCell ?? Infinity, atMs)
          ? { ...each, toCell: cellAt(atMs) + cutCells }
          : each,
      );
      return [place, { ...stored, layer: { ...stored.layer, interrupts } }];
    }),
  );
