import type { GuideItem } from '../../media/contract/channels.ts';
import { itemUrls, type ItemLink } from '../shared/aired-item.ts';
import { createApi } from '../shared/api.ts';
import { absenceOf } from '../shared/ask-for-url.ts';
import { countyClock, countyTimeZone, isOnDay } from '../shared/county-clock.ts';
import { askAboutNow, createServerClock, observed } from '../shared/server-clock.ts';
import { askAsPlace, placeOfAddress } from '../shared/viewing-place.ts';

/** The channel that a station opens into (contract.md: one channel `county`). */
const channel = 'county';
/** The place whose notice board is shown: `?code=s1`, else the county. */
const place = placeOfAddress(location.search);
export const placeCode = place ?? 'county';
/** The channel as this station sees it. */
export const seenChannel = { channel, place };

export const call = createApi({ timeoutMs: 15_000 });
/** The server's time: boxes wake up in 1970. */
export const serverClock = createServerClock();
export const county = countyClock(countyTimeZone());

/** What airs from `beforeMs` before now to `afterMs` after it; `each` names every filler, `round` makes one line of neighbouring ones. */
export const loadGuideAround = (beforeMs: number, afterMs: number, fillers: 'round' | 'each' = 'round') =>
  askAboutNow(serverClock, (nowMs) => loadGuide(nowMs - beforeMs, nowMs + afterMs, fillers));

const loadGuide = (fromMs: number, toMs: number, fillers: 'round' | 'each') =>
  askAsPlace(place, (group) =>
    call('channelGuide', {
      params: { code: channel },
      query: { from: String(Math.round(fromMs)), to: String(Math.round(toMs)), fillers, ...group },
    }),
  );

const dayMs = 86_400_000;

/** The guide of the county's today. */
export async function loadToday() {
  const guide = await loadGuideAround(dayMs, dayMs);
  const today = county.day(serverClock.nowMs());
  return guide.items.filter((item) => item.kind === 'item' && isOnDay(county, today, item));
}

/** The live channel's URL. */
export async function loadLive() {
  const reply = await observed(serverClock, () =>
    askAsPlace(place, (query) => call('channelPlayback', { params: { code: channel }, query })),
  );
  return { url: reply.live, expiresAtMs: reply.expiresAtMs };
}

/** The URL of an item that has begun, for as long as it is watched. */
export const itemUrlLoader = (item: GuideItem, link: ItemLink) =>
  itemUrls({ loadGuide: (fromMs, toMs) => loadGuide(fromMs, toMs, 'each'), nowMs: serverClock.nowMs }, item, link);

/** The name of this place; undefined where the address names none that exists. */
export async function loadPlaceName(): Promise<{ readonly name?: string }> {
  try {
    return { name: (await loadBoard()).name };
  } catch (error) {
    if (absenceOf(error) === 'gone') return {};
    throw error;
  }
}

/** The notice board of this place. */
export const loadBoard = () => observed(serverClock, () => call('boardJson', { params: { place: placeCode } }));

/** A film's URL: with its main sound, which every box plays, or with all of them for the full player. */
export async function loadFilmUrl(id: string, withLanguages = false) {
  const { hls, languages, expiresAtMs, subtitles } = await call('filmPlayback', { params: { id } });
  return withLanguages && languages !== undefined
    ? { url: languages, expiresAtMs, hasLanguages: true, subtitles }
    : { url: hls, expiresAtMs, subtitles };
}
