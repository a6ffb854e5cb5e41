import { connect } from 'node:net';
import { join } from 'node:path';
import type { Settings } from '../../media/contract/settings.ts';
import type { ChildPlan } from './child.ts';

/** Absolute places that the parts share. */
export interface Places {
  /** The folder that holds the built rooms: `dist`. */
  readonly built: string;
  readonly dataDir: string;
  readonly databaseFile: string;
  readonly databaseSocket: string;
  readonly redisSocket: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Redis with an append-only file and no eviction: the queue must not forget a job (decision 4). */
export const redisPlan = (places: Places, environment: Environment): ChildPlan => ({
  name: 'redis',
  argv: [
    'redis-server',
    ...['--port', '0', '--unixsocket', places.redisSocket, '--unixsocketperm', '600', '--daemonize', 'no'],
    ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction'],
    ...['--dir', join(places.dataDir, 'redis'), '--logfile', join(places.dataDir, 'redis', 'redis.log')],
  ],
  environment,
  isReady: () => answers(places.redisSocket, 'PING\r\n', '+PONG'),
  stopWithinMs: 3000,
  outlastsOthers: true,
});

export const databasePlan = (places: Places, environment: Environment): ChildPlan => ({
  name: 'database',
  argv: [
    process.execPath,
    join(places.built, 'server/database/embedded/main.js'),
    '--file',
    places.databaseFile,
    '--socket',
    places.databaseSocket,
  ],
  environment,
  isReady: () => answers(places.databaseSocket),
  stopWithinMs: 3000,
  outlastsOthers: true,
});

export const serverPlan = (
  places: Places,
  settings: Settings,
  environment: Environment,
  args: readonly string[] = [],
): ChildPlan => ({
  name: 'server',
  argv: [process.execPath, '--enable-source-maps', join(places.built, 'server/main.js'), 'serve', ...args],
  environment: { ...environment, WORKERS: '0' },
  isReady: async () => (await fetch(`http://${reachable(settings.HOST)}:${settings.PORT}/healthz`)).ok,
  stopWithinMs: 6000,
});

export const workerPlan = (places: Places, settings: Settings, environment: Environment): ChildPlan => ({
  name: 'worker',
  argv: [process.execPath, '--enable-source-maps', join(places.built, 'transcoder/main.js')],
  environment: {
    ...environment,
    REDIS_URL: settings.REDIS_URL ?? places.redisSocket,
    MEDIA_STORE: settings.MEDIA_STORE ?? `file://${join(places.dataDir, 'media')}`,
  },
  isReady: () => Promise.resolve(true),
  stopWithinMs: 6000,
});

/** Makes the slate, or the sample county; it ends by itself with code 0 when everything is there. */
export const seedPlan = (places: Places, environment: Environment, command: 'slate' | 'seed'): ChildPlan => ({
  name: command,
  argv: [process.execPath, '--enable-source-maps', join(places.built, 'server/main.js'), command],
  environment,
  isReady: () => Promise.resolve(true),
  stopWithinMs: 2000,
  endsByItself: true,
});

/** An address that this machine can call when the server listens on all of them. */
export const reachable = (host: string): string =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;

/** Says whether a unix socket accepts a connection and, where something is sent, answers as expected. */
export function answers(socketPath: string, send = '', expected = ''): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => end(false));
    socket.on('error', () => end(false));
    socket.on('connect', () => (send === '' ? end(true) : socket.write(send)));
    socket.on('data', (bytes) => end(bytes.toString('latin1').startsWith(expected)));
  });
}
