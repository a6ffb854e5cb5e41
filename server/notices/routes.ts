import type { Channel } from '../../media/contract/channels.ts';
import { AppError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { madeFile } from '../http/made-file.ts';
import type { Call, Routes } from '../http/serve.ts';
import type { ChannelOnAir } from '../onair/channel-on-air.ts';
import type { OnAirParts } from '../onair/on-air-parts.ts';
import { seenFromGroup, watchChannel } from '../onair/watch-channel.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import { foreignToken } from '../playback/playback-gate.ts';
import { announcedItems } from './announced-item.ts';
import { boardOf, type BoardParts, countyToday, placeOnAir } from './board.ts';
import { type CalendarEvent, writeCalendar } from './icalendar.ts';
import { writeM3u } from './m3u.ts';
import { posters } from './poster.ts';
import { writeXmltv } from './xmltv.ts';

type Names = 'boardJson' | 'boardPoster' | 'boardXml' | 'boardCalendar' | 'guideXml' | 'guideM3u';
type NoticeParts = OnAirParts &
  Pick<PlaceParts, 'places' | 'categories'> & {
    readonly settings: BoardParts['settings'] & { readonly PUBLIC_URL?: string | undefined };
  };

const dayMs = 86_400_000;
const announcedMs = 31 * dayMs;
/** Calendars keep a week of what is over. */
const calendarBackMs = 7 * dayMs;

const channelId = (channel: Pick<Channel, 'code'>): string => `${channel.code}.yuanbo`;

export const noticeRoutes = (parts: NoticeParts): Routes<Names> => {
  const { settings, categories, gate } = parts;
  const drawn = posters();
  const timeZone = settings.TIME_ZONE;
  const categoryNames = async (): Promise<(code: string) => string> => {
    const names = new Map((await categories.list()).map(({ code, name }) => [code, name]));
    return (code) => names.get(code) ?? code;
  };
  const xmltv = async (channel: Channel, onAir: ChannelOnAir | undefined, fromMs: number): Promise<string> =>
    writeXmltv(onAir === undefined ? [] : announcedItems(onAir, fromMs, fromMs + announcedMs), {
      channelId: channelId(channel),
      channelName: channel.name,
      timeZone,
      categoryName: await categoryNames(),
    });
  return {
    boardJson: async (call) => {
      const board = await boardOf(parts, call.params.place, call.atMs);
      call.setHeader('ETag', `"${board.revision}"`);
      call.setHeader('Cache-Control', 'public, max-age=30');
      return board;
    },
    boardPoster: async (call) => {
      const { place } = call.params;
      const { paper = 'a4' } = call.query;
      const { revision, name } = await boardOf(parts, place, call.atMs);
      const host = new URL(baseOf(settings.PUBLIC_URL, call)).host;
      const bytes = await drawn.draw({ place, paper, revision, host, listensAt: call.arrivedAt });
      await call.sendFile(madeFile(`${name}节目公示-${paper.toUpperCase()}.pdf`, 'application/pdf', bytes));
    },
    boardXml: async ({ params, atMs }) => {
      const { channel, onAir } = await placeOnAir(parts, params.place);
      return xmltv(channel, onAir, countyToday(atMs, timeZone));
    },
    boardCalendar: async ({ params, atMs }) => {
      const { place, onAir } = await placeOnAir(parts, params.place);
      const events = onAir === undefined ? [] : calendarEvents(onAir, place.name, atMs, await categoryNames());
      return writeCalendar(events, { name: `${place.name}远程教育节目`, timeZone });
    },
    guideXml: async ({ params, query, caller, atMs }) => {
      const onAir = openByKey(parts, { code: params.channel, ...query, caller, atMs });
      return xmltv(onAir.channel, onAir, countyToday(atMs, timeZone) - dayMs);
    },
    guideM3u: async (call) => {
      const { params, query, caller, atMs } = call;
      const { channel, place } = openByKey(parts, { code: params.channel, ...query, caller, atMs });
      const base = baseOf(settings.PUBLIC_URL, call);
      // A player has no session: what is not public carries a key of its own.
      const key = channel.audience === 'public' ? undefined : gate.issue('guide', channel.code, atMs).token;
      const withKey = (path: string, query: readonly string[] = []): string => {
        const group = place === undefined ? [] : [`group=${place}`];
        const all = [...group, ...query, ...(key === undefined ? [] : [`key=${key}`])];
        return `${base}${path}${all.length === 0 ? '' : `?${all.join('&')}`}`;
      };
      return writeM3u({
        id: channelId(channel),
        name: channel.name,
        liveUrl: withKey(`/live/${channel.code}.m3u8`),
        catchUpUrl: withKey(`/live/${channel.code}.m3u8`, ['from={utc}', 'to={utcend}']),
        guideUrl: withKey(`/guide/${channel.code}.xml`),
        catchUpDays: await parts.catchUpDays(),
      });
    },
  };
};

interface Visitor {
  readonly code: string;
  readonly key?: string | undefined;
  /** Place that sees it. */
  readonly group?: string | undefined;
  readonly caller: Caller;
  readonly atMs: number;
}

/** A channel for whoever may watch it: signed in, or with the key that stands in the addresses of its list. */
function openByKey(parts: NoticeParts, { code, key, group, caller, atMs }: Visitor): ChannelOnAir {
  if (key === undefined) return seenFromGroup(parts, watchChannel(parts, caller, code, atMs), group);
  const { kind, scope } = parts.gate.check(key, atMs);
  if (kind !== 'guide' || scope !== code) throw foreignToken();
  return seenFromGroup(parts, parts.onAir.require(code, atMs), group);
}

/** Where players find this server: the address that the office set, else the one that was asked. */
function baseOf(publicUrl: string | undefined, call: Pick<Call<'guideM3u'>, 'header' | 'secure'>): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/$/, '');
  const host = call.header('host') ?? '';
  if (!/^[\w.:[\]-]{1,255}$/.test(host))
    throw new AppError('bad_request', 'The request names no host. Set PUBLIC_URL.');
  return `${call.secure ? 'https' : 'http'}://${host}`;
}

/** Every announced item of a channel, the cancelled ones too, for calendars that hold them. */
function calendarEvents(
  { head, document, channel }: ChannelOnAir,
  location: string,
  atMs: number,
  categoryName: (code: string) => string,
): CalendarEvent[] {
  return Object.entries(document.announcements)
    .filter(([, told]) => told.endAtMs > atMs - calendarBackMs && told.startAtMs < atMs + announcedMs)
    .sort(([a, first], [b, second]) => first.startAtMs - second.startAtMs || (a < b ? -1 : 1))
    .map(([itemId, told]) => ({
      uid: `${itemId}@${channelId(channel)}`,
      sequence: told.changes,
      stampAtMs: head.movedAtMs,
      startAtMs: told.startAtMs,
      endAtMs: told.endAtMs,
      summary: told.title,
      categories: [
        ...(told.category === undefined ? [] : [categoryName(told.category)]),
        ...(document.timeline.items[itemId]?.mustWatch === true ? ['必看'] : []),
      ],
      location,
      cancelled: told.cancelled,
    }));
}
