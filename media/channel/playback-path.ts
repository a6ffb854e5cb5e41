import type { PackageKind } from '../plan/timeline.ts';
import { type PlaybackView, parseView, viewName } from './playback-view.ts';
import { type Rendition } from './segment-name.ts';

/**
 * Every address under `/p/`, once. The token is the second part, so that a renewed token changes only the prefix, and all
 * views of a channel name the same address for the same segment, so that caches share it:
 *
 *     /p/{token}/live/{code}/{epoch}/{package}/{view}/multivariant.m3u8
 *     /p/{token}/live/{code}/{epoch}/{package}/{rendition}/{view}.m3u8
 *     /p/{token}/live/{code}/{epoch}/{package}/{rendition}/{revision}/00012.ts
 *     /p/{token}/vod/{filmId}/{revision}/{file}
 */
export type PlaybackPath = LivePath | VodPath;

interface LiveBase {
  readonly token: string;
  readonly channel: string;
  readonly epoch: string;
}

/** An address of a channel. */
export type LivePath = LiveBase &
  (
    | { readonly kind: 'live-multivariant'; readonly package: PackageKind; readonly view: PlaybackView }
    | { readonly kind: 'live-media'; readonly rendition: Rendition; readonly view: PlaybackView }
    | { readonly kind: 'live-file'; readonly rendition: Rendition; readonly revision: string; readonly file: string }
  );

/** An address of a film's revision; `file` is the name inside its package, as in `ts/720p/00012.ts`. */
export interface VodPath {
  readonly kind: 'vod';
  readonly token: string;
  readonly filmId: string;
  readonly revision: string;
  readonly file: string;
}

const id = /^[0-9a-hjkmnp-tv-z]{26}$/;
const code = /^[a-z][a-z0-9-]{0,31}$/;
const epochName = /^[0-9]{4}[a-z]?$/;
const language = '[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}';
const rung = '(?:[1-9][0-9]{2,3}p|audio)';
const renditionOf: Readonly<Record<PackageKind, RegExp>> = {
  ts: new RegExp(`^${rung}$`),
  cmaf: new RegExp(`^(?:${rung}|audio-${language})$`),
};
const fileOf: Readonly<Record<PackageKind, RegExp>> = {
  ts: /^[0-9]{5}\.ts$/,
  cmaf: /^(?:init\.mp4|[0-9]{5}\.m4s)$/,
};
const vodFile = new RegExp(
  [
    '^(?:(?:ts|cmaf)/multivariant\\.m3u8',
    `ts/${rung}/(?:media\\.m3u8|iframes\\.m3u8|[0-9]{5}\\.ts)`,
    `cmaf/(?:${rung}|2160p-hevc|audio-${language})/(?:media\\.m3u8|init\\.mp4|[0-9]{5}\\.m4s)`,
    `cmaf/subtitles-${language}/(?:media\\.m3u8|[0-9]{5}\\.vtt)`,
    `subtitles/${language}/(?:media\\.m3u8|[0-9]{5}\\.vtt)`,
    'storyboard/(?:storyboard\\.vtt|[0-9]{5}\\.jpg)',
    'review/(?:multivariant\\.m3u8|media\\.m3u8|init\\.mp4|[0-9]{5}\\.(?:ts|m4s))',
    'poster(?:-[0-9])?\\.jpg',
    'own-poster/[0-9a-hjkmnp-tv-z]{26}\\.jpg)$',
  ].join('|'),
);

const isPackage = (text: string | undefined): text is PackageKind => text === 'ts' || text === 'cmaf';

function parseLive(parts: readonly string[]): LivePath | undefined {
  const [, , token, , channel, epoch, kind, folder, name, file, more] = parts;
  if (token === undefined || channel === undefined || epoch === undefined || !isPackage(kind)) return undefined;
  if (folder === undefined || name === undefined || more !== undefined) return undefined;
  if (!code.test(channel) || !epochName.test(epoch)) return undefined;
  const base = { token, channel, epoch };
  if (name === 'multivariant.m3u8' && file === undefined) {
    const view = parseView(folder);
    return view && { ...base, kind: 'live-multivariant', package: kind, view };
  }
  if (!renditionOf[kind].test(folder)) return undefined;
  const rendition = { package: kind, name: folder };
  if (file !== undefined) {
    return id.test(name) && fileOf[kind].test(file)
      ? { ...base, kind: 'live-file', rendition, revision: name, file }
      : undefined;
  }
  const view = name.endsWith('.m3u8') ? parseView(name.slice(0, -'.m3u8'.length)) : undefined;
  return view && { ...base, kind: 'live-media', rendition, view };
}

function parseVod(parts: readonly string[]): VodPath | undefined {
  const [, , token, , filmId, revision, ...rest] = parts;
  if (token === undefined || filmId === undefined || revision === undefined) return undefined;
  const file = rest.join('/');
  if (!id.test(filmId) || !id.test(revision) || !vodFile.test(file)) return undefined;
  return { kind: 'vod', token, filmId, revision, file };
}

/**
 * Reads a request path (no query, not decoded). Undefined when it is no address of ours: what does not match byte for byte,
 * escapes and dots included, does not exist. The token is not judged here, it may even be empty.
 */
export function parsePlaybackPath(path: string): PlaybackPath | undefined {
  const parts = path.split('/', 12);
  if (parts[0] !== '' || parts[1] !== 'p') return undefined;
  if (parts[3] === 'live') return parseLive(parts);
  return parts[3] === 'vod' ? parseVod(parts) : undefined;
}

/** Writes an address; `parsePlaybackPath` reads it back to the same value. */
export function playbackPath(path: PlaybackPath): string {
  if (path.kind === 'vod') return `/p/${path.token}/vod/${path.filmId}/${path.revision}/${path.file}`;
  const base = `/p/${path.token}/live/${path.channel}/${path.epoch}`;
  switch (path.kind) {
    case 'live-multivariant':
      return `${base}/${path.package}/${viewName(path.view)}/multivariant.m3u8`;
    case 'live-media':
      return `${base}/${path.rendition.package}/${path.rendition.name}/${viewName(path.view)}.m3u8`;
    case 'live-file':
      return `${base}/${path.rendition.package}/${path.rendition.name}/${path.revision}/${path.file}`;
  }
}

/** Number of the segment that a file name stands for; undefined for init sections, playlists and pictures. */
export function segmentOfFile(file: string): number | undefined {
  const digits = /(?:^|\/)([0-9]{5})\.(?:ts|m4s|vtt)$/.exec(file)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** File of a revision that a live address stands for, as a VOD address would name it: `ts/720p/00012.ts`. */
export function vodFileOf(path: Extract<LivePath, { kind: 'live-file' }>): string {
  return `${path.rendition.package}/${path.rendition.name}/${path.file}`;
}
