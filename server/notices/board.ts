import { createHash } from 'node:crypto';
import type { Channel } from '../../media/contract/channels.ts';
import type { Board } from '../../media/contract/notices.ts';
import type { Place } from '../../media/contract/places.ts';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import { civilDateOf, parseCivilDate } from '../../media/grid/civil-time.ts';
import { notFound } from '../errors.ts';
import type { PlaceTree } from '../http/caller.ts';
import { present } from '../http/present.ts';
import { adjustedTitle, openCut } from '../onair/interruption.ts';
import type { ChannelOnAir } from '../onair/channel-on-air.ts';
import type { OnAir } from '../onair/on-air.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import { announcedItems } from './announced-item.ts';
import { boardChanges } from './board-changes.ts';

/** What a notice board is made of. */
export interface BoardParts extends Pick<PlaceParts, 'places'> {
  readonly onAir: Pick<OnAir, 'channels' | 'find' | 'seenFrom'>;
  readonly settings: { readonly TIME_ZONE: string; readonly PUBLIC_URL?: string | undefined };
}

/** Days that a board announces from the county's today on. */
const announcedDays = 31;
const dayMs = 86_400_000;

/** The channel that a place watches: one that names the place or a place above as a group, else the first. */
export function channelOfPlace(channels: readonly Channel[], tree: PlaceTree, place: string): Channel | undefined {
  const own = channels.find((channel) => channel.groups.some((group) => tree.isWithin(place, group)));
  return own ?? channels[0];
}

/** Midnight of the county's day. */
export function countyToday(atMs: number, timeZone: string): number {
  const midnight = parseCivilDate(civilDateOf(atMs, timeZone), timeZone);
  return midnight.ok ? midnight.atMs : atMs;
}

/** A place with the channel that it watches. */
export interface PlaceOnAir {
  readonly place: Place;
  readonly channel: Channel;
  /** Undefined while nothing is on air. */
  readonly onAir: ChannelOnAir | undefined;
}

/** The county sees the channel itself, every other place its own timeline of it. */
const seeingPlace = ({ code, kind }: Place): string | undefined => (kind === 'county' ? undefined : code);

/** Finds a place and its channel; 404 for a place that does not exist. */
export async function placeOnAir({ places, onAir }: BoardParts, code: string): Promise<PlaceOnAir> {
  const place = await places.find(code);
  const channel = channelOfPlace(onAir.channels(), await places.tree(), code);
  if (place === undefined || channel === undefined) throw notFound('notice board');
  const onTheAir = onAir.find(channel.code);
  return { place, channel, onAir: onTheAir && onAir.seenFrom(onTheAir, seeingPlace(place)) };
}

/** The notice board of a place: what is planned from today on, who keeps the station, whom to call. */
export async function boardOf(parts: BoardParts, code: string, atMs: number): Promise<Board> {
  const { place, channel, onAir } = await placeOnAir(parts, code);
  const timeZone = parts.settings.TIME_ZONE;
  const today = countyToday(atMs, timeZone);
  const items = onAir === undefined ? [] : announcedItems(onAir, today, today + announcedDays * dayMs);
  const cut = openCut(onAir?.document.interruptions ?? []);
  const adjusted =
    cut === undefined
      ? {}
      : { adjustment: { title: adjustedTitle(cut.drill), drill: cut.drill, sinceAtMs: cellStartAtMs(cut.fromCell) } };
  const changes = boardChanges(onAir?.document.announcements ?? {}, {
    ...{ fromMs: today, toMs: today + announcedDays * dayMs, timeZone },
  });
  const said = { title: `${place.name}远程教育节目公示`, operators: place.operators, items, changes, ...adjusted };
  return {
    ...said,
    ...present({ hotline: place.hotline, address: parts.settings.PUBLIC_URL }),
    place: place.code,
    name: place.name,
    channel: channel.code,
    revision: createHash('sha256')
      .update(JSON.stringify([said, place.hotline]))
      .digest('hex')
      .slice(0, 16),
    timeZone,
    serverAtMs: atMs,
  };
}
