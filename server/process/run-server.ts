import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import type { Settings } from '../../media/contract/settings.ts';
import { createApp, createListener } from '../app.ts';
import { connectDatabase, type DatabaseConnection } from '../database/connect.ts';
import { migrateSchema, NewerSchema } from '../database/schema-version.ts';
import { embeddedPlaces } from '../database/socket-paths.ts';
import { everyDoor } from '../doors.ts';
import { assembleParts, type Parts } from '../parts.ts';
import { CannotStart, makeWritable } from '../supervisor/preflight.ts';
import { openStore } from './open-store.ts';
import { readOrMakeSecret } from './secret-file.ts';
import { listen } from './web-server.ts';

/** One replica that serves. */
export interface RunningServer {
  readonly parts: Parts;
  readonly port: number;
  /** Lets running requests finish, stops loops, closes connections; within 6 s. */
  readonly stop: () => Promise<void>;
}

const drainMs = 4000;
const hourMs = 3_600_000;
/** A queue whose Redis is away never says good-bye. */
const longestCloseMs = 700;
/** Built pages lie beside the built server: dist/server/process and dist/player. */
const pagesFolder = fileURLToPath(new URL('../../player/', import.meta.url));

/** Starts one replica: data folder, database, schema, parts, `prepare` (first county, demo), doors, loops. */
export async function runServer(
  settings: Settings,
  log: Logger,
  prepare: (parts: Parts) => Promise<void> = () => Promise.resolve(),
): Promise<RunningServer> {
  const parts = await openParts(settings, log);
  const close = () => closeParts(parts);
  try {
    await prepare(parts);
    const doors = everyDoor(parts);
    const app = createApp(parts, { pagesFolder, ...doors });
    // First, so that whoever listens serves: a replica that answers knows what is on air.
    for (const start of parts.starters) await start();
    const web = await listen(createListener(app, doors.mediaDoor), settings.HOST, settings.PORT);
    return {
      parts,
      port: web.port,
      stop: async () => {
        parts.push.close();
        parts.news.close();
        await web.drain(drainMs);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens everything that a process on this DATA_DIR works with, without serving; backup and command line use it too. */
export async function openParts(settings: Settings, log: Logger, clock: () => number = Date.now): Promise<Parts> {
  const dataDir = resolve(settings.DATA_DIR);
  await makeWritable(dataDir);
  const secret = settings.SECRET ?? (await readOrMakeSecret(dataDir));
  const storage = await openStore(settings, dataDir);
  const connected = await reachDatabase(settings, dataDir, log);
  await migrateSchema(connected.connection, { clock, log }).catch(async (error: unknown) => {
    await connected.close();
    throw error instanceof NewerSchema ? new CannotStart(error.message) : error;
  });
  const parts = await assembleParts({
    settings,
    dataDir,
    secret,
    clock,
    log,
    database: connected.connection,
    storage,
    metrics: new Registry(),
    readiness: new Map([['database', () => isAnswering(connected)]]),
    starters: [],
    closers: [() => connected.close()],
  });
  parts.readiness.set('disk', () => isRoomy(parts));
  parts.starters.push(() => sweepSessions(parts));
  return parts;
}

/** Closes what `openParts` opened, newest first; one that fails or hangs does not keep the others open. */
export async function closeParts({ closers, log }: Pick<Parts, 'closers' | 'log'>): Promise<void> {
  for (const close of [...closers].reverse()) {
    const late = new Promise<void>((resolve) => setTimeout(resolve, longestCloseMs).unref());
    await Promise.race([close(), late]).catch((error: unknown) => log.warn({ err: error }, 'closing failed'));
  }
}

async function reachDatabase(settings: Settings, dataDir: string, log: Logger): Promise<DatabaseConnection> {
  const socket = embeddedPlaces(dataDir).databaseSocket;
  const embedded = `mongodb://${encodeURIComponent(socket)}/yuanbo?directConnection=true`;
  let closing = false;
  try {
    const connected = await connectDatabase(settings.MONGODB_URI ?? embedded, {
      // Our own good-bye is no news.
      onLost: () => {
        if (!closing) log.warn('the database is away');
      },
      onFound: () => log.info('the database is back'),
    });
    return {
      ...connected,
      close: () => {
        closing = true;
        return connected.close();
      },
    };
  } catch (error) {
    const cure =
      settings.MONGODB_URI === undefined
        ? `No database answers on ${dataDir}: run npm start on it first, or set MONGODB_URI.`
        : 'The database of MONGODB_URI does not answer: start it, or set MONGODB_URI right.';
    throw new CannotStart(cure, { cause: error });
  }
}

const isAnswering = (connected: DatabaseConnection): Promise<string | undefined> =>
  connected.ping().then(
    () => undefined,
    () => 'The database does not answer: start it again.',
  );

const leastFreeBytes = 512 * 1_048_576;

async function isRoomy({ storage }: Pick<Parts, 'storage'>): Promise<string | undefined> {
  const free = await storage.freeBytes();
  if (free === undefined || free >= leastFreeBytes) return undefined;
  return `The disk of films has ${Math.floor(free / 1_048_576)} MiB left: free some space.`;
}

function sweepSessions({ sessions, clock, log, closers }: Parts): void {
  const sweep = () => {
    sessions.sweep(clock()).catch((error: unknown) => log.warn({ err: error }, 'sweeping sessions failed'));
  };
  const timer = setInterval(sweep, hourMs);
  timer.unref();
  closers.push(() => {
    clearInterval(timer);
    return Promise.resolve();
  });
}
