import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { User } from '../../media/contract/accounts.ts';
import type { Role } from '../../media/contract/permissions.ts';
import { parseSettings, type Settings } from '../../media/contract/settings.ts';
import { openDiskStorage } from '../../media/storage/disk-storage.ts';
import { ensureFirstCounty } from '../../server/accounts/ensure-first-county.ts';
import { type AppDoors, createApp, createListener, type MediaDoor } from '../../server/app.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import { everyDoor } from '../../server/doors.ts';
import { requestLimits } from '../../server/http/request-limits.ts';
import { newId } from '../../server/new-id.ts';
import { assembleParts, type Parts } from '../../server/parts.ts';
import { startDatabase, type TestDatabase } from './start-database.ts';

/** Somebody signed in: send `headers` with every request. */
export interface TestPerson {
  readonly user: User;
  readonly token: string;
  readonly headers: { readonly Authorization: string };
}

/** One server of several on the same database, storage and clock. */
export interface TestReplica {
  readonly app: Express;
  /** The app with the media door before it, as the process listens with it. */
  readonly listener: RequestListener;
  readonly parts: Parts;
  readonly stop: () => Promise<void>;
}

/** The whole app on a real database, with a clock that stands still until it is moved. */
export interface TestApp extends TestReplica {
  /** Clock of everything in it, in UTC ms; set `nowMs` to move it. */
  readonly time: { nowMs: number };
  /** The folder of its files; gone after `stop`. */
  readonly dataDir: string;
  /** Makes a person with one role and a session that was begun just now. @defaultValue place county */
  readonly signInAs: (role: Role, place?: string) => Promise<TestPerson>;
  /** Another replica on the same database, storage and clock. */
  readonly replica: () => Promise<TestReplica>;
}

export interface TestAppOptions {
  /** @defaultValue 2026-12-01 08:00 county time */
  readonly atMs?: number;
  readonly settings?: Partial<Settings>;
  /** Added to the app, as a builder's own doors. */
  readonly doors?: (parts: Parts) => Partial<AppDoors & { readonly mediaDoor: MediaDoor }>;
  /** @defaultValue a place `county`, its channel, the categories and an administrator are there */
  readonly empty?: boolean;
}

/** Passwords of tests need not resist anybody. */
const lowPasswordCost = 4;

export const testStartMs = Date.UTC(2026, 11, 1, 0, 0, 0);

/** Starts the app for one test file. It begins with the county as `npm start` makes it, and the townships t1 and t2. */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await startDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'yuanbo-app-'));
  const time = { nowMs: options.atMs ?? testStartMs };
  const start = () => startReplica(database, dataDir, time, options);
  const first = await start();
  if (options.empty !== true) await addCounty(first.parts);
  let people = 0;
  const others: (() => Promise<void>)[] = [];
  return {
    ...first,
    time,
    dataDir,
    signInAs: (role, place = 'county') => signInAs(first.parts, role, place, (people += 1)),
    replica: async () => {
      const other = await start();
      others.push(other.stop);
      return other;
    },
    stop: async () => {
      for (const stop of [...others, first.stop]) await stop();
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startReplica(database: TestDatabase, dataDir: string, time: { nowMs: number }, options: TestAppOptions) {
  const connected = await connectDatabase(database.uri);
  const parsed = parseSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  if ('problems' in parsed) throw new Error(parsed.problems.join(' '));
  const parts = await assembleParts({
    settings: { ...parsed.settings, ...options.settings },
    dataDir,
    secret: 'a secret of tests that is long enough',
    clock: () => time.nowMs,
    log: pino({ level: 'silent' }),
    passwordCost: lowPasswordCost,
    database: connected.connection,
    storage: await openDiskStorage(join(dataDir, 'media')),
    metrics: new Registry(),
    readiness: new Map([['database', () => connected.ping().then(() => undefined)]]),
    starters: [],
    closers: [() => connected.close()],
  });
  const doors = { ...everyDoor(parts), limits: requestLimits(1_000_000, 1_000_000), ...options.doors?.(parts) };
  const app = createApp(parts, doors);
  return {
    app,
    listener: createListener(app, doors.mediaDoor),
    parts,
    stop: async () => {
      for (const close of [...parts.closers].reverse()) await close();
    },
  };
}

async function addCounty(parts: Parts): Promise<void> {
  await ensureFirstCounty(parts);
  for (const code of ['t1', 't2']) {
    await parts.places.add({ code, name: `乡镇 ${code}`, kind: 'township', parent: 'county', operators: [] });
  }
}

async function signInAs(parts: Parts, role: Role, place: string, count: number): Promise<TestPerson> {
  const atMs = parts.clock();
  const username = `${role}-${count}`;
  const user: User = { id: newId(atMs), username, name: username, roles: [{ role, place }], disabled: false };
  await parts.users.add(user, atMs);
  const { token } = await parts.sessions.begin(user.id, atMs, { agent: 'test', ip: '' });
  return { user, token, headers: { Authorization: `Bearer ${token}` } };
}
