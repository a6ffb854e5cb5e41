import { spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { RunLimits, Sandbox } from './sandbox.ts';

/** How a guarded run may go; the folder is the only place where it writes. */
export type GuardedRun = {
  readonly sandbox: Sandbox;
  readonly program: 'ffmpeg' | 'ffprobe';
  readonly args: readonly string[];
  readonly folder: string;
  readonly limits: RunLimits;
  /** Killed after this long, whatever it does. */
  readonly wallMs: number;
  /** Killed after this long without a sign of progress. @defaultValue 60,000 */
  readonly stallMs?: number;
  readonly signal?: AbortSignal;
  /** Every line of standard output. */
  readonly onLine?: (line: string) => void;
};

/** What became of a run; the exit code alone never proves success (security.md M8). */
export type RunOutcome = {
  readonly end: 'exited' | 'signalled' | 'stalled' | 'too_long' | 'out_of_cpu' | 'aborted' | 'not_started';
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Last lines of standard error, at most 64 KiB. */
  readonly log: string;
  /** Lines that were written to standard error in all. */
  readonly logLines: number;
};

const logBytes = 65_536;
/** How ffmpeg exits when a signal asked it to. */
export const askedToStop = 255;

/** Keeps the end of a text that never stops growing. */
function keepLog(child: ChildProcess): { readonly text: () => string; readonly lines: () => number } {
  let text = '';
  let lines = 0;
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    for (const letter of piece) if (letter === '\n') lines += 1;
    text = (text + piece).slice(-logBytes);
  });
  return { text: () => text, lines: () => lines };
}

/** Calls back when `touch` has not been called for so long, or when the whole has lasted too long. */
function watch(
  stallMs: number,
  wallMs: number,
  kill: (why: 'stalled' | 'too_long') => void,
): { readonly touch: () => void; readonly stop: () => void } {
  const wall = setTimeout(() => kill('too_long'), wallMs);
  let stall = setTimeout(() => kill('stalled'), stallMs);
  const touch = (): void => {
    clearTimeout(stall);
    stall = setTimeout(() => kill('stalled'), stallMs);
  };
  const stop = (): void => {
    clearTimeout(wall);
    clearTimeout(stall);
  };
  return { touch, stop };
}

/** Lines of `-progress` that show that work goes on; the others repeat without any. */
const movement = /^(frame|out_time_us|total_size)=(.*)$/;

/**
 * The only place of the transcoder that starts ffmpeg or ffprobe: behind the sandbox, with an empty environment, in the job's
 * folder, without standard input, under a wall limit and a watchdog on progress. Never rejects: the outcome says what happened.
 */
export function runGuarded(run: GuardedRun): Promise<RunOutcome> {
  const [program = run.program, ...args] = [...run.sandbox.wrap(run.program, run.limits), ...run.args];
  const child = spawn(program, args, {
    cwd: run.folder,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const startedAt = performance.now();
  let why: RunOutcome['end'] | undefined;
  const kill = (reason: 'stalled' | 'too_long' | 'aborted'): void => {
    why ??= reason;
    child.kill('SIGKILL');
  };
  const log = keepLog(child);
  const watcher = watch(run.stallMs ?? 60_000, run.wallMs, kill);
  const abort = (): void => kill('aborted');
  if (run.signal?.aborted === true) abort();
  run.signal?.addEventListener('abort', abort, { once: true });
  const seen = new Map<string, string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, name = 'line', text = line] = movement.exec(line) ?? (line.includes('=') ? ['', 'none', 'none'] : []);
    if (seen.get(name) !== text) watcher.touch();
    seen.set(name, text);
    run.onLine?.(line);
  });
  return new Promise((resolve) => {
    const finish = (end: RunOutcome['end'], code: number | null, signal: NodeJS.Signals | null, extra = ''): void => {
      watcher.stop();
      run.signal?.removeEventListener('abort', abort);
      resolve({ end: why ?? end, code, signal, log: log.text() + extra, logLines: log.lines() });
    };
    child.once('error', (error) => finish('not_started', null, null, error.message));
    child.once('close', (code, signal) => {
      // ffmpeg takes the warning of the CPU limit for a wish to stop, and exits as after Ctrl-C.
      const isWarned = signal === 'SIGXCPU' || code === askedToStop;
      const mostCpuSeconds = ((performance.now() - startedAt) / 1000) * availableParallelism();
      if (isWarned && mostCpuSeconds >= run.limits.cpuSeconds) finish('out_of_cpu', code, signal);
      else finish(signal === null ? 'exited' : 'signalled', code, signal);
    });
  });
}
