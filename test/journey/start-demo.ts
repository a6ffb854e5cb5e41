import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { api, type Demo, eventually, onDemo, tokenOf } from './system.ts';

/** Starts one sample county for all journeys, from the built program, and ends it after them. */
export default async function startDemo(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yuanbo-journey-'));
  const port = await freePort();
  const password = 'journey-password-1';
  const startedAtMs = Date.now();
  const child = spawn(process.execPath, ['dist/server/main.js', 'demo'], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), DEMO_PASSWORD: password, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const demo = { address: `http://127.0.0.1:${port}`, password, dataDir, startedAtMs };
  project.provide('demo', demo);
  await keepPicturesSmall(demo);
  const watching = setInterval(() => {
    void tellFirstProgramme(`http://127.0.0.1:${port}`, startedAtMs).then((told) => {
      if (told) clearInterval(watching);
    });
  }, 1000);
  return async () => {
    clearInterval(watching);
    const beganMs = Date.now();
    await ended(child);
    console.log(`the whole system stopped in ${Date.now() - beganMs} ms (deadline 10,000 ms)`);
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Before the first film is made: journeys look at what people do, and larger pictures are encoded and looked at by tests of their own. */
async function keepPicturesSmall(demo: Demo): Promise<void> {
  onDemo(demo);
  const token = await eventually(() => tokenOf('admin'), 60_000, 100);
  await api('/api/settings', { method: 'PATCH', body: { highestRung: '480p' }, token });
}

/** Says how long the first programme took from the start of the built system; the goal is 3 min on 2 idle cores. */
async function tellFirstProgramme(address: string, startedAtMs: number): Promise<boolean> {
  const atMs = Date.now();
  const guide = await fetch(`${address}/api/channels/county/guide?from=${atMs}&to=${atMs + 4000}`).then(
    (response) => response.text(),
    () => '',
  );
  if (!/"kind":"(item|filler)"/.test(guide)) return false;
  console.log(`first programme on air ${((atMs - startedAtMs) / 1000).toFixed(0)} s after the start`);
  return true;
}

/** SIGTERM and the wait for it; three times the contract's 10 s, then by force. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await exit;
  clearTimeout(force);
}

/** A TCP port that nobody holds at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
