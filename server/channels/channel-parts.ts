import type { Surroundings } from '../surroundings.ts';
import { type ChannelStore, channelStore } from './channel-store.ts';

export interface ChannelParts {
  readonly channels: ChannelStore;
}

export const channelParts = ({ database, clock }: Surroundings): ChannelParts => ({
  channels: channelStore(database, clock),
});
