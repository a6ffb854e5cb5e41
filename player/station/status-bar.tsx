/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { useNow } from '../shared/use-loaded.ts';
import { county, serverClock } from './station.ts';
import type { StationWords } from './words.ts';

/** Time of the county, date and state of the link: always top right. */
export function StatusBar({
  words,
  language,
  connected,
}: {
  words: StationWords;
  language: 'zh' | 'en';
  connected: boolean;
}) {
  const now = useNow(serverClock.nowMs, 1000);
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  const good = online && connected;
  return (
    <div class="status">
      <span class={good ? 'link-good' : 'link-lost'}>{good ? words.linkGood : words.linkLost}</span>
      <span class="status-day">{county.dayInWords(now, language)}</span>
      <span class="status-time">{county.time(now)}</span>
    </div>
  );
}
