import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { changedSchema } from '../../../media/contract/news.ts';
import { newsLine } from '../parts/news-line.ts';
import { call } from '../session/api.ts';
import { applyNews, readAllAgain } from './apply-news.ts';

const closed = 2;
const againMs = 10_000;
/** A browser allows six connections to one server over HTTP/1.1: pages that nobody sees give theirs back. */
const hiddenMs = 5_000;

/** Listens to the office's news while the page is seen, and goes on behind the last one when it is seen again. */
export function useNews(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: number | undefined;
    let last = '';
    const close = () => {
      source?.close();
      source = undefined;
      newsLine.set(false);
    };
    const open = () => {
      window.clearTimeout(timer);
      if (source !== undefined) return;
      const opened = new EventSource(`/api/news${last === '' ? '' : `?after=${last}`}`);
      source = opened;
      const remember = ({ lastEventId }: MessageEvent) => {
        if (lastEventId !== '') last = lastEventId;
      };
      opened.addEventListener('open', () => newsLine.set(true));
      opened.addEventListener('all', (event) => {
        remember(event);
        void readAllAgain(queries);
      });
      opened.addEventListener('changed', (event: MessageEvent<string>) => {
        remember(event);
        // What a newer server tells and this page does not know is found by asking.
        const changed = changedSchema.safeParse(JSON.parse(event.data)).data;
        if (changed !== undefined) void applyNews(queries, changed);
      });
      opened.addEventListener('error', () => {
        newsLine.set(false);
        if (opened.readyState !== closed) return;
        close();
        timer = window.setTimeout(open, againMs);
        // Refused: where the session ended, this says so at once.
        void call('currentSession').catch(() => undefined);
      });
    };
    const look = () => {
      window.clearTimeout(timer);
      if (document.hidden) timer = window.setTimeout(close, hiddenMs);
      else open();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.clearTimeout(timer);
      close();
    };
  }, [queries]);
}
