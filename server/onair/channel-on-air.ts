import type { Channel } from '../../media/contract/channels.ts';
import type { ChannelDocument } from './channel-document.ts';
import type { Head } from './head-store.ts';

/** A channel as this replica knows it. */
export interface ChannelOnAir {
  readonly channel: Channel;
  readonly head: Head;
  readonly document: ChannelDocument;
  /** Layers of places that the document names, packed, in base64, by hash. */
  readonly layers?: Readonly<Record<string, string>>;
  /** The place that sees it so; absent where the whole channel is meant. */
  readonly place?: string;
  /** The place whose timeline that is: itself or one above; absent where it is the channel's. */
  readonly owner?: string;
}
