import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../../dist/server/main.js');
const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** Starts the sample county on a port, in a folder of its own that is gone when it is stopped. */
export function startDemo(port, password) {
  const dataDir = mkdtempSync(join(tmpdir(), 'yuanbo-bench-'));
  const settings = { DATA_DIR: dataDir, PORT: String(port), DEMO_PASSWORD: password, LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [program, 'demo'], { env: { ...process.env, ...settings }, stdio: 'ignore' });
  const stop = async () => {
    const exit = new Promise((resolved) => child.once('exit', resolved));
    child.kill('SIGTERM');
    await exit;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { address: `http://127.0.0.1:${port}`, stop };
}

/** Waits until films are on air. */
export async function onAir(address) {
  for (;;) {
    try {
      const query = `from=${Date.now()}&to=${Date.now() + 4000}`;
      const guide = await (await fetch(`${address}/api/channels/county/guide?${query}`)).json();
      if (guide.items.some(({ kind }) => kind !== 'slate')) return;
    } catch {
      // Not there yet.
    }
    await pause(1000);
  }
}
