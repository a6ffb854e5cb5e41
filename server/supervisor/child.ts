import { type ChildProcess, spawn } from 'node:child_process';
import type { Logger } from 'pino';
import { dieWithParent } from '../process/die-with-parent.ts';

/** A program that is kept running. */
export interface ChildPlan {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Resolves true once the program does its work; asked again and again until then. */
  readonly isReady: () => Promise<boolean>;
  /** How long it may take to end after SIGTERM, in ms; then SIGKILL. */
  readonly stopWithinMs: number;
  /** Exit code 0 means done, not broken. @defaultValue false */
  readonly endsByItself?: boolean;
  /** Out of the reach of the terminal's Ctrl-C, for others use it until they have ended. @defaultValue false */
  readonly outlastsOthers?: boolean;
}

export interface RunningChild {
  readonly name: string;
  /** Resolves at the first moment of readiness. */
  readonly ready: Promise<void>;
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** After this long a program counts as healthy and its next restart is quick again. */
const healthyAfterMs = 30_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Starts a program and starts it again with growing pauses whenever it ends, until `stop`. */
export function keepRunning(plan: ChildPlan, log: Logger): RunningChild {
  let child: ChildProcess | undefined;
  let stopping = false;
  let pauseMs = firstPauseMs;
  let wake: () => void = () => undefined;

  const runOnce = async (): Promise<void> => {
    const startedMs = performance.now();
    const [program, ...args] = [...dieWithParent('TERM'), ...plan.argv];
    const started = spawn(program ?? plan.argv[0], args, {
      env: plan.environment,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: plan.outlastsOthers === true,
    });
    child = started;
    const end = await new Promise<string>((resolve) => {
      started.on('error', (error) => resolve(error.message));
      started.on('exit', (code, signal) => resolve(signal ?? `code ${String(code)}`));
    });
    child = undefined;
    if (plan.endsByItself === true && end === 'code 0') stopping = true;
    if (performance.now() - startedMs > healthyAfterMs) pauseMs = firstPauseMs;
    if (!isEnding()) log.warn({ child: plan.name, end, againInMs: pauseMs }, 'a part ended and is started again');
  };
  const isEnding = () => stopping;

  const loop = (async () => {
    while (!isEnding()) {
      await runOnce();
      if (isEnding()) return;
      await Promise.race([pause(pauseMs), new Promise<void>((resolve) => (wake = resolve))]);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  })();

  return {
    name: plan.name,
    ready: untilReady(plan, isEnding),
    pid: () => child?.pid,
    stop: async () => {
      stopping = true;
      wake();
      child?.kill('SIGTERM');
      const kill = setTimeout(() => child?.kill('SIGKILL'), plan.stopWithinMs);
      await loop;
      clearTimeout(kill);
    },
  };
}

async function untilReady(plan: ChildPlan, isEnding: () => boolean): Promise<void> {
  while (!isEnding()) {
    if (await plan.isReady().catch(() => false)) return;
    await pause(100);
  }
}
