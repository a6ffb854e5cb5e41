import type { FfmpegCommand } from './command-line.ts';
import { inputName } from './source-guard.ts';

/** Columns and rows of one storyboard picture. */
export const storyboardGrid = { columns: 8, rows: 8, tileWidth: 192, tileHeight: 108 } as const;

/** Guards for files that we made ourselves. */
const own = (demuxer: string): readonly string[] => [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  demuxer,
  '-f',
  demuxer,
];

/** Name of a poster candidate in the job's folder. */
export const posterFile = (index: number): string => `poster-${String(index)}.jpg`;

/** A picture of a segment: its number from 0, among all or among the key frames, which are quicker to come by. */
export interface SegmentPicture {
  readonly file: string;
  readonly frame: number;
  readonly amongKeys: boolean;
}

/** Takes one picture of each segment named; a segment may be named several times. */
export function posterCommand(wanted: readonly SegmentPicture[]): FfmpegCommand {
  return {
    inputs: wanted.map(({ file, amongKeys }) => ({
      source: inputName(file),
      options: [...(amongKeys ? ['-skip_frame', 'nokey'] : []), ...own('mpegts')],
    })),
    filter: wanted
      .map(({ frame }, index) => {
        const trim = `trim=start_frame=${String(frame)}:end_frame=${String(frame + 1)}`;
        return `[${String(index)}:v]${trim},scale=-2:'min(720,ih)'[p${String(index)}]`;
      })
      .join(';'),
    outputs: wanted.map((_picture, index) => ({
      target: posterFile(index),
      options: [
        ...['-map', `[p${String(index)}]`, '-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', '4'],
        ...['-pix_fmt', 'yuvj420p', '-flags', '+bitexact', '-update', '1', '-f', 'image2'],
      ],
    })),
  };
}

/** Lays thumbnails out on tiles `storyboard-000.jpg` ...; the input is JPEG pictures one after another. */
export function storyboardCommand(thumbnailsFile: string): FfmpegCommand {
  const { columns, rows } = storyboardGrid;
  return {
    inputs: [{ source: inputName(thumbnailsFile), options: ['-framerate', '1', ...own('mjpeg')] }],
    filter: `[0:v]tile=${String(columns)}x${String(rows)}[tiles]`,
    outputs: [
      {
        target: 'storyboard-%03d.jpg',
        options: [
          ...['-map', '[tiles]', '-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', '6', '-pix_fmt', 'yuvj420p'],
          ...['-flags', '+bitexact', '-start_number', '0', '-f', 'image2'],
        ],
      },
    ],
  };
}

/** Decodes segments from their first to their last picture and sound and keeps nothing: whatever is wrong ends in an error. */
export function decodeCommand(segmentFiles: readonly string[]): FfmpegCommand {
  return {
    inputs: segmentFiles.map((file) => ({ source: inputName(file), options: ['-xerror', ...own('mpegts')] })),
    outputs: [
      {
        target: '-',
        options: [...segmentFiles.flatMap((_file, index) => ['-map', String(index)]), '-f', 'null'],
      },
    ],
  };
}
