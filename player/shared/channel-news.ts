import type { ChannelNews } from '../../media/contract/duty.ts';
import type { Call } from './api-client.ts';
import { remember, remembered } from './remembered.ts';
import { retryLater } from './retry-later.ts';

/** Why a live picture may not be seen for a moment, though its list still shows it. */
export type Cover = 'cut' | 'drill' | 'withdrawn';

/** By then the list itself shows slate on every screen: 16 s until it may change, 12 s that players stay behind its end. */
const inListAfterMs = 28_000;

/** What covers the picture at an instant (UTC ms): from the push on, until the list shows it by itself. */
export function coverOf(news: ChannelNews | undefined, nowMs: number): Cover | undefined {
  if (news?.cut !== undefined && nowMs < news.cut.sinceAtMs + inListAfterMs) return news.cut.drill ? 'drill' : 'cut';
  const { hiddenUntilAtMs = 0 } = news ?? {};
  return nowMs < hiddenUntilAtMs + inListAfterMs - 16_000 ? 'withdrawn' : undefined;
}

/** Title of the urgent film that is on air or about to be. */
export const urgentTitle = (news: ChannelNews | undefined, nowMs: number): string | undefined =>
  news?.insertion !== undefined && nowMs < news.insertion.endAtMs ? news.insertion.title : undefined;

/** What listening needs. */
export interface NewsParts {
  readonly channel: string;
  /** The place that sees it; the whole channel where absent. */
  readonly place?: string | undefined;
  readonly call: Call;
  readonly onNews: (news: ChannelNews) => void;
  /** @defaultValue the browser's */
  readonly open?: (url: string) => EventSource;
}

const closed = 2;

/** Listens to a channel's news until it is stopped, and says what it has shown; engines without event streams see slate in the list. */
export function listenToNews({ channel, place, call, onNews, open }: NewsParts): () => void {
  const connect = open ?? (typeof EventSource === 'undefined' ? undefined : (url: string) => new EventSource(url));
  if (connect === undefined) return () => undefined;
  const retry = retryLater();
  const player = playerName();
  let source: EventSource | undefined;
  const listen = () => {
    source = connect(`/api/channels/${channel}/events${place === undefined ? '' : `?group=${place}`}`);
    source.addEventListener('news', (event: MessageEvent<string>) => {
      retry.forget();
      const news = JSON.parse(event.data) as ChannelNews;
      onNews(news);
      // An acknowledgement that gets lost is missing in a count and nothing else.
      call('acknowledgeNews', { params: { code: channel }, body: { seq: news.seq, player } }).catch(() => undefined);
    });
    source.onerror = () => {
      // A browser comes back by itself after a break, never after a refusal, as of a server that is starting.
      if (source?.readyState === closed) retry.later(listen);
    };
  };
  listen();
  return () => {
    retry.stop();
    source?.close();
  };
}

/** A name that this browser keeps, so that it is counted once. */
function playerName(): string {
  const known = remembered('player');
  if (known !== undefined && /^[0-9a-z]{8,40}$/.test(known)) return known;
  const made = Array.from({ length: 16 }, () => Math.floor(Math.random() * 36).toString(36)).join('');
  remember('player', made);
  return made;
}
