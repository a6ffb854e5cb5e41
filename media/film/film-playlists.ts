import type { MediaPlaylist } from '../hls/media-playlist.ts';
import { writeMediaPlaylist } from '../hls/write-media-playlist.ts';
import {
  type AlternativeRendition,
  type Variant,
  listingOrder,
  writeMultivariantPlaylist,
} from '../hls/write-multivariant-playlist.ts';
import { CELL_MS } from '../grid/cell.ts';
import type { PackageManifest, PackageRung } from './package-manifest.ts';

/** Every film of the house has a key frame every 2 s. */
const keyFrameMs = 2000;

const fiveDigits = (segment: number): string => String(segment).padStart(5, '0');

/** Facts of a rung that a multivariant playlist declares. */
export type DeclaredRung = Pick<PackageRung, 'name' | 'width' | 'height' | 'codecs' | 'frameRate' | 'bandwidthBps'> &
  Partial<Pick<PackageRung, 'averageBps'>>;

function variantOf(rung: DeclaredRung, groups: Pick<Variant, 'audio' | 'subtitles'>): Variant {
  return {
    uri: `${rung.name}/media.m3u8`,
    bandwidthBps: rung.bandwidthBps,
    codecs: rung.codecs,
    ...(rung.averageBps === undefined ? {} : { averageBandwidthBps: rung.averageBps }),
    ...(rung.width > 0 ? { width: rung.width, height: rung.height, frameRate: rung.frameRate } : {}),
    ...groups,
  };
}

type Track = PackageManifest['subtitles'][number];

const renditionOf = (type: 'AUDIO' | 'SUBTITLES', group: string, uri: string, track: Track): AlternativeRendition => ({
  type,
  group,
  language: track.language,
  name: track.name,
  isDefault: track.isDefault,
  uri,
});

/** Subtitles of a package: each has its own, because their clocks differ by a constant. */
const subtitleRenditions = (tracks: readonly Track[], uriOf: (language: string) => string): AlternativeRendition[] =>
  tracks.map((track) => renditionOf('SUBTITLES', 'subtitles', uriOf(track.language), track));

/** The I-frame playlists of a film, with what a winding player needs at most: two key frames a cell (RFC 8216, 4.3.4.3). */
const iFrameVariants = (rungs: readonly PackageRung[]): Variant[] =>
  rungs.flatMap(({ name, width, height, codecs, keyFrames }) =>
    keyFrames === undefined
      ? []
      : [
          {
            uri: `${name}/iframes.m3u8`,
            bandwidthBps: Math.max(...keyFrames.flat().map(({ bytes }) => bytes)) * (8000 / keyFrameMs),
            codecs: codecs.split(',')[0] ?? '',
            width,
            height,
          },
        ],
  );

/** Multivariant playlist of package `ts`, also of a film that is still being encoded (then from its encode plan). */
export function tsMultivariant(
  rungs: readonly DeclaredRung[],
  renditions: readonly AlternativeRendition[] = [],
  iFrames: readonly Variant[] = [],
): string {
  const groups = renditions.length > 0 ? { subtitles: 'subtitles' } : {};
  return writeMultivariantPlaylist({
    variants: listingOrder(rungs).map((rung) => variantOf(rung, groups)),
    renditions,
    iFrames,
  });
}

function cmafMultivariant(manifest: PackageManifest): string | undefined {
  const { cmaf } = manifest;
  if (cmaf === undefined) return undefined;
  const audio = cmaf.audio.map((track) => renditionOf('AUDIO', 'audio', `audio-${track.language}/media.m3u8`, track));
  const subtitles = subtitleRenditions(cmaf.subtitles, (language) => `subtitles-${language}/media.m3u8`);
  const groups = { audio: 'audio', ...(subtitles.length > 0 ? { subtitles: 'subtitles' } : {}) };
  const codec = cmaf.audio[0]?.codecs ?? 'mp4a.40.2';
  const rungs = listingOrder(cmaf.rungs).map((rung) => ({
    ...rung,
    codecs: rung.codecs.includes('mp4a') ? rung.codecs : `${rung.codecs},${codec}`,
  }));
  return writeMultivariantPlaylist({
    variants: rungs.map((rung) => variantOf(rung, groups)),
    renditions: [...audio, ...subtitles],
  });
}

/** One rendition's list of `segments` whole cells; without its end it is an EVENT that grows (RFC 8216bis 4.4.3.5). */
export function filmMediaPlaylist(segments: number, extension: 'ts' | 'm4s' | 'vtt', ended: boolean): string {
  const list: MediaPlaylist = {
    targetDurationMs: CELL_MS,
    type: ended ? 'VOD' : 'EVENT',
    ended,
    ...(ended ? {} : { startOffsetMs: 0 }),
    independentSegments: extension !== 'vtt',
    segments: Array.from({ length: segments }, (_, segment) => ({
      uri: `${fiveDigits(segment)}.${extension}`,
      durationMs: CELL_MS,
      ...(extension === 'm4s' ? { mapUri: 'init.mp4' } : {}),
    })),
  };
  return writeMediaPlaylist(list);
}

/** Every key frame by itself, as a range of the segment that it stands in; each lasts until the next. */
function iFramePlaylist(keyFrames: NonNullable<PackageRung['keyFrames']>): string {
  return writeMediaPlaylist({
    targetDurationMs: CELL_MS,
    type: 'VOD',
    ended: true,
    iFramesOnly: true,
    segments: keyFrames.flatMap((ranges, segment) =>
      ranges.map((byteRange) => ({ uri: `${fiveDigits(segment)}.ts`, durationMs: CELL_MS / ranges.length, byteRange })),
    ),
  });
}

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23);

/** Storyboard as WebVTT: each picture's place on its tile, for as long as it stands for (media fragments `#xywh`). */
function storyboardText(manifest: PackageManifest): string | undefined {
  const { storyboard, durationMs } = manifest;
  if (storyboard === undefined) return undefined;
  const { columns, rows, tileWidth, tileHeight, everyMs } = storyboard;
  const pictures = Math.min(Math.ceil(durationMs / everyMs), storyboard.tiles.length * columns * rows);
  const cues = Array.from({ length: pictures }, (_, at) => {
    const onTile = at % (columns * rows);
    const place = [(onTile % columns) * tileWidth, Math.floor(onTile / columns) * tileHeight, tileWidth, tileHeight];
    const time = `${clock(at * everyMs)} --> ${clock(Math.min((at + 1) * everyMs, durationMs))}`;
    return `${time}\n${fiveDigits(Math.floor(at / (columns * rows)))}.jpg#xywh=${place.join(',')}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** Text of a playlist (or storyboard) of a finished film by its file in a playback path; undefined where it has none. */
export function filmPlaylist(manifest: PackageManifest, file: string): string | undefined {
  const [folder = '', rendition = ''] = file.split('/');
  const { segments, cmaf } = manifest;
  if (file === 'ts/multivariant.m3u8') {
    const subtitles = subtitleRenditions(manifest.subtitles, (language) => `../subtitles/${language}/media.m3u8`);
    return tsMultivariant(manifest.ts.rungs, subtitles, iFrameVariants(manifest.ts.rungs));
  }
  if (file === 'cmaf/multivariant.m3u8') return cmafMultivariant(manifest);
  if (file === 'storyboard/storyboard.vtt') return storyboardText(manifest);
  const keyFrames = manifest.ts.rungs.find(({ name }) => file === `ts/${name}/iframes.m3u8`)?.keyFrames;
  if (keyFrames !== undefined) return iFramePlaylist(keyFrames);
  if (!file.endsWith('/media.m3u8')) return undefined;
  const has = (names: readonly string[] | undefined): boolean => names?.includes(rendition) ?? false;
  if (folder === 'ts' && has(manifest.ts.rungs.map((rung) => rung.name)))
    return filmMediaPlaylist(segments, 'ts', true);
  const streams = [
    ...(cmaf?.rungs ?? []).map((rung) => rung.name),
    ...(cmaf?.audio ?? []).map((track) => `audio-${track.language}`),
  ];
  if (folder === 'cmaf' && has(streams)) return filmMediaPlaylist(segments, 'm4s', true);
  if (folder === 'cmaf' && has(cmaf?.subtitles.map((track) => `subtitles-${track.language}`)))
    return filmMediaPlaylist(segments, 'vtt', true);
  const isSubtitle = folder === 'subtitles' && has(manifest.subtitles.map((track) => track.language));
  return isSubtitle ? filmMediaPlaylist(segments, 'vtt', true) : undefined;
}
