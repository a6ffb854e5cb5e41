import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const closed = 2;
const againMs = 3_000;

/**
 * Listens to a channel: whatever changes on air or becomes late is read again at once. Says whether the line is open; a browser
 * comes back by itself after a break, and here after a refusal too.
 */
export function useDeskNews(channel: string | undefined): boolean {
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    if (channel === undefined) return undefined;
    let source: EventSource | undefined;
    let timer: number | undefined;
    const read = (key: string) => () => void queries.invalidateQueries({ queryKey: [key] });
    const listen = () => {
      const opened = new EventSource(`/api/channels/${channel}/events`);
      source = opened;
      opened.addEventListener('open', () => setIsOpen(true));
      opened.addEventListener('news', read('desk'));
      opened.addEventListener('alarms', read('alarms'));
      opened.addEventListener('error', () => {
        setIsOpen(false);
        if (opened.readyState === closed) timer = window.setTimeout(listen, againMs);
      });
    };
    listen();
    return () => {
      window.clearTimeout(timer);
      source?.close();
    };
  }, [channel, queries]);
  return isOpen;
}
