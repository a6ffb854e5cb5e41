import { formatCivilTime } from '../../media/grid/civil-time.ts';
import { AppError } from '../errors.ts';
import { present } from '../http/present.ts';
import { filmPreview } from '../library/film-preview.ts';
import type { LibraryRouteParts } from '../library/routes.ts';
import { boardOf } from '../notices/board.ts';
import { guideItems } from '../onair/channel-guide.ts';
import type { OnAirParts } from '../onair/on-air-parts.ts';
import type { LinkPreview } from './write-preview.ts';

/** What previews are made of. */
export type PreviewParts = LibraryRouteParts & Pick<OnAirParts, 'onAir'>;

const channelOfMembers = 'county';
const cellMs = 4000;
const listed = 3;

/** Finds what a page is about, as somebody who did not sign in may know it; undefined where that is nothing. */
export async function findPreview(parts: PreviewParts, path: string, atMs: number): Promise<LinkPreview | undefined> {
  const [, page = '', name = ''] = /^\/(film|programme|board|notices)\/?([0-9a-z-]*)$/.exec(path) ?? [];
  try {
    if (page === 'film') return await ofFilm(parts, name, atMs);
    if (page === 'programme' && /^\d{12,13}$/.test(name)) return await ofProgramme(parts, Number(name), atMs);
    if (page === 'board' || page === 'notices') return await ofBoard(parts, name === '' ? 'county' : name, atMs);
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

/** An item of the public channel; its picture is that of its film where everybody may see that. */
async function ofProgramme(parts: PreviewParts, startAtMs: number, atMs: number): Promise<LinkPreview | undefined> {
  const channel = parts.onAir.find(channelOfMembers);
  if (channel?.channel.audience !== 'public') return undefined;
  const rows = guideItems(channel, startAtMs, startAtMs + cellMs, 'each');
  const item = rows.find((row) => row.item.startAtMs === startAtMs && row.item.kind !== 'slate')?.item;
  if (item === undefined) return undefined;
  const picture = item.filmId === undefined ? undefined : await pictureOf(parts, item.filmId, atMs);
  const when = formatCivilTime(startAtMs, parts.settings.TIME_ZONE).slice(0, 16).replace('T', ' ');
  const description = `${when} 在${channel.channel.name}播出，播出后可以回看。`;
  return { title: item.title, description, kind: 'video.other', ...present({ picture }) };
}

async function pictureOf(parts: PreviewParts, filmId: string, atMs: number): Promise<string | undefined> {
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
