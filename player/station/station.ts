import type { GuideItem } from '../../media/contract/channels.ts';
import { itemUrls, type ItemLink } from '../shared/aired-item.ts';
import { createApi } from '../shared/api.ts';
import { absenceOf } from '../shared/ask-for-url.ts';
import { countyClock, countyTimeZone, isOnDay } from '../shared/county-clock.ts';
import { beacon, createQualityOutbox } from '../shared/quality-outbox.ts';
import { askAboutNow, createServerClock, observed } from '../shared/server-clock.ts';
import { loadStoryboard, type StoryboardTile } from '../shared/storyboard.ts';
import { askAsPlace, placeOfAddress } from '../shared/viewing-place.ts';
import { tellSkips } from './must-watch.ts';

/** The channel that a station opens into (contract.md: one channel `county`). */
export const firstChannel = 'county';
/** The place whose notice board is shown: `?code=s1`, else the county. */
const place = placeOfAddress(location.search);
export const placeCode = place ?? 'county';
/** A channel as this station sees it. */
export const seenAt = (channel: string) => ({ channel, place });

export const call = createApi({ timeoutMs: 15_000 });
/** How well pictures played, on its way to the server. */
export const qualityOutbox = createQualityOutbox({
  page: 'station',
  place: () => place,
  send: (body) => call('reportQuality', { body }),
  sendBlindly: beacon,
});
/** Tells which must-watch items were cancelled here. */
export const reportSkips = () => tellSkips((skips) => call('reportSkips', { body: { place, skips: [...skips] } }));
/** The server's time: boxes wake up in 1970. */
export const serverClock = createServerClock();
export const county = countyClock(countyTimeZone());

/** A browser asks a server six things at a time: what is not the picture waits for it, though not for ever. */
const longestWaitMs = 3000;
let pictureIsThere: () => void = () => undefined;
const afterPicture = new Promise<void>((resolve) => {
  pictureIsThere = resolve;
  setTimeout(resolve, longestWaitMs);
});
/** The first picture moves: everything else may be asked for. */
export const letOthersLoad = (): void => pictureIsThere();

/** What airs from `beforeMs` before now to `afterMs` after it; `each` names every filler, `round` makes one line of neighbouring ones. */
export async function loadGuideAround(
  channel: string,
  { beforeMs, afterMs, fillers = 'round' }: { beforeMs: number; afterMs: number; fillers?: 'round' | 'each' },
) {
  await afterPicture;
  const around = (nowMs: number) => ({ fromMs: nowMs - beforeMs, toMs: nowMs + afterMs, fillers });
  return askAboutNow(serverClock, (nowMs) => loadGuide(channel, around(nowMs)));
}

interface GuideAsk {
  readonly fromMs: number;
  readonly toMs: number;
  readonly fillers: 'round' | 'each';
}

const loadGuide = (channel: string, { fromMs, toMs, fillers }: GuideAsk) =>
  askAsPlace(place, (group) =>
    call('channelGuide', {
      params: { code: channel },
      query: { from: String(Math.round(fromMs)), to: String(Math.round(toMs)), fillers, ...group },
    }),
  );

const dayMs = 86_400_000;

/** The guide of the county's today. */
export async function loadToday(channel: string) {
  const guide = await loadGuideAround(channel, { beforeMs: dayMs, afterMs: dayMs });
  const today = county.day(serverClock.nowMs());
  return guide.items.filter((item) => item.kind === 'item' && isOnDay(county, today, item));
}

/** Every channel that may be watched here, the county's own first. */
export async function loadChannels() {
  await afterPicture;
  const items = (await call('listChannels')).items.filter(({ audience }) => audience === 'public');
  const isFirst = ({ code }: { readonly code: string }) => code === firstChannel;
  return [...items.filter(isFirst), ...items.filter((channel) => !isFirst(channel))];
}

/** The live URL of a channel. */
export async function loadLive(channel: string) {
  const reply = await observed(serverClock, () =>
    askAsPlace(place, (query) => call('channelPlayback', { params: { code: channel }, query })),
  );
  return { url: reply.live, expiresAtMs: reply.expiresAtMs };
}

/** The URL of an item that has begun, for as long as it is watched. */
export const itemUrlLoader = (channel: string, item: GuideItem, link: ItemLink) =>
  itemUrls(
    {
      loadGuide: (fromMs, toMs) => loadGuide(channel, { fromMs, toMs, fillers: 'each' }),
      nowMs: serverClock.nowMs,
    },
    item,
    link,
  );

/** The name of this place; undefined where the address names none that exists. */
export async function loadPlaceName(): Promise<{ readonly name?: string }> {
  await afterPicture;
  try {
    return { name: (await loadBoard()).name };
  } catch (error) {
    if (absenceOf(error) === 'gone') return {};
    throw error;
  }
}

const loadBoardOf = (code: string) => observed(serverClock, () => call('boardJson', { params: { place: code } }));
/** The notice board of this place. */
export const loadBoard = () => loadBoardOf(placeCode);
/** Sets the server's clock, whatever place the address names; rejects where the server does not answer. */
export const askForTime = () => loadBoardOf('county');

/** The pictures for winding through a film. */
export async function loadFilmStoryboard(id: string): Promise<readonly StoryboardTile[]> {
  const { storyboard } = await call('filmPlayback', { params: { id } });
  return storyboard === undefined ? [] : loadStoryboard(storyboard);
}

/** A film's URL: with its main sound, which every box plays, or with all of them for the full player. */
export async function loadFilmUrl(id: string, withLanguages = false) {
  const { hls, languages, expiresAtMs, subtitles } = await call('filmPlayback', { params: { id } });
  return withLanguages && languages !== undefined
    ? { url: languages, expiresAtMs, hasLanguages: true, subtitles }
    : { url: hls, expiresAtMs, subtitles };
}
