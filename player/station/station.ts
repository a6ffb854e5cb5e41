import { createApi } from '../shared/api.ts';
import { countyClock, defaultTimeZone } from '../shared/county-clock.ts';
import { createServerClock } from '../shared/server-clock.ts';

/** The channel that a station opens into (contract.md: one channel `county`). */
export const channel = 'county';
/** The place whose notice board is shown: `?code=s1`, else the county. */
export const placeCode = /[?&]code=([a-z][a-z0-9-]{0,31})/.exec(location.search)?.[1] ?? 'county';

export const call = createApi({ timeoutMs: 15_000 });
/** The server's time: boxes wake up in 1970. */
export const serverClock = createServerClock();
export const county = countyClock(defaultTimeZone);

/** Calls something whose reply carries the server's time, and sets the clock by it. */
export async function observed<T extends { readonly serverAtMs: number }>(request: () => Promise<T>): Promise<T> {
  const sentAtMs = performance.now();
  const reply = await request();
  serverClock.observe({ sentAtMs, receivedAtMs: performance.now(), serverAtMs: reply.serverAtMs });
  return reply;
}

/** The guide of [fromMs, toMs); `each` names every filler, `round` makes one line of neighbouring ones. */
export const loadGuide = (fromMs: number, toMs: number, fillers: 'round' | 'each' = 'round') =>
  observed(() =>
    call('channelGuide', {
      params: { code: channel },
      query: { from: String(Math.round(fromMs)), to: String(Math.round(toMs)), fillers },
    }),
  );

const dayMs = 86_400_000;

/** The guide of the county day that holds `atMs`. */
export async function loadDay(atMs: number) {
  const day = county.day(atMs);
  const guide = await loadGuide(atMs - dayMs, atMs + dayMs);
  return { ...guide, items: guide.items.filter((item) => item.kind === 'item' && county.day(item.startAtMs) === day) };
}

/** The live channel's URL. */
export async function loadLive() {
  const reply = await observed(() => call('channelPlayback', { params: { code: channel } }));
  return { url: reply.live, expiresAtMs: reply.expiresAtMs };
}

/** A film's URL. */
export async function loadFilmUrl(id: string) {
  const reply = await call('filmPlayback', { params: { id } });
  return { url: reply.hls, expiresAtMs: reply.expiresAtMs };
}
