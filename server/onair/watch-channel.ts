import type { Channel } from '../../media/contract/channels.ts';
import { maySee } from '../channels/open-channel.ts';
import { countyCode } from '../../media/contract/permissions.ts';
import { AppError, notFound } from '../errors.ts';
import { type Caller, may } from '../http/caller.ts';
import type { ChannelOnAir } from './channel-on-air.ts';
import type { OnAir } from './on-air.ts';

/** Throws 401 where a channel is for members and nobody signed in. */
export function requireAudience(caller: Caller, channel: Channel): void {
  if (!maySee(caller, channel)) throw new AppError('sign_in', 'This channel is for members: sign in first.');
}

/**
 * The channel of a code that this caller may watch, from what this replica knows, so that it works while the database is away:
 * 404 where unknown, 401 where it is for members only, 503 while nothing is on air.
 */
export function watchChannel(
  { onAir }: { readonly onAir: Pick<OnAir, 'channels' | 'require'> },
  caller: Caller,
  code: string,
  atMs: number,
): ChannelOnAir {
  const channel = onAir.channels().find((each) => each.code === code);
  if (channel !== undefined) requireAudience(caller, channel);
  return onAir.require(code, atMs);
}

/** The instant that a rehearsal asks for; 400 for those who may not rehearse (corpus t12). Undefined where nobody asks. */
export function rehearsalAtMs(caller: Caller, atMs: number | undefined): number | undefined {
  if (atMs === undefined || may(caller, 'rehearse-channel')) return atMs;
  throw new AppError('bad_request', 'atMs: only those who plan may look ahead. Leave it out.');
}

/**
 * The channel as a place sees it, `group` of a request; works while the database is away. 404 for a place that does not exist;
 * the county sees the channel itself.
 */
export function seenFromGroup(
  { onAir }: { readonly onAir: Pick<OnAir, 'seenFrom' | 'parentOf'> },
  channel: ChannelOnAir,
  group: string | undefined,
): ChannelOnAir {
  if (group === undefined || group === countyCode) return channel;
  if (onAir.parentOf(group) === undefined) throw notFound('group');
  return onAir.seenFrom(channel, group);
}
