import { readFile, writeFile } from 'node:fs/promises';
import { ffmpeg, H264, picture } from './run-tool.ts';

/** What hostile films point at: a file that nobody may read, and an address that nobody may call. */
export type Trap = { readonly file: string; readonly url: string };

const playlistOf = (...addresses: readonly string[]): string =>
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
<BaseURL>${base}</BaseURL></Representation></AdaptationSet></Period></MPD>
`;

/** An AVI whose second stream is a subtitle that is a playlist in truth (GAB2). */
async function makeSubtitlePlaylist(path: string, { file, url }: Trap): Promise<void> {
  const sound = ['-f', 'lavfi', '-i', 'sine=sample_rate=8000:d=2', '-c:a', 'pcm_u8', '-ar', '8000', '-ac', '1'];
  await ffmpeg(...picture('160x90', '25', 2), ...sound, '-c:v', 'mpeg4', '-f', 'avi', path);
  const bytes = await readFile(path);
  bytes.write('txts\0\0\0\0', bytes.indexOf('auds'), 'latin1');
  for (let at = bytes.indexOf('01wb'); at >= 0; at = bytes.indexOf('01wb', at)) bytes.write('01tx', at, 'latin1');
  const payload = Buffer.from(playlistOf(`file:${file}`, url));
  // Text of 0 bytes for its name, two bytes that nobody reads, the size of the file inside.
  const head = Buffer.from('GAB2\0\x02\0\0\0\0\0\x04\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(payload.length, 13);
  const chunk = bytes.indexOf('01tx');
  const room = bytes.readUInt32LE(chunk + 4);
  Buffer.concat([head, payload], room).copy(bytes, chunk + 8);
  await writeFile(path, bytes);
}

/** An alias record that names another file by its path, as QuickTime writes it. */
function aliasTo(file: string): Buffer {
  const alias = Buffer.alloc(12 + 150 + 4 + file.length + (file.length % 2) + 4);
  alias.writeUInt32BE(alias.length, 0);
  alias.write('alis', 4, 'latin1');
  alias.writeUInt16BE(2, 162);
  alias.writeUInt16BE(file.length, 164);
  alias.write(file, 166, 'latin1');
  alias.writeUInt32BE(0xffff0000, alias.length - 4);
  return alias;
}

/** A reference movie: its pictures are kept in another file. */
async function makeReference(path: string, { file }: Trap): Promise<void> {
  await ffmpeg(...picture('160x90', '25', 2), ...H264, path);
  const bytes = await readFile(path);
  const alias = aliasTo(file);
  let at = 0;
  for (const name of ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref']) {
    at = bytes.indexOf(name, at, 'latin1') - 4;
    bytes.writeUInt32BE(bytes.readUInt32BE(at) + alias.length - 12, at);
  }
  const entry = at + 16;
  await writeFile(path, Buffer.concat([bytes.subarray(0, entry), alias, bytes.subarray(entry + 12)]));
}

const text = (file: string, content: (trap: Trap) => string) => ({
  file,
  make: (path: string, trap: Trap) => writeFile(path, content(trap)),
});

/** Files that would have ffmpeg open something else than themselves. */
export const TRAPS = {
  'hls-playlist': text('playlist.mp4', ({ file }) => playlistOf(`file://${file}`)),
  'hls-playlist-http': text('playlist.avi', ({ url }) => playlistOf(`${url}segment.ts`)),
  'hls-playlist-protocols': text('protocols.mp4', ({ file }) =>
    playlistOf(
      `concat:${file}|${file}`,
      `subfile,,start,0,end,64,,:${file}`,
      `crypto:${file}`,
      'data:text/plain,hello',
    ),
  ),
  ffconcat: text('list.mp4', ({ file }) => `ffconcat version 1.0\nfile '${file}'\n`),
  dash: text('dash.mp4', ({ file }) => dashManifest(`file://${file}`)),
  'dash-http': text('dash.mkv', ({ url }) => dashManifest(`${url}film.mp4`)),
  'subtitle-playlist': { file: 'gab2.avi', make: makeSubtitlePlaylist },
  reference: { file: 'reference.mov', make: makeReference },
} as const;
