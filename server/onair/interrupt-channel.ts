import type { SignedIn } from '../http/caller.ts';
import { type CurrentPlaces, type EditParts, editChannel, type Made, refusedEdit } from './edit-channel.ts';
import type { OnAir } from './on-air.ts';
import { type Stage, stageOf } from './stage.ts';

/** What interrupting a channel needs. */
export interface InterruptParts extends EditParts {
  readonly onAir: Pick<OnAir, 'refresh'>;
}

/** The whole of a channel, or one place of it. */
export interface InterruptedPlace {
  readonly channel: string;
  readonly place?: string | undefined;
}

/** The office moves a channel's head now and then; whoever interrupts is not turned away for that. */
const tries = 5;

/** Changes what interrupts a channel; this replica serves it at once, the others within their next look (2 s). */
export async function interruptChannel(
  parts: InterruptParts,
  at: InterruptedPlace,
  why: { readonly by: Pick<SignedIn, 'username'>; readonly reason: string },
  make: (stage: Stage, atMs: number) => Made,
): Promise<void> {
  const edit = {
    channel: at.channel,
    why: { by: why.by.username, reason: why.reason },
    make: (current: CurrentPlaces, atMs: number) => make(stageOf(current, at.place, atMs), atMs),
  };
  const outcome = await editChannel(parts, edit, tries);
  if (outcome === 'overtaken' || outcome === 'too-slow') throw refusedEdit(outcome, 'Do it again.');
  await parts.onAir.refresh();
}
