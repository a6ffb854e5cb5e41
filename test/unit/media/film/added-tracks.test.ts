import { describe, expect, it } from 'vitest';
import { idOfDigest } from '../../../../media/contract/ids.ts';
import { changeTracks } from '../../../../media/film/added-track.ts';
import { filmPlaylist } from '../../../../media/film/film-playlists.ts';
import type { PackageManifest } from '../../../../media/film/package-manifest.ts';
import { withTracks } from '../../../../media/film/with-tracks.ts';

const id = (name: string) => idOfDigest(Buffer.from(name.padEnd(32)));
const track = (name: string, language: string) =>
  ({ id: id(name), kind: 'subtitles', language, name: '字幕' }) as const;
const files = [{ bytes: 1, sha256: 'a'.repeat(64) }];
const texts = (path: string) => ({ ts: { path: `${path}/ts`, files }, cmaf: { path: `${path}/cmaf`, files } });
const base: PackageManifest = {
  ...{ schema: 1, revision: id('base'), recipe: 'r', sourceSha256: 'a'.repeat(64), durationMs: 4000, segments: 1 },
  frameRate: 25,
  ts: { rungs: [], chunks: [] },
  languages: ['zh-CN'],
  subtitles: [{ language: 'en', name: '字幕', isDefault: true, path: 'own', files }],
  posters: [],
  loudness: { measuredLufs: null, targetLufs: -23 },
  conversions: [],
  marks: [],
};

describe('tracks of a film', () => {
  it('are one of a kind in each language: a new one takes the place of its like', () => {
    const [first, second, other] = [track('1', 'en'), track('2', 'EN'), track('3', 'bo')];
    expect(changeTracks([first, other], { add: second })).toEqual([other, second]);
    expect(changeTracks([first, other], { add: first })).toEqual([first, other]);
    expect(changeTracks([first, other], { remove: first })).toEqual([other]);
  });

  it('replace what came with the film, have names of their own, and leave the rest as it is', () => {
    const made = [track('1', 'en'), track('2', 'bo')].map((one) => ({ track: one, texts: texts(one.language) }));
    const manifest = withTracks(base, id('new'), made);
    expect(manifest).toMatchObject({ revision: id('new'), base: base.revision, ts: base.ts, languages: ['zh-CN'] });
    expect(manifest.subtitles.map(({ language, name, path, isDefault }) => [language, name, path, isDefault])).toEqual([
      ['en', '字幕', 'en/ts', true],
      ['bo', '字幕 (bo)', 'bo/ts', false],
    ]);
    expect(withTracks(base, base.revision, [])).toBe(base);
  });

  it('are listed by each package on its own clock', () => {
    const cmaf = { rungs: [], chunks: [], audio: [], subtitles: [] };
    const made = [{ track: track('1', 'bo'), texts: texts('bo') }];
    const manifest = withTracks(base, id('new'), made, cmaf);
    expect(filmPlaylist(manifest, 'ts/multivariant.m3u8')).toContain('URI="../subtitles/bo/media.m3u8"');
    expect(filmPlaylist(manifest, 'cmaf/multivariant.m3u8')).toContain('URI="subtitles-bo/media.m3u8"');
    expect(filmPlaylist(manifest, 'cmaf/subtitles-bo/media.m3u8')).toContain('00000.vtt');
  });
});
