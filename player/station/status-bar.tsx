/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { useLoaded, useNow } from '../shared/use-loaded.ts';
import { county, loadPlaceName, serverClock } from './station.ts';
import type { StationWords } from './words.ts';

/** Name of the station, state of the link, date and time of the county: always top right. */
export function StatusBar({
  words,
  language,
  connected,
  isSmall,
}: {
  words: StationWords;
  language: 'zh' | 'en';
  connected: boolean;
  /** Over a film: only the link and the time. */
  isSmall: boolean;
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
  const place = useLoaded('place', loadPlaceName, 600_000).value;
  const good = online && connected;
  return (
    <div class="status">
      {place === undefined || isSmall ? null : <span class="status-place">{place.name ?? words.unknownStation}</span>}
      <span class={good ? 'link-good' : 'link-lost'}>{good ? words.linkGood : words.linkLost}</span>
      {isSmall ? null : <span class="status-day">{county.dayInWords(now, language)}</span>}
      <span class="status-time">{county.time(now)}</span>
    </div>
  );
}
