import { commandLine, type FfmpegCommand } from './command-line.ts';
import { runGuarded, type RunOutcome } from './guarded-run.ts';
import { failureOf } from './run-failure.ts';
import type { Sandbox } from './sandbox.ts';

/** How a command may go. */
export type CommandRun = {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Length of the film that is worked on; limits grow with it. */
  readonly filmSeconds: number;
  /** Film that is decoded before the first output, so that silence is no sign of a hang. @defaultValue 0 */
  readonly leadSeconds?: number;
  /** Called with each `frame=` and `out_time_us=` of ffmpeg's progress. */
  readonly onProgress?: (name: string, value: number) => void;
  /** Called with every line of standard output, progress included. */
  readonly onLine?: (line: string) => void;
};

const gibibyte = 1_073_741_824;

/** Runs a command to its end; rejects with a TranscodeFailure unless ffmpeg says that all went well, which callers still verify. */
export async function runCommand(command: FfmpegCommand, run: CommandRun): Promise<RunOutcome> {
  const { onProgress, onLine } = run;
  const outcome = await runGuarded({
    sandbox: run.sandbox,
    program: 'ffmpeg',
    args: commandLine(command),
    folder: run.folder,
    signal: run.signal,
    limits: {
      memoryBytes: 6 * gibibyte,
      cpuSeconds: 600 + 60 * run.filmSeconds + 2 * (run.leadSeconds ?? 0),
      // 1.5 times the highest rung's rate, and what a container may add.
      fileBytes: 64 * 1_048_576 + Math.ceil(run.filmSeconds * 5_000_000),
    },
    wallMs: Math.max(600_000, run.filmSeconds * 60_000) + (run.leadSeconds ?? 0) * 1000,
    stallMs: 60_000 + (run.leadSeconds ?? 0) * 200,
    onLine: (line: string) => {
      onLine?.(line);
      const [name = '', value] = line.split('=');
      if (name === 'frame' || name === 'out_time_us') onProgress?.(name, Number(value) || 0);
    },
  });
  const failure = failureOf(outcome);
  if (failure !== undefined) throw failure;
  return outcome;
}
