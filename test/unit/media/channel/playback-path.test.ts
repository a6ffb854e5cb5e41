import { describe, expect, it } from 'vitest';
import {
  type PlaybackPath,
  parsePlaybackPath,
  playbackPath,
  segmentOfFile,
  vodFileOf,
} from '../../../../media/channel/playback-path.ts';
import { parseView, viewName } from '../../../../media/channel/playback-view.ts';

const film = '01hzzzzzzzzzzzzzzzzzzzzzz1';
const revision = '01hzzzzzzzzzzzzzzzzzzzzzz2';
const live = { token: 'abc.DEF_1-2', channel: 'county', epoch: '2026' };
const ts = { package: 'ts', name: '720p' } as const;

const paths: readonly (readonly [string, PlaybackPath])[] = [
  [
    '/live/county/2026/ts/live/multivariant.m3u8',
    { ...live, kind: 'live-multivariant', package: 'ts', view: { kind: 'live' } },
  ],
  [
    '/live/county/2026/cmaf/dvr/multivariant.m3u8',
    { ...live, kind: 'live-multivariant', package: 'cmaf', view: { kind: 'dvr' } },
  ],
  [
    '/live/county/2026/ts/720p/from-446000000.m3u8',
    { ...live, kind: 'live-media', rendition: ts, view: { kind: 'from', fromCell: 446_000_000 } },
  ],
  [
    '/live/county/2026/ts/720p/range-446000000-446000450.m3u8',
    { ...live, kind: 'live-media', rendition: ts, view: { kind: 'range', fromCell: 446_000_000, toCell: 446_000_450 } },
  ],
  [
    `/live/county/2026/ts/720p/${revision}/00012.ts`,
    { ...live, kind: 'live-file', rendition: ts, revision, file: '00012.ts' },
  ],
  [
    `/live/county/2026/cmaf/audio-zh-Hans-CN/${revision}/init.mp4`,
    {
      ...live,
      kind: 'live-file',
      rendition: { package: 'cmaf', name: 'audio-zh-Hans-CN' },
      revision,
      file: 'init.mp4',
    },
  ],
  ...[
    'ts/multivariant.m3u8',
    'ts/audio/media.m3u8',
    'ts/2160p/00012.ts',
    'ts/360p/iframes.m3u8',
    'cmaf/multivariant.m3u8',
    'cmaf/1080p/init.mp4',
    'cmaf/audio-ii/00012.m4s',
    'subtitles/zh-CN/00012.vtt',
    'storyboard/storyboard.vtt',
    'storyboard/00003.jpg',
    'poster.jpg',
  ].map(
    (file) =>
      [`/vod/${film}/${revision}/${file}`, { kind: 'vod', token: live.token, filmId: film, revision, file }] as const,
  ),
];

describe('an address under /p/', () => {
  it.each(paths)('%s is read and written', (text, path) => {
    expect(parsePlaybackPath(`/p/${live.token}${text}`)).toEqual(path);
    expect(playbackPath(path)).toBe(`/p/${live.token}${text}`);
  });

  it.each([
    '/p/t/live/county/2026/ts/live/../../../../etc/passwd',
    '/p/t/live/county/2026/ts/720p/..%2f..%2fx/00012.ts',
    '/p/t/live/%2e%2e/2026/ts/live/multivariant.m3u8',
    '/p/t/live/county/2026/ts/live/multivariant.m3u8/',
    '/p/t/live/county//ts/live/multivariant.m3u8',
    '/p/t/live/county/2026/ts/720p/live.m3u8?x=1',
    '/p/t/live/county/2026/ts/720p/live.m3u8%00',
    '/p/t/live/county/2026/mp4/720p/live.m3u8',
    '/p/t/live/county/2026/ts/721/live.m3u8',
    '/p/t/live/county/2026/ts/audio-zh/live.m3u8',
    '/p/t/live/county/26/ts/720p/live.m3u8',
    '/p/t/live/COUNTY/2026/ts/720p/live.m3u8',
    '/p/t/live/county/2026/ts/720p/from-0446000000.m3u8',
    '/p/t/live/county/2026/ts/720p/range-20-10.m3u8',
    '/p/t/live/county/2026/ts/720p/range-10-99999.m3u8',
    `/p/t/live/county/2026/ts/720p/${revision}/000012.ts`,
    `/p/t/live/county/2026/ts/720p/${revision}/00012.m4s`,
    `/p/t/live/county/2026/ts/720p/${revision.toUpperCase()}/00012.ts`,
    `/p/t/live/county/2026/ts/720p/${revision}/00012.ts/x`,
    `/p/t/vod/${film}/${revision}/ts/./multivariant.m3u8`,
    `/p/t/vod/${film}/${revision}/ts/../../manifest.json`,
    `/p/t/vod/${film}/${revision}/manifest.json`,
    `/p/t/vod/${film}/${revision}/ts/720p/００012.ts`,
    `/p/t/vod/../${revision}/poster.jpg`,
    `p/t/vod/${film}/${revision}/poster.jpg`,
    `//p/t/vod/${film}/${revision}/poster.jpg`,
    '/p/t',
    '/',
    '',
  ])('%s does not exist', (text) => {
    expect(parsePlaybackPath(text)).toBeUndefined();
  });

  it('leaves the judgement of tokens to whoever knows them', () => {
    expect(parsePlaybackPath(`/p//vod/${film}/${revision}/poster.jpg`)).toMatchObject({ token: '' });
    expect(parsePlaybackPath(`/p/${'x'.repeat(10_000)}/vod/${film}/${revision}/poster.jpg`)?.token).toHaveLength(
      10_000,
    );
  });

  it('resolves from playlist to playlist to segment, the same for every view of a channel', () => {
    for (const view of ['live', 'dvr', 'from-446000000', 'range-446000000-446000450']) {
      const multivariant = new URL(`http://h/p/t/live/county/2026/ts/${view}/multivariant.m3u8`);
      const media = new URL(`../720p/${view}.m3u8`, multivariant);
      expect(parsePlaybackPath(media.pathname)).toMatchObject({
        kind: 'live-media',
        rendition: ts,
        view: parseView(view),
      });
      const lower = new URL(`../360p/${revision}/00012.ts`, media);
      expect(lower.pathname).toBe(`/p/t/live/county/2026/ts/360p/${revision}/00012.ts`);
    }
  });

  it('stands for a file of a revision', () => {
    const path = parsePlaybackPath(`/p/t/live/county/2026/ts/720p/${revision}/00012.ts`);
    expect(path?.kind === 'live-file' && vodFileOf(path)).toBe('ts/720p/00012.ts');
    expect(segmentOfFile('ts/720p/00012.ts')).toBe(12);
    expect(segmentOfFile('cmaf/720p/init.mp4')).toBeUndefined();
    expect(segmentOfFile('storyboard/00012.jpg')).toBeUndefined();
  });
});

describe('a view', () => {
  it('has a name that is read back', () => {
    const range = { kind: 'range', fromCell: 5, toCell: 21_605 } as const;
    for (const view of [{ kind: 'live' }, { kind: 'dvr' }, { kind: 'from', fromCell: 5 }, range] as const) {
      expect(parseView(viewName(view))).toEqual(view);
    }
  });
});
