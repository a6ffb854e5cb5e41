import { AppError } from '../errors.ts';
import type { SignedIn } from '../http/caller.ts';
import { announcementsAfter } from './announcements.ts';
import type { ChannelDocument } from './channel-document.ts';
import { type EditParts, editChannel, type Made } from './edit-channel.ts';
import type { InterruptionRecord } from './interruption.ts';
import type { OnAir } from './on-air.ts';

/** What interrupting a channel needs. */
export interface InterruptParts extends EditParts {
  readonly onAir: Pick<OnAir, 'refresh'>;
}

/** The office moves a channel's head now and then; whoever interrupts is not turned away for that. */
const tries = 5;

/** Changes what interrupts a channel; this replica serves it at once, the others within their next look (2 s). */
export async function interruptChannel(
  parts: InterruptParts,
  channel: string,
  why: { readonly by: Pick<SignedIn, 'username'>; readonly reason: string },
  make: (document: ChannelDocument, atMs: number) => Made,
): Promise<void> {
  const edit = {
    channel,
    why: { by: why.by.username, reason: why.reason },
    make: ({ document }: { readonly document: ChannelDocument }, atMs: number) => make(document, atMs),
  };
  const outcome = await editChannel(parts, edit, tries);
  if (outcome === 'overtaken') {
    throw new AppError('stale', 'The channel is being changed without a pause. Do it again.');
  }
  await parts.onAir.refresh();
}

/** The document with another timeline and other interruptions; people are told of the items that no longer air as planned. */
export function withInterruptions(
  document: ChannelDocument,
  timeline: ChannelDocument['timeline'],
  records: readonly InterruptionRecord[],
  atMs: number,
  categoryOf: (filmId: string) => string | undefined = () => undefined,
): ChannelDocument {
  const announcing = { atMs, planId: '', categoryOf };
  const announcements = announcementsAfter(document.announcements, timeline, announcing);
  return { ...document, timeline, announcements, interruptions: [...records] };
}
