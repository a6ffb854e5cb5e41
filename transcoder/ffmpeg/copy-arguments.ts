import { copySegmentSeconds, type CopyTerms } from '../../media/film/review-copy.ts';
import type { FfmpegCommand } from './command-line.ts';
import { guardOptions, inputName, type GuardedSource } from './source-guard.ts';

/** A segment that ffmpeg has closed: `00000.ts,0.000000,4.080000` on its standard output. */
const listLine = /^([0-9]{5}\.ts),(-?[0-9.]+),(-?[0-9.]+)$/;

/** Cuts a source at key frames into MPEG-TS without decoding anything; every closed segment is told in a line. */
export function copyCommand(source: GuardedSource, { videoStream, audioStream }: CopyTerms): FfmpegCommand {
  const streams = [videoStream, ...(audioStream === undefined ? [] : [audioStream])];
  return {
    inputs: [{ source: inputName(source.file), options: guardOptions(source) }],
    outputs: [
      {
        target: '%05d.ts',
        options: [
          ...streams.flatMap((stream) => ['-map', `0:${String(stream)}`]),
          ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-c', 'copy'],
          ...['-f', 'segment', '-segment_format', 'mpegts', '-segment_time', String(copySegmentSeconds)],
          ...['-segment_list', 'pipe:1', '-segment_list_type', 'csv', '-segment_list_size', '0'],
        ],
      },
    ],
  };
}

/** Name and length of the segment that a line of output tells of; undefined for every other line. */
export function readCopyLine(line: string): { readonly name: string; readonly durationMs: number } | undefined {
  const [, name, from, to] = listLine.exec(line) ?? [];
  if (name === undefined) return undefined;
  return { name, durationMs: Math.max(1, Math.round((Number(to) - Number(from)) * 1000)) };
}
