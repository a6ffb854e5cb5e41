import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A redis-server of a test's own, on a socket that nobody else knows. */
export interface TestRedis {
  /** Path of its socket: what `REDIS_URL` is set to. */
  readonly address: string;
  /** A connection for the test itself. */
  readonly client: Redis;
  /** kill -9; what it had on disk stays. */
  readonly kill: () => Promise<void>;
  /** Lets it answer nothing until `thaw`: it holds its connections, as a machine that swaps. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Starts it again on the same files. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts it as the product does: AOF, no eviction. */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-redis-'));
  const address = join(folder, 'redis.sock');
  let child = await launch(folder, address);
  const client = new Redis(address, { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  return {
    address,
    client,
    kill: () => end(child, 'SIGKILL'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    restart: async () => {
      child = await launch(folder, address);
      await client.ping();
    },
    stop: async () => {
      client.disconnect();
      await end(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, address: string): Promise<ChildProcess> {
  rmSync(address, { force: true });
  const server = [
    'redis-server',
    '--port',
    '0',
    '--unixsocket',
    address,
    '--unixsocketperm',
    '600',
    '--daemonize',
    'no',
  ];
  const files = ['--dir', folder, '--save', '', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
  // Ends with the test process, however that ends.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...server, ...files], { stdio: 'ignore' });
  const probe = new Redis(address, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  probe.on('error', () => undefined);
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await Promise.race([probe.ping().catch(() => ''), delay(100)])) === 'PONG') break;
  }
  probe.disconnect();
  return child;
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
