import type { GuideItem } from '../../media/contract/channels.ts';
import { itemUrls, type ItemLink } from '../shared/aired-item.ts';
import { createApi } from '../shared/api.ts';
import { countyClock, countyTimeZone, isOnDay } from '../shared/county-clock.ts';
import { askAboutNow, createServerClock, observed } from '../shared/server-clock.ts';
import { askAsPlace, placeOfAddress } from '../shared/viewing-place.ts';

/** The channel of the county (contract.md). */
const channel = 'county';
const place = placeOfAddress(location.search);
/** The channel as this page sees it: `?code=t1` for those of a township, else the county’s. */
export const seenChannel = { channel, place };
export const call = createApi();
export const serverClock = createServerClock();
export const county = countyClock(countyTimeZone());
export const dayMs = 86_400_000;

const loadGuide = (fromMs: number, toMs: number, fillers: 'round' | 'each') =>
  askAsPlace(place, (group) =>
    call('channelGuide', {
      params: { code: channel },
      query: { from: String(Math.round(fromMs)), to: String(Math.round(toMs)), fillers, ...group },
    }),
  );

/** What airs on the county day that is `days` from today; 0 is today. */
export async function loadDay(days: number) {
  const offsetMs = days * dayMs;
  const guide = await askAboutNow(serverClock, (nowMs) =>
    loadGuide(nowMs + offsetMs - dayMs, nowMs + offsetMs + dayMs, 'round'),
  );
  const day = county.day(serverClock.nowMs() + offsetMs);
  return guide.items.filter((item) => item.kind === 'item' && isOnDay(county, day, item));
}

/** What airs at this moment and next, every filler by its name. */
export async function loadNow() {
  const guide = await askAboutNow(serverClock, (nowMs) => loadGuide(nowMs - 60_000, nowMs + 600_000, 'each'));
  return guide.items;
}

/** The URL of an item that has begun, for as long as it is watched. */
export const itemUrlLoader = (item: GuideItem, link: ItemLink) =>
  itemUrls({ loadGuide: (fromMs, toMs) => loadGuide(fromMs, toMs, 'each'), nowMs: serverClock.nowMs }, item, link);

export const loadBoard = () => observed(serverClock, () => call('boardJson', { params: { place: place ?? 'county' } }));

export async function loadLive() {
  const reply = await observed(serverClock, () =>
    askAsPlace(place, (query) => call('channelPlayback', { params: { code: channel }, query })),
  );
  return { url: reply.live, expiresAtMs: reply.expiresAtMs };
}

export async function loadFilmUrl(id: string) {
  const reply = await call('filmPlayback', { params: { id } });
  const languages = reply.languages;
  const { hls, expiresAtMs, subtitles } = reply;
  return { url: languages ?? hls, expiresAtMs, hasLanguages: languages !== undefined, subtitles };
}
