import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runGuarded, type GuardedRun, type RunOutcome } from '../../../transcoder/ffmpeg/guarded-run.ts';
import { failureOf } from '../../../transcoder/ffmpeg/run-failure.ts';
import { detectSandbox, type Sandbox } from '../../../transcoder/ffmpeg/sandbox.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guarded-run-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const real = detectSandbox();
/** ffmpeg to which something happens a moment after it began. */
const struckBy = (signal: string): Sandbox => ({
  level: 0,
  wrap: (program) => ['sh', '-c', `ulimit -c 0; (sleep 0.3; kill -${signal} $$) & exec "$0" "$@"`, program],
});
const gibibyte = 1_073_741_824;

type Change = Partial<Pick<GuardedRun, 'sandbox' | 'stallMs' | 'wallMs' | 'signal' | 'onLine' | 'limits'>>;

/** Encodes a test picture for so long that somebody has to stop it, unless told otherwise. */
function encode(
  change: Change,
  size = '320x180',
  output: readonly string[] = ['-f', 'null', '-'],
): Promise<RunOutcome> {
  const picture = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:d=3600`, '-c:v', 'libx264', '-preset', 'ultrafast'];
  return runGuarded({
    ...{ sandbox: real, program: 'ffmpeg', folder, wallMs: 30_000 },
    limits: { memoryBytes: 4 * gibibyte, cpuSeconds: 60, fileBytes: gibibyte },
    args: ['-v', 'error', '-nostdin', '-y', '-progress', 'pipe:1', '-stats_period', '0.1', ...picture, ...output],
    ...change,
  });
}
const troubleOf = (outcome: RunOutcome) => failureOf(outcome)?.trouble;

describe('an encoder', () => {
  it('that hangs is killed, and its slot is free', async () => {
    const outcome = await encode({ sandbox: struckBy('STOP'), stallMs: 1500 });
    expect([outcome.end, outcome.signal, troubleOf(outcome)]).toEqual(['stalled', 'SIGKILL', 'encoder_stalled']);
  });

  it('that crashes, is killed from outside, or lasts too long is told apart', async () => {
    expect(troubleOf(await encode({ sandbox: struckBy('SEGV') }))).toBe('encoder_failed/crashed');
    expect(troubleOf(await encode({ sandbox: struckBy('KILL') }))).toBe('encoder_failed/killed');
    expect(troubleOf(await encode({ wallMs: 300 }))).toBe('limit_exceeded/time');
    expect(troubleOf(await encode({ signal: AbortSignal.timeout(300) }))).toBe('cancelled');
  });

  it('that is not there is no fault of the film', async () => {
    const guarded: Sandbox = { ...real, wrap: (_program, limits) => real.wrap('no-such-ffmpeg', limits) };
    expect(troubleOf(await encode({ sandbox: guarded }))).toBe('encoder_failed/not_installed');
    const bare: Sandbox = { ...real, wrap: () => ['no-such-ffmpeg'] };
    expect(troubleOf(await encode({ sandbox: bare }))).toBe('encoder_failed/not_installed');
  });

  it.skipIf(real.level === 0)('that wants more memory, time or disk than it may have is told apart', async () => {
    const limits = { memoryBytes: 4 * gibibyte, cpuSeconds: 60, fileBytes: gibibyte };
    const wanting = { limits: { ...limits, memoryBytes: 500_000_000 } };
    expect(troubleOf(await encode(wanting, '3840x2160'))).toBe('encoder_failed/out_of_memory');
    expect(troubleOf(await encode({ limits: { ...limits, cpuSeconds: 1 } }))).toBe('limit_exceeded/cpu');
    const writing = { limits: { ...limits, fileBytes: 100_000 } };
    expect(troubleOf(await encode(writing, '320x180', ['-f', 'mpegts', 'large.ts']))).toBe('limit_exceeded/bytes');
  });

  it('goes on when the clock of the machine jumps', async () => {
    const controller = new AbortController();
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      let lines = 0;
      const onLine = (line: string): void => {
        if (!line.startsWith('out_time_us=')) return;
        lines += 1;
        if (lines === 2) vi.setSystemTime(Date.now() + 86_400_000);
        if (lines === 4) vi.setSystemTime(0);
        if (lines === 6) controller.abort();
      };
      const outcome = await encode({ onLine, stallMs: 5000, signal: controller.signal });
      expect([outcome.end, lines]).toEqual(['aborted', 6]);
    } finally {
      vi.useRealTimers();
    }
  });
});
if (real.level === 0) process.stdout.write('SKIPPED: this machine has no limits for processes (prlimit, setpriv).\n');
