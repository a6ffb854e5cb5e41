import { writeFile } from 'node:fs/promises';
import { ffmpeg } from './run-tool.ts';

/** Files that are no film whatever their name says; their addresses must never be opened. */
export const NOT_FILMS = {
  empty: { file: 'empty.mp4', make: (path: string) => writeFile(path, '') },
  text: {
    file: 'letter.mp4',
    make: (path: string) => writeFile(path, 'Dear office,\nthis is a letter.\n'.repeat(200)),
  },
  'web-page': {
    file: 'page.mp4',
    make: (path: string) => writeFile(path, '<!doctype html><title>404</title><p>Not found</p>\n'),
  },
  'random-bytes': { file: 'noise.mp4', make: (path: string) => writeFile(path, noise(65_536)) },
  'hls-playlist': {
    file: 'playlist.mp4',
    make: (path: string) => writeFile(path, playlist('file:///etc/passwd')),
  },
  'hls-playlist-http': {
    file: 'playlist.avi',
    make: (path: string) => writeFile(path, playlist('http://127.0.0.1:9/segment.ts')),
  },
  'hls-playlist-protocols': {
    file: 'protocols.mp4',
    make: (path: string) =>
      writeFile(
        path,
        playlist(
          'concat:/etc/passwd|/etc/hosts',
          'subfile,,start,0,end,64,,:/etc/passwd',
          'crypto:/etc/passwd',
          'data:text/plain,hello',
        ),
      ),
  },
  ffconcat: { file: 'list.mp4', make: (path: string) => writeFile(path, "ffconcat version 1.0\nfile '/etc/passwd'\n") },
  dash: { file: 'dash.mp4', make: (path: string) => writeFile(path, dashManifest('file:///etc/')) },
  'dash-http': { file: 'dash.mkv', make: (path: string) => writeFile(path, dashManifest('http://127.0.0.1:9/')) },
  'png-picture': {
    file: 'picture.mp4',
    make: (path: string) =>
      ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=1', '-frames:v', '1', '-f', 'image2', '-c:v', 'png', path),
  },
  'gif-picture': {
    file: 'animation.mp4',
    make: (path: string) => ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=1', '-f', 'gif', path),
  },
} as const;

const playlist = (...addresses: readonly string[]): string =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    '#EXT-X-TARGETDURATION:4',
    ...addresses.flatMap((address) => ['#EXTINF:4,', address]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');

const dashManifest = (base: string): string => `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1000" width="320" height="180" codecs="avc1.42c01e">
<BaseURL>${base}passwd</BaseURL></Representation></AdaptationSet></Period></MPD>
`;

/** Repeatable bytes without a pattern (xorshift). */
export const noise = (length: number): Buffer => {
  let state = 0x9e3779b9;
  return Buffer.from(
    Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    }),
  );
};
