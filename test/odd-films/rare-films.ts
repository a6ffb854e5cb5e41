import { appendFile, readFile, rm } from 'node:fs/promises';
import { AAC, ffmpeg, H264, picture, tone } from './run-tool.ts';

const PLAIN = [...picture('320x180', '25', 4), ...tone(440, 4)] as const;
const HDR10 =
  'hdr10=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:log-level=none:pools=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400';

const INTERLACED = [
  ...['-vf', 'tinterlace=interleave_top,setfield=tff', '-flags', '+ildct+ilme', '-x264-params', 'tff=1'],
] as const;

const makeRotated = async (path: string): Promise<void> => {
  const flat = `${path}.flat.mp4`;
  await ffmpeg(...PLAIN, ...H264, ...AAC, flat);
  await ffmpeg('-i', flat, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', path);
  await rm(flat);
};

const sound = (layout: string, channels: number): readonly string[] => [
  ...[
    '-f',
    'lavfi',
    '-i',
    `aevalsrc=${Array.from({ length: channels }, (_, index) => `0.1*sin(2*PI*${String(220 * (index + 1))}*t)`).join('|')}:c=${layout}:s=48000:d=4`,
  ],
];

/** Two programmes on one clock, as a receiver records them. */
const makeBroadcast = async (path: string, first: readonly string[], second: readonly string[]): Promise<void> => {
  await ffmpeg(...first, ...H264, path);
  await ffmpeg(...second, ...H264, '-output_ts_offset', '4', `${path}.second.ts`);
  await appendFile(path, await readFile(`${path}.second.ts`));
  await rm(`${path}.second.ts`);
};

const TWO_LANGUAGES = ['-metadata:s:a:0', 'language=zho', '-metadata:s:a:1', 'language=eng'];

/** Sound films in every shape that people bring; each of them must be accepted. */
export const RARE_FILMS = {
  plain: { file: 'plain.mp4', make: (path: string) => ffmpeg(...PLAIN, ...H264, ...AAC, path) },
  'odd-size': {
    file: 'odd.mkv',
    make: (path: string) =>
      ffmpeg(
        ...picture('322x242', '25', 4),
        '-vf',
        'scale=321:241,format=yuv444p',
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv444p',
        path,
      ),
  },
  hdr10: {
    file: 'hdr.mp4',
    make: (path: string) =>
      ffmpeg(
        ...picture('320x180', '25', 2),
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv420p10le',
        '-x265-params',
        HDR10,
        '-tag:v',
        'hvc1',
        ...['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'],
        path,
      ),
  },
  interlaced: {
    file: 'interlaced.ts',
    make: (path: string) =>
      ffmpeg(
        ...picture('720x576', '50', 3),
        ...tone(440, 3),
        '-vf',
        'tinterlace=interleave_top,setfield=tff,setsar=16/11',
        ...H264,
        '-flags',
        '+ildct+ilme',
        '-x264-params',
        'tff=1',
        ...AAC,
        path,
      ),
  },
  anamorphic: {
    file: 'anamorphic.mp4',
    make: (path: string) => ffmpeg(...picture('720x576', '25', 2), '-vf', 'setsar=64/45', ...H264, path),
  },
  rotated: { file: 'rotated.mp4', make: makeRotated },
  'variable-rate': {
    file: 'phone.mp4',
    make: (path: string) =>
      ffmpeg(
        ...picture('320x180', '30', 6),
        ...tone(440, 6),
        '-vf',
        'select=lt(mod(n\\,10)\\,4)+eq(mod(n\\,10)\\,7)+lt(mod(n\\,61)\\,20)',
        '-fps_mode',
        'vfr',
        ...H264,
        ...AAC,
        path,
      ),
  },
  mono: {
    file: 'mono.mp4',
    make: (path: string) => ffmpeg(...picture('320x180', '25', 4), ...sound('mono', 1), ...H264, ...AAC, path),
  },
  surround: {
    file: 'surround.mkv',
    make: (path: string) => ffmpeg(...picture('320x180', '25', 4), ...sound('5.1', 6), ...H264, '-c:a', 'ac3', path),
  },
  'two-languages': {
    file: 'bilingual.mp4',
    make: (path: string) =>
      ffmpeg(
        ...PLAIN,
        ...tone(880, 4),
        '-map',
        '0:v',
        '-map',
        '1:a',
        '-map',
        '2:a',
        ...TWO_LANGUAGES,
        ...H264,
        ...AAC,
        path,
      ),
  },
  'without-sound': {
    file: 'silent.mp4',
    make: (path: string) => ffmpeg(...picture('320x180', '25', 4), ...H264, path),
  },
  'only-sound': { file: 'radio.mp4', make: (path: string) => ffmpeg(...tone(440, 4), ...AAC, path) },
  'long-sound': {
    file: 'credits.mp4',
    make: (path: string) => ffmpeg(...picture('320x180', '25', 2), ...tone(440, 10), ...H264, ...AAC, path),
  },
  'size-change': {
    file: 'wide-news.ts',
    make: (path: string) =>
      makeBroadcast(
        path,
        [...picture('384x288', '50', 4), ...tone(440, 4), ...INTERLACED, ...AAC],
        [...picture('352x240', '50', 4), ...tone(440, 4), ...INTERLACED, ...AAC],
      ),
  },
  'sound-change': {
    file: 'evening.ts',
    make: (path: string) =>
      makeBroadcast(
        path,
        [...picture('320x180', '25', 4), ...sound('5.1', 6), '-c:a', 'ac3'],
        [...picture('320x180', '25', 4), ...sound('stereo', 2), '-c:a', 'ac3'],
      ),
  },
  'drifting-sound': {
    file: 'capture-card.mkv',
    // The clock of the sound stands still for a moment in the middle, as where packets were lost.
    make: (path: string) =>
      ffmpeg(
        ...picture('320x180', '25', 8),
        ...tone(440, 8),
        '-af',
        "asetpts='PTS+gt(T,4)*0.03/TB'",
        ...H264,
        '-c:a',
        'pcm_s16le',
        path,
      ),
  },
  avi: { file: 'camera.avi', make: (path: string) => ffmpeg(...PLAIN, '-c:v', 'mpeg4', '-c:a', 'libmp3lame', path) },
  flv: { file: 'stream.flv', make: (path: string) => ffmpeg(...PLAIN, ...H264, ...AAC, path) },
  wmv: { file: 'office.wmv', make: (path: string) => ffmpeg(...PLAIN, '-c:v', 'wmv2', '-c:a', 'wmav2', path) },
  mpeg: { file: 'vcd.mpg', make: (path: string) => ffmpeg(...PLAIN, '-c:v', 'mpeg2video', '-c:a', 'mp2', path) },
  mts: {
    file: 'camcorder.mts',
    make: (path: string) => ffmpeg(...PLAIN, ...H264, '-c:a', 'ac3', '-mpegts_m2ts_mode', '1', '-f', 'mpegts', path),
  },
} as const;
