import type { GuideItem } from '../../media/contract/channels.ts';
import type { PlayReport } from '../../media/contract/quality.ts';
import { itemUrls, type ItemLink } from '../shared/aired-item.ts';
import { ApiError } from '../shared/api-error.ts';
import { createApi } from '../shared/api.ts';
import { countyClock, countyTimeZone, isOnDay } from '../shared/county-clock.ts';
import { loadFeaturedFilms, loadFilms } from '../shared/featured-films.ts';
import { beacon, createQualityOutbox } from '../shared/quality-outbox.ts';
import { askAboutNow, createServerClock, observed } from '../shared/server-clock.ts';
import { askAsPlace, placeOfAddress } from '../shared/viewing-place.ts';
import { chosenVillage } from './village.ts';

/** The channel of the county (contract.md). */
const channel = 'county';
const place = placeOfAddress(location.search) ?? chosenVillage();
/** Code of the place whose notices are read: that of the address, else the chosen village, else the county. */
export const placeCode = place ?? 'county';
/** The channel as this page sees it: that of its place where there is one, else the county’s. */
export const seenChannel = { channel, place };
export const call = createApi();
export const serverClock = createServerClock();
export const county = countyClock(countyTimeZone());
export const dayMs = 86_400_000;

/** How well pictures played, on its way to the server. */
export const qualityOutbox = createQualityOutbox({
  page: 'member',
  place: () => place,
  send: (body) => call('reportQuality', { body }),
  sendBlindly: beacon,
});

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

/** The item that begins at an instant; rejects with 404 where none does (any more). */
export async function loadProgramme(startAtMs: number): Promise<GuideItem> {
  const { items } = await observed(serverClock, () => loadGuide(startAtMs, startAtMs + 4000, 'each'));
  const item = items.find((one) => one.startAtMs === startAtMs && one.kind !== 'slate');
  if (item === undefined) throw new ApiError({ status: 404, code: 'not_found', detail: 'Nothing begins then.' });
  return item;
}

/** The picture of a film; none where there is no film, or where whoever looks may not see it. */
export async function loadPoster(filmId: string | undefined): Promise<string | undefined> {
  return filmId === undefined ? undefined : (await loadFilms(call, [filmId]))[0]?.posterPath;
}

/** Must-watch items of the week before and the week ahead, and what the county recommends. */
export const loadFeatured = () =>
  loadFeaturedFilms(call, async () => {
    const guide = await askAboutNow(serverClock, (nowMs) => loadGuide(nowMs - 7 * dayMs, nowMs + 7 * dayMs, 'round'));
    return guide.items;
  });

/** The URL of an item that has begun, for as long as it is watched. */
export const itemUrlLoader = (item: GuideItem, link: ItemLink) =>
  itemUrls({ loadGuide: (fromMs, toMs) => loadGuide(fromMs, toMs, 'each'), nowMs: serverClock.nowMs }, item, link);

export const loadBoard = () => observed(serverClock, () => call('boardJson', { params: { place: placeCode } }));

export async function loadLive() {
  const reply = await observed(serverClock, () =>
    askAsPlace(place, (query) => call('channelPlayback', { params: { code: channel }, query })),
  );
  return { url: reply.live, expiresAtMs: reply.expiresAtMs };
}

/** A film's URL, with every language of it; with its main one alone where only sound is wanted. */
export async function loadFilmUrl(id: string, soundOnly = false) {
  const { hls, languages, expiresAtMs, subtitles } = await call('filmPlayback', { params: { id } });
  const whole = soundOnly ? undefined : languages;
  return { url: whole ?? hls, expiresAtMs, hasLanguages: whole !== undefined, subtitles };
}

/** What a report is about. */
export const filmSubject = (id: string): Pick<PlayReport, 'film'> => ({ film: id as PlayReport['film'] });
export const itemSubject = (item: Pick<GuideItem, 'filmId'>): Pick<PlayReport, 'film' | 'channel'> => ({
  channel,
  ...(item.filmId === undefined ? {} : { film: item.filmId }),
});
