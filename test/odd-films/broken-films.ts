import { readFile, writeFile } from 'node:fs/promises';
import { noise } from './not-films.ts';
import { AAC, ffmpeg, H264, picture, tone } from './run-tool.ts';

/** A sound film of 8 s whose index stands before its pictures. */
const makePlain = (path: string): Promise<void> =>
  ffmpeg(...picture('384x216', '25', 8), ...tone(440, 8), ...H264, '-g', '50', ...AAC, '-movflags', '+faststart', path);

const edited = async (path: string, edit: (bytes: Buffer) => Buffer): Promise<void> =>
  writeFile(path, edit(await readFile(path)));

const makeHalf = async (path: string): Promise<void> => {
  await makePlain(path);
  await edited(path, (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)));
};

const makeWithoutIndex = async (path: string): Promise<void> => {
  await ffmpeg(...picture('320x180', '25', 4), ...H264, path);
  await edited(path, (bytes) => bytes.subarray(0, bytes.indexOf('moov') - 4));
};

const makeScratched = async (path: string): Promise<void> => {
  await makePlain(path);
  await edited(path, (bytes) => {
    noise(60_000).copy(bytes, Math.floor(bytes.length * 0.4));
    return bytes;
  });
};

/** What a decoder is set up with is ruined: the index is whole, but no picture can be decoded. */
const makeUndecodable = async (path: string): Promise<void> => {
  await ffmpeg(...picture('320x180', '25', 2), ...H264, path);
  await edited(path, (bytes) => bytes.fill(0xff, bytes.indexOf('avcC') + 4, bytes.indexOf('avcC') + 30));
};

/** Matroska keeps its length as a float under the id 0x4489: claim a hundred years. */
const makeCentury = async (path: string): Promise<void> => {
  await ffmpeg(...picture('320x180', '25', 4), ...H264, path);
  await edited(path, (bytes) => {
    const place = bytes.indexOf(Buffer.from([0x44, 0x89, 0x88]));
    if (place < 0) throw new Error('The Matroska file has no length of eight bytes.');
    bytes.writeDoubleBE(100 * 365.25 * 86_400_000, place + 3);
    return bytes;
  });
};

const makeManyTracks = async (path: string): Promise<void> => {
  const one = `${path}.one.mka`;
  await ffmpeg(...tone(440, 2), ...AAC, one);
  const maps = Array.from({ length: 299 }, () => ['-map', '1:a']).flat();
  await ffmpeg(...picture('320x180', '25', 2), '-i', one, '-map', '0:v', ...maps, ...H264, '-c:a', 'copy', path);
};

const makeManyChapters = async (path: string): Promise<void> => {
  const chapters = Array.from(
    { length: 20_000 },
    (_, index) =>
      `[CHAPTER]\nTIMEBASE=1/100000\nSTART=${String(index * 20)}\nEND=${String(index * 20 + 20)}\ntitle=c${String(index)}`,
  );
  await writeFile(`${path}.txt`, [';FFMETADATA1', `title=${'x'.repeat(1000)}`, ...chapters].join('\n'));
  await ffmpeg(
    ...picture('320x180', '25', 4),
    '-i',
    `${path}.txt`,
    '-map_metadata',
    '1',
    '-map_chapters',
    '1',
    ...H264,
    path,
  );
};

/** Recordings that begin at the same time of day, copied one behind the other. */
const makeSpliced = async (path: string): Promise<void> => {
  await ffmpeg(...picture('320x180', '25', 4), ...tone(440, 4), ...H264, ...AAC, path);
  await edited(path, (bytes) => Buffer.concat([bytes, bytes]));
};

const KEY = [
  '-encryption_key',
  '76a6c65c5ea762046bd749a2e632ccbb',
  '-encryption_kid',
  'a7e61c373e219033c21091fa607bf3b8',
];

/** Films that are damaged, dangerous or outside the limits. */
export const BROKEN_FILMS = {
  'cut-in-half': { file: 'half.mp4', make: makeHalf },
  'without-index': { file: 'no-moov.mp4', make: makeWithoutIndex },
  undecodable: { file: 'no-setup.mp4', make: makeUndecodable },
  scratched: { file: 'scratched.mp4', make: makeScratched },
  'huge-picture': {
    file: 'huge.mp4',
    make: (path: string) =>
      ffmpeg(
        ...[
          '-f',
          'lavfi',
          '-i',
          'color=s=16384x8640:r=1:d=1',
          '-frames:v',
          '1',
          '-c:v',
          'libx264',
          '-preset',
          'ultrafast',
        ],
        ...['-x264-params', 'rc-lookahead=0:ref=1:bframes=0:qp=51', path],
      ),
  },
  'tiny-picture': {
    file: 'tiny.mp4',
    make: (path: string) => ffmpeg(...picture('12x12', '25', 2), '-c:v', 'mpeg4', path),
  },
  spliced: { file: 'two-evenings.ts', make: makeSpliced },
  'timestamp-gap': {
    file: 'gap.mkv',
    make: (path: string) =>
      ffmpeg(
        ...picture('64x64', '25', 2),
        '-vf',
        'setpts=PTS+gte(N\\,25)*90000/TB',
        '-fps_mode',
        'passthrough',
        ...H264,
        '-g',
        '25',
        path,
      ),
  },
  'thousand-frames': {
    file: 'fast.mp4',
    make: (path: string) => ffmpeg(...picture('64x64', '1000', 2), ...H264, path),
  },
  'many-tracks': { file: 'tracks.mkv', make: makeManyTracks },
  'many-chapters': { file: 'chapters.mp4', make: makeManyChapters },
  'too-short': { file: 'short.mp4', make: (path: string) => ffmpeg(...picture('320x180', '25', 0.04), ...H264, path) },
  'too-long': { file: 'century.mkv', make: makeCentury },
  'magic-yuv': {
    file: 'magic.avi',
    make: (path: string) => ffmpeg(...picture('320x180', '25', 1), '-c:v', 'magicyuv', '-pix_fmt', 'yuv420p', path),
  },
  encrypted: {
    file: 'encrypted.mp4',
    make: (path: string) =>
      ffmpeg(...picture('320x180', '25', 2), ...H264, '-encryption_scheme', 'cenc-aes-ctr', ...KEY, path),
  },
  'wrapping-clock': {
    file: 'wrap.ts',
    make: (path: string) =>
      ffmpeg(...picture('320x180', '25', 8), ...tone(440, 8), ...H264, ...AAC, '-output_ts_offset', '95439', path),
  },
} as const;
