import { createApi } from '../shared/api.ts';
import { countyClock, defaultTimeZone } from '../shared/county-clock.ts';
import { createServerClock } from '../shared/server-clock.ts';

/** The channel of the county (contract.md). */
export const channel = 'county';
export const call = createApi();
export const serverClock = createServerClock();
export const county = countyClock(defaultTimeZone);
export const dayMs = 86_400_000;

/** Calls something whose reply carries the server's time, and sets the clock by it. */
export async function observed<T extends { readonly serverAtMs: number }>(request: () => Promise<T>): Promise<T> {
  const sentAtMs = performance.now();
  const reply = await request();
  serverClock.observe({ sentAtMs, receivedAtMs: performance.now(), serverAtMs: reply.serverAtMs });
  return reply;
}

/** What airs on the county day that is `days` from today; 0 is today. */
export async function loadDay(days: number) {
  const atMs = serverClock.nowMs() + days * dayMs;
  const day = county.day(atMs);
  const guide = await observed(() =>
    call('channelGuide', {
      params: { code: channel },
      query: { from: String(Math.round(atMs - dayMs)), to: String(Math.round(atMs + dayMs)) },
    }),
  );
  return guide.items.filter(
    (item) => county.day(item.startAtMs) === day || (county.day(item.endAtMs) === day && item.kind === 'item'),
  );
}

/** What airs at this moment and next, every filler by its name. */
export async function loadNow() {
  const atMs = serverClock.nowMs();
  const guide = await observed(() =>
    call('channelGuide', {
      params: { code: channel },
      query: { from: String(Math.round(atMs - 60_000)), to: String(Math.round(atMs + 600_000)), fillers: 'each' },
    }),
  );
  return guide.items;
}

export async function loadLive() {
  const reply = await observed(() => call('channelPlayback', { params: { code: channel } }));
  return { url: reply.live, expiresAtMs: reply.expiresAtMs };
}

export async function loadFilmUrl(id: string) {
  const reply = await call('filmPlayback', { params: { id } });
  const languages = reply.languages;
  return { url: languages ?? reply.hls, expiresAtMs: reply.expiresAtMs, hasLanguages: languages !== undefined };
}
