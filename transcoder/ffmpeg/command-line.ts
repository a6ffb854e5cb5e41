import ffmpeg from 'fluent-ffmpeg';
import { z } from 'zod';

/** One ffmpeg run as data: what is read, one filter graph, what is written. Nothing in it comes from a request. */
export type FfmpegCommand = {
  readonly logLevel?: 'error' | 'info';
  readonly inputs: readonly FfmpegInput[];
  readonly filter?: string;
  readonly outputs: readonly FfmpegOutput[];
};
/** `source` is `file:` and an absolute path, or a lavfi source. */
export type FfmpegInput = { readonly source: string; readonly options: readonly string[] };
/** `target` is a name inside the job's folder, or `-` for nowhere. */
export type FfmpegOutput = { readonly target: string; readonly options: readonly string[] };

const always = ['-hide_banner', '-nostdin', '-nostats', '-progress', 'pipe:1', '-stats_period', '0.5'];

/**
 * The arguments of a command, built by fluent-ffmpeg; we spawn them ourselves, because its own runner has no limits.
 * Only the variadic forms are used: an array element with exactly one space would be split in two (stack.md 4).
 */
export function commandLine(command: FfmpegCommand): readonly string[] {
  const builder = ffmpeg();
  for (const { source, options } of command.inputs) {
    builder.input(source);
    if (options.length > 0) builder.inputOptions(...options);
  }
  if (command.filter !== undefined) builder.complexFilter(command.filter);
  for (const { target, options } of command.outputs) builder.output(target).outputOptions(...options);
  const built: unknown = (builder as unknown as { _getArguments(): unknown })._getArguments();
  return [...always, '-v', command.logLevel ?? 'error', ...z.array(z.string()).parse(built)];
}
