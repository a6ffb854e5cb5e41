import type { Channel } from '../../media/contract/channels.ts';
import type { Caller } from '../http/caller.ts';

/** Public channels are for everybody, the others for whoever signed in. */
export const maySee = (caller: Caller, channel: Channel): boolean =>
  channel.audience === 'public' || caller.kind === 'user';
