import { useEffect, useState } from 'preact/hooks';
import type { ChannelNews } from '../../media/contract/duty.ts';
import type { Call } from './api-client.ts';
import { listenToNews } from './channel-news.ts';

/** The newest news of a channel; undefined before the first. */
export function useChannelNews(channel: string, call: Call): ChannelNews | undefined {
  const [news, setNews] = useState<ChannelNews>();
  useEffect(() => listenToNews({ channel, call, onNews: setNews }), [channel, call]);
  return news;
}
