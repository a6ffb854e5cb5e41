import { writeFile } from 'node:fs/promises';
import { AAC, ffmpeg, H264, picture, tone } from './run-tool.ts';

const SHORT = picture('320x180', '25', 2);
const HLG = 'colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:log-level=none:pools=1';

const film = (file: string, ...argv: readonly string[]) => ({ file, make: (path: string) => ffmpeg(...argv, path) });
/** A film at a frame rate, so many seconds long. */
const atRate = (rate: string, seconds: number) => film('rate.mp4', ...picture('320x180', rate, seconds), ...H264);

/** A film whose subtitles are pictures, as cameras and discs have them (PGS: each part begins with `PG`, the last is empty). */
async function makeWithPictureSubtitles(path: string): Promise<void> {
  const part = Buffer.from('PG\0\x01\x5f\x90\0\0\0\0\x80\0\0', 'latin1');
  await writeFile(`${path}.sup`, part);
  const maps = ['-map', '0:v', '-map', '1:a', '-map', '2:s', '-c:s', 'copy'];
  await ffmpeg(...SHORT, ...tone(440, 2), '-f', 'sup', '-i', `${path}.sup`, ...maps, ...H264, ...AAC, path);
}

/** The first second is cut off by an edit list: the pictures are in the file, but nobody is to see them. */
async function makeEdited(path: string): Promise<void> {
  await ffmpeg(...picture('320x180', '25', 5), ...tone(440, 5), ...H264, '-g', '50', ...AAC, `${path}.whole.mp4`);
  await ffmpeg('-ss', '1', '-i', `${path}.whole.mp4`, '-c', 'copy', path);
}

/** A lecture with a table of contents, one of whose titles is not as nice as the others. */
async function makeWithChapters(path: string): Promise<void> {
  const chapters = ['第一讲', '<img src=x onerror=alert(1)>', '第三讲'].map(
    (title, at) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${String(at * 1000)}\nEND=${String(at * 1000 + 1000)}\ntitle=${title}`,
  );
  await writeFile(`${path}.txt`, [';FFMETADATA1', ...chapters].join('\n'));
  const maps = ['-map', '0:v', '-map_metadata', '1', '-map_chapters', '1'];
  await ffmpeg(...picture('320x180', '25', 3), '-i', `${path}.txt`, ...maps, ...H264, path);
}

/** What cameras, phones, telephones, receivers and editors record: codecs, depths, rates and clocks; each must be accepted. */
export const CAMERA_FILMS = {
  hlg: film(
    'phone-hlg.mov',
    ...[...SHORT, '-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-x265-params', HLG],
    ...['-tag:v', 'hvc1', '-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc'],
  ),
  'ten-bit-444': film('master.mp4', ...SHORT, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p10le'),
  'twelve-bit': film(
    'studio.mp4',
    ...[...SHORT, '-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p12le', '-tag:v', 'hvc1'],
    ...['-x265-params', 'log-level=none:pools=1'],
  ),
  'editing-codec': film(
    'edit.mov',
    ...[...SHORT, ...tone(440, 2), '-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le', '-c:a', 'pcm_s24le'],
  ),
  'motion-jpeg': film('photo-camera.avi', ...SHORT, ...tone(440, 2), '-c:v', 'mjpeg', '-c:a', 'pcm_s16le'),
  'digital-video': film(
    'tape.avi',
    ...[...picture('720x576', '25', 2), ...tone(440, 2), '-pix_fmt', 'yuv420p', '-c:v', 'dvvideo', '-ar', '48000'],
    ...['-ac', '2', '-c:a', 'pcm_s16le'],
  ),
  webm: film(
    'browser.webm',
    ...[...SHORT, ...tone(440, 2), '-c:v', 'libvpx-vp9', '-cpu-used', '8', '-deadline', 'realtime', '-c:a', 'libopus'],
  ),
  'theatre-sound': film('disc.mkv', ...SHORT, ...tone(440, 2), ...H264, '-c:a', 'dca', '-strict', '-2', '-ac', '2'),
  'disc-subtitles': { file: 'disc-subtitles.mkv', make: makeWithPictureSubtitles },
  'cinema-rate': atRate('24000/1001', 2.1),
  'double-rate': atRate('60000/1001', 2.1),
  'slow-motion': atRate('120', 2),
  'edit-list': { file: 'trimmed.mp4', make: makeEdited },
  'early-sound': film(
    'talk.mkv',
    ...['-itsoffset', '3', ...picture('320x180', '25', 5), ...tone(440, 8), ...H264, ...AAC],
  ),
  'dead-channel': film(
    'one-microphone.mp4',
    ...[...SHORT, '-f', 'lavfi', '-i', 'aevalsrc=0.1*sin(2*PI*440*t)|0:c=stereo:s=48000:d=2', ...H264, ...AAC],
  ),
  'lecture-with-contents': { file: 'lecture.mp4', make: makeWithChapters },
  'turned-cable': film(
    'stage.mp4',
    ...[...SHORT, '-f', 'lavfi', '-i', 'aevalsrc=0.1*sin(2*PI*440*t)|-0.1*sin(2*PI*440*t):c=stereo:s=48000:d=2'],
    ...[...H264, ...AAC],
  ),
} as const;
