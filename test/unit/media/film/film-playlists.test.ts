import { parse, setOptions } from 'hls-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { filmPlaylist } from '../../../../media/film/film-playlists.ts';
import { houseLadder, soundRung } from '../../../../media/film/ladder.ts';
import type { PackageManifest } from '../../../../media/film/package-manifest.ts';
import { loadHlsJs } from '../../../property/media/hls-js-oracle.ts';
import { plainRevision } from './film-facts.ts';

const files = [1000, 2000, 3000].map((bytes) => ({ bytes, sha256: 'a'.repeat(64) }));
const measured = { averageBps: 4000, peakBps: 6000, files };
const keyFrames = files.map(({ bytes }) => [
  { fromByte: 0, bytes: bytes / 5 },
  { fromByte: bytes / 2, bytes: bytes / 4 },
]);
const manifest: PackageManifest = {
  schema: 1,
  revision: plainRevision,
  recipe: 'test',
  sourceSha256: 'a'.repeat(64),
  durationMs: 11_500,
  segments: 3,
  frameRate: 25,
  ts: {
    rungs: [
      ...houseLadder
        .filter(({ name }) => ['720p', '360p', '216p'].includes(name))
        .map(({ name, width, height, codec, bandwidthBps }) => ({
          ...{ name, width, height, bandwidthBps, ...measured, frameRate: 25, codecs: `${codec},mp4a.40.2` },
          ...(name === '360p' ? { keyFrames } : {}),
        })),
      { name: soundRung.name, bandwidthBps: soundRung.bandwidthBps, codecs: 'mp4a.40.2', ...measured, ...noPicture() },
    ],
    chunks: [{ firstSegment: 0, segments: 3, path: 'revisions/r/chunks/00000-a' }],
  },
  languages: ['zh-CN'],
  subtitles: [{ language: 'zh-CN', name: '中文', isDefault: true, path: 'revisions/r/extras/a/s', files }],
  posters: ['revisions/r/extras/a/poster-0.jpg'],
  storyboard: { tiles: ['a'], columns: 2, rows: 2, tileWidth: 192, tileHeight: 108, everyMs: 4000 },
  loudness: { measuredLufs: -20, targetLufs: -23 },
  conversions: [],
  marks: [],
  channelReady: { cellMs: 4000, rungs: ['720p', '360p', '216p'], audioLayout: 'stereo-48000-aac-lc' },
};

function noPicture() {
  return { width: 0, height: 0, frameRate: 0 };
}

const read = (file: string): string => filmPlaylist(manifest, file) ?? '';

let hls: Awaited<ReturnType<typeof loadHlsJs>>;
beforeAll(async () => {
  setOptions({ strictMode: true });
  hls = await loadHlsJs();
});

describe('the playlists of a film', () => {
  it('offer its rungs, sound alone among them, and its key frames to wind through', () => {
    const text = read('ts/multivariant.m3u8');
    expect(parse(text)).toMatchObject({ isMasterPlaylist: true });
    expect(text).toContain(
      '#EXT-X-STREAM-INF:BANDWIDTH=80000,AVERAGE-BANDWIDTH=4000,CODECS="mp4a.40.2",SUBTITLES="subtitles"\naudio/media.m3u8\n',
    );
    expect(text).toContain(
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=3000,CODECS="avc1.64001f",RESOLUTION=640x360,URI="360p/iframes.m3u8"\n',
    );
    expect(text.match(/I-FRAME-STREAM/g)).toHaveLength(1);
    const { levels, playlistParsingError } = hls.parseMultivariant(text);
    expect(playlistParsingError).toBeNull();
    expect(levels.map(({ url, videoCodec }) => [url.split('/').at(-2), videoCodec !== undefined])).toEqual([
      ['360p', true],
      ['audio', false],
      ['216p', true],
      ['720p', true],
    ]);
  });

  it('list the key frames as ranges of the segments that hold them', () => {
    const text = read('ts/360p/iframes.m3u8');
    expect(text).toContain(`#EXT-X-VERSION:4
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-I-FRAMES-ONLY
#EXTINF:2.000,
#EXT-X-BYTERANGE:200@0
00000.ts
#EXTINF:2.000,
#EXT-X-BYTERANGE:250@500
00000.ts
#EXTINF:2.000,
#EXT-X-BYTERANGE:400@0
00001.ts
`);
    expect(parse(text)).toMatchObject({ isIFrame: true, segments: { length: 6 } });
    expect(hls.parse(text).playlistParsingError).toBeNull();
    expect(filmPlaylist(manifest, 'ts/216p/iframes.m3u8')).toBeUndefined();
  });

  it('list the sound alone like any rung', () => {
    const text = read('ts/audio/media.m3u8');
    expect(parse(text)).toMatchObject({ segments: { length: 3 } });
    expect(hls.parse(text)).toMatchObject({ playlistParsingError: null, fragments: { length: 3 } });
  });

  it('of a film that was made before these existed are served as before', () => {
    const rungs = manifest.ts.rungs
      .filter(({ height }) => height > 0)
      .map((rung) => ({ ...rung, keyFrames: undefined }));
    const old = { ...manifest, ts: { ...manifest.ts, rungs } };
    expect(filmPlaylist(old, 'ts/multivariant.m3u8')).not.toMatch(/I-FRAME|audio\/media/);
    expect(filmPlaylist(old, 'ts/audio/media.m3u8')).toBeUndefined();
    expect(filmPlaylist(old, 'ts/360p/iframes.m3u8')).toBeUndefined();
  });

  it('show the storyboard to the film’s true end', () => {
    expect(read('storyboard/storyboard.vtt')).toContain(
      '00:00:08.000 --> 00:00:11.500\n00000.jpg#xywh=0,108,192,108\n',
    );
  });
});
