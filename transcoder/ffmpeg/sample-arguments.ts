import { samplePicture } from '../../media/film/complexity.ts';
import type { FfmpegCommand } from './command-line.ts';
import { guardOptions, inputName, type GuardedSource } from './source-guard.ts';

/** Where the sizes of the encoded pictures of a sample are left in the job's folder. */
export const sampleFile = 'sample.crc';

/** Encodes two seconds from a key frame on, small and quickly; one thread, so that the same film is always judged alike. */
export function sampleCommand(source: GuardedSource, stream: number, atSeconds: number): FfmpegCommand {
  const { width, height, frameRate, pictures } = samplePicture;
  return {
    inputs: [
      {
        source: inputName(source.file),
        options: [...guardOptions(source), '-seek_timestamp', '1', '-noaccurate_seek', '-ss', atSeconds.toFixed(6)],
      },
    ],
    filter: `[0:${String(stream)}]fps=${String(frameRate)},scale=${String(width)}:${String(height)},format=yuv420p[sample]`,
    outputs: [
      {
        target: sampleFile,
        options: [
          ...['-map', '[sample]', '-frames:v', String(pictures), '-c:v', 'libx264', '-preset', 'superfast'],
          ...['-crf', '23', '-threads', '1', '-x264-params', 'keyint=250:scenecut=0', '-f', 'framecrc'],
        ],
      },
    ],
  };
}

/** Sizes in bytes of the packets that a framecrc file lists: `stream, dts, pts, duration, size, checksum`. */
export const readSample = (text: string): readonly number[] =>
  text
    .split('\n')
    .filter((line) => /^0,/.test(line))
    .map((line) => Number(line.split(',')[4]));
