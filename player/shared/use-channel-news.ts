import { useEffect, useState } from 'preact/hooks';
import type { ChannelNews } from '../../media/contract/duty.ts';
import type { Call } from './api-client.ts';
import { listenToNews, type NewsParts } from './channel-news.ts';

/** The newest news of a channel as a place sees it; undefined before the first. */
export function useChannelNews(
  { channel, place }: Pick<NewsParts, 'channel' | 'place'>,
  call: Call,
): ChannelNews | undefined {
  const [news, setNews] = useState<ChannelNews>();
  useEffect(() => listenToNews({ channel, place, call, onNews: setNews }), [channel, place, call]);
  return news;
}
