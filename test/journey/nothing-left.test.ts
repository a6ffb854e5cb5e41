import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { processesOn } from './processes.ts';
import { ended, freePort } from './start-demo.ts';
import { eventually } from './system.ts';

describe('while films are being made', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'yuanbo-making-'));
  let system: ChildProcess | undefined;
  afterAll(async () => {
    if (system !== undefined) await ended(system);
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = async () => {
    const port = String(await freePort());
    system = spawn(process.execPath, ['dist/server/main.js', 'start'], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: port, LOG_LEVEL: 'error', WORKERS: '0' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return system;
  };
  /** The film maker, its ffmpeg and the program that asked for the film. */
  const making = () =>
    eventually(
      () => {
        const [seed] = processesOn(dataDir, 'server/main.js', 'slate');
        const makers = processesOn(dataDir, join(dataDir, 'making'));
        const isDrawing = processesOn(dataDir, 'ffmpeg ', join(dataDir, 'making')).length > 0;
        return Promise.resolve(seed !== undefined && isDrawing ? { seed, makers } : undefined);
      },
      120_000,
      50,
    );
  const gone = (pids: () => readonly number[]) =>
    eventually(() => Promise.resolve(pids().length === 0 ? true : undefined), 10_000, 50);

  it('kill -9 of the program that wants them ends maker and ffmpeg', async () => {
    await start();
    const { seed, makers } = await making();
    process.kill(seed, 'SIGKILL');
    await gone(() => processesOn(dataDir, join(dataDir, 'making')).filter((pid) => makers.includes(pid)));
  });

  it('kill -9 of the supervisor ends everything', async () => {
    await making();
    const exit = new Promise((resolve) => system?.once('exit', resolve));
    system?.kill('SIGKILL');
    await exit;
    await gone(() => processesOn(dataDir));
  });

  it('SIGTERM leaves nothing running', async () => {
    const supervisor = await start();
    await making();
    await ended(supervisor);
    expect(supervisor.exitCode).toBe(0);
    expect(processesOn(dataDir)).toEqual([]);
  });
});
