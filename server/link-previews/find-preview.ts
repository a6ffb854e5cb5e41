import { formatCivilTime } from '../../media/grid/civil-time.ts';
import { AppError } from '../errors.ts';
import { present } from '../http/present.ts';
import { filmPreview } from '../library/film-preview.ts';
import type { LibraryRouteParts } from '../library/routes.ts';
import { boardOf } from '../notices/board.ts';
import { guideItems } from '../onair/channel-guide.ts';
import type { ChannelOnAir } from '../onair/channel-on-air.ts';
import type { OnAirParts } from '../onair/on-air-parts.ts';
import { seenFromGroup } from '../onair/watch-channel.ts';
import type { LinkPreview } from './write-preview.ts';

/** What previews are made of. */
export type PreviewParts = LibraryRouteParts & Pick<OnAirParts, 'onAir'>;

const channelOfMembers = 'county';
const cellMs = 4000;
const listed = 3;
const soonMs = 3_600_000;

/** Finds what a page is about, as somebody who did not sign in may know it; undefined where that is nothing. */
export async function findPreview(
  parts: PreviewParts,
  { pathname, searchParams }: Pick<URL, 'pathname' | 'searchParams'>,
  atMs: number,
): Promise<LinkPreview | undefined> {
  const [, page = '', name = ''] = /^\/(film|programme|board|notices)\/?([0-9a-z-]*)$/.exec(pathname) ?? [];
  const place = searchParams.get('code') ?? 'county';
  try {
    if (pathname === '/') return await ofChannel(parts, place, atMs);
    if (page === 'film') return await ofFilm(parts, name, atMs);
    if (page === 'programme' && /^\d{12,13}$/.test(name)) return await ofProgramme(parts, place, Number(name), atMs);
    if (page === 'board' || page === 'notices') return await ofBoard(parts, name === '' ? place : name, atMs);
  } catch (error) {
    // A page without a preview is still a page.
    if (!(error instanceof AppError)) throw error;
  }
  return undefined;
}

async function ofFilm(parts: PreviewParts, id: string, atMs: number): Promise<LinkPreview> {
  const { title, synopsis, durationMs, posterPath } = await filmPreview(parts, id, atMs);
  const length = durationMs === undefined ? '' : `时长 ${Math.max(1, Math.round(durationMs / 60_000))} 分钟。`;
  const description = `${length}${synopsis ?? '远程教育点播片，点开就能看。'}`;
  return { title, description, kind: 'video.other', ...present({ picture: posterPath }) };
}

/** The members' channel as a place sees it; undefined where not everybody may see it. */
function publicChannel(parts: PreviewParts, place: string): ChannelOnAir | undefined {
  const channel = parts.onAir.find(channelOfMembers);
  return channel?.channel.audience === 'public' ? seenFromGroup(parts, channel, place) : undefined;
}

/** The channel: what is on and what comes next, with the picture of what is on. */
async function ofChannel(parts: PreviewParts, place: string, atMs: number): Promise<LinkPreview | undefined> {
  const channel = publicChannel(parts, place);
  if (channel === undefined) return undefined;
  const items = guideItems(channel, atMs, atMs + soonMs, 'each').map(({ item }) => item);
  const current = items.find(({ kind, startAtMs }) => kind !== 'slate' && startAtMs <= atMs);
  const next = items.find(({ kind, startAtMs }) => kind === 'item' && startAtMs > atMs);
  const told = [
    ...(current === undefined ? [] : [`正在播出：${current.title}。`]),
    ...(next === undefined ? [] : [`${timeOf(parts, next.startAtMs)} ${next.title}。`]),
    '点开就能看直播、回看和点播。',
  ];
  const picture = await pictureOf(parts, current?.filmId, atMs);
  return { title: channel.channel.name, description: told.join(''), ...present({ picture }) };
}

const timeOf = ({ settings }: PreviewParts, atMs: number): string =>
  formatCivilTime(atMs, settings.TIME_ZONE).slice(11, 16);

/** An item of the public channel; its picture is that of its film where everybody may see that. */
async function ofProgramme(
  parts: PreviewParts,
  place: string,
  startAtMs: number,
  atMs: number,
): Promise<LinkPreview | undefined> {
  const channel = publicChannel(parts, place);
  if (channel === undefined) return undefined;
  const rows = guideItems(channel, startAtMs, startAtMs + cellMs, 'each');
  const item = rows.find((row) => row.item.startAtMs === startAtMs && row.item.kind !== 'slate')?.item;
  if (item === undefined) return undefined;
  const picture = await pictureOf(parts, item.filmId, atMs);
  const when = formatCivilTime(startAtMs, parts.settings.TIME_ZONE).slice(0, 16).replace('T', ' ');
  const description = `${when} 在${channel.channel.name}播出，播出后可以回看。`;
  return { title: item.title, description, kind: 'video.other', ...present({ picture }) };
}

async function pictureOf(parts: PreviewParts, filmId: string | undefined, atMs: number): Promise<string | undefined> {
  if (filmId === undefined) return undefined;
  try {
    return (await filmPreview(parts, filmId, atMs)).posterPath;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

async function ofBoard(parts: PreviewParts, place: string, atMs: number): Promise<LinkPreview> {
  const { title, items } = await boardOf(parts, place, atMs);
  const coming = items.filter(({ kind, endAtMs }) => kind === 'item' && endAtMs > atMs).slice(0, listed);
  const told = coming.map(({ title, startAtMs }) => {
    const [, day = '', time = ''] =
      /-(\d\d-\d\d)T(\d\d:\d\d)/.exec(formatCivilTime(startAtMs, parts.settings.TIME_ZONE)) ?? [];
    return `${day} ${time} ${title}`;
  });
  return { title, description: told.length === 0 ? '近期还没有公布节目。' : told.join('；') };
}
