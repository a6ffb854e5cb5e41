import { spawn } from 'node:child_process';
import { ended, freePort } from './start-demo.ts';
import { demo, eventually } from './system.ts';

export interface Replica {
  readonly address: string;
  readonly port: number;
  /** SIGKILL. */
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
}

/** One more server on the demo's folder, as `npm run server` starts it, on a port of its own or a given one. */
export async function startReplica(given?: number): Promise<Replica> {
  const port = given ?? (await freePort());
  const child = spawn(process.execPath, ['dist/server/main.js', 'server'], {
    env: { ...process.env, DATA_DIR: demo().dataDir, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: 'inherit',
  });
  const address = `http://127.0.0.1:${port}`;
  await eventually(async () => ((await fetch(`${address}/readyz`)).ok ? true : undefined), 60_000);
  return { address, port, kill: () => child.kill('SIGKILL'), stop: () => ended(child) };
}
