import type { EncodePlan } from '../../media/film/encode-plan.ts';
import type { FfmpegCommand } from './command-line.ts';
import { guardOptions, inputName } from './source-guard.ts';

/** Where the text of one subtitle track is left in the job's folder. */
export const subtitleFile = (index: number): string => `subtitles-${String(index)}.vtt`;

/** Takes every text subtitle track out of a source as WebVTT on the source's clock. */
export function subtitleCommand(plan: EncodePlan, sourceFile: string): FfmpegCommand {
  const source = { file: sourceFile, demuxer: plan.demuxer };
  return {
    inputs: [{ source: inputName(sourceFile), options: [...guardOptions(source), '-copyts'] }],
    outputs: plan.subtitles.map((track, index) => ({
      target: subtitleFile(index),
      options: ['-map', `0:${String(track.stream)}`, '-map_metadata', '-1', '-c:s', 'webvtt', '-f', 'webvtt'],
    })),
  };
}
