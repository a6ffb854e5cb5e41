import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Settings } from '../../media/contract/settings.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { connectDatabase } from '../database/connect.ts';
import type { Database } from '../database/database.ts';
import { dumpDatabase, isEmptyDatabase, loadDatabase } from '../database/dump.ts';
import { backupBook } from './backup-book.ts';
import { socketUri, startServer } from '../database/embedded/wire-server.ts';
import { schemaVersion } from '../database/schema-version.ts';
import { embeddedPlaces } from '../database/socket-paths.ts';
import { openStore } from '../process/open-store.ts';
import { answers } from '../supervisor/children.ts';
import { CannotStart, makeWritable } from '../supervisor/preflight.ts';
import { type ArchiveRow, readArchive, writeArchive } from './archive.ts';

/** `backup FILE`: a consistent copy of the database with the list of media, while everything runs or when it is stopped. */
export async function backupCommand(settings: Settings, args: readonly string[]): Promise<void> {
  const file = fileOf(args, 'backup');
  const dataDir = resolve(settings.DATA_DIR);
  await requireCounty(settings, dataDir);
  if ((await stat(dirname(file)).catch(() => undefined)) === undefined) {
    throw new CannotStart(`The folder of ${file} does not exist: make it first.`);
  }
  const media = await listMedia(await openStore(settings, dataDir));
  const header = { format: 'yuanbo-backup', version: 1, createdAtMs: Date.now(), schemaVersion, media } as const;
  const count = await withSnapshot(settings, dataDir, (database) => writeArchive(file, header, dumpDatabase(database)));
  const backup = { atMs: header.createdAtMs, documents: count, bytes: (await stat(file)).size };
  await withDatabase(settings, dataDir, (database) => backupBook(database).add(backup));
  console.log(`Saved ${count} documents and a list of ${media.length} media files (${inGigabytes(media)}) to ${file}.`);
  console.log('Films are not in it: copy the media folder or bucket by other means.');
}

/** `restore FILE`: puts a backup into an empty database and says which media files are missing. */
export async function restoreCommand(settings: Settings, args: readonly string[]): Promise<void> {
  const file = fileOf(args, 'restore');
  const dataDir = resolve(settings.DATA_DIR);
  await makeWritable(dataDir);
  const { header, rows } = await readArchive(file);
  if (header.schemaVersion > schemaVersion) {
    throw new CannotStart(
      `${file} was written by a newer Yuanbo (schema ${header.schemaVersion}): restore it with that version.`,
    );
  }
  await readToItsEnd(rows);
  const count = await withDatabase(settings, dataDir, async (database) => {
    if (!(await isEmptyDatabase(database))) {
      throw new CannotStart(
        `The database on ${dataDir} is not empty: set DATA_DIR to a new folder (or MONGODB_URI to an empty database).`,
      );
    }
    return loadDatabase(database, (await readArchive(file)).rows);
  });
  const storage = await openStore(settings, dataDir);
  const missing = await missingOf(storage, header.media);
  console.log(`Restored ${count} documents.`);
  console.log(
    missing.length === 0
      ? 'Every media file of the backup is there.'
      : `${missing.length} of ${header.media.length} media files are missing, the first is ${missing[0] ?? ''}: copy them into the media folder or bucket.`,
  );
}

function fileOf(args: readonly string[], command: string): string {
  const [file] = args;
  if (file === undefined) throw new CannotStart(`Name the file: npm run ${command} FILE.`);
  return resolve(file);
}

/** Finds a backup that was cut short before the first document is written: half a county would stand in the way of a whole one. */
async function readToItsEnd(rows: AsyncGenerator<ArchiveRow>): Promise<void> {
  while ((await rows.next()).done !== true);
}

/** A mistyped DATA_DIR would give a backup of nothing that looks like one. */
async function requireCounty(settings: Settings, dataDir: string): Promise<void> {
  if (settings.MONGODB_URI !== undefined) return;
  const isThere = await stat(join(dataDir, 'database', 'yuanbo.db')).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new CannotStart(`There is no county on ${dataDir}: set DATA_DIR to the folder of one.`);
}

type Work<T> = (database: Database) => Promise<T>;

async function connected<T>(uri: string, work: Work<T>): Promise<T> {
  const connection = await connectDatabase(uri);
  try {
    return await work(connection.connection);
  } finally {
    await connection.close();
  }
}

/** The database of these settings: the running one, or the embedded one started for this command. */
async function withDatabase<T>(settings: Settings, dataDir: string, work: Work<T>): Promise<T> {
  if (settings.MONGODB_URI !== undefined) return connected(settings.MONGODB_URI, work);
  const { databaseFile, databaseSocket } = embeddedPlaces(dataDir);
  const uri = socketUri(databaseSocket, 'yuanbo');
  if (await answers(databaseSocket)) return connected(uri, work);
  const engine = await startServer({ file: databaseFile, socket: databaseSocket });
  try {
    return await connected(uri, work);
  } finally {
    await engine.close();
  }
}

/** A moment of the database that does not change while it is read: SQLite's copy. A MongoDB server is read as it runs. */
async function withSnapshot<T>(settings: Settings, dataDir: string, work: Work<T>): Promise<T> {
  if (settings.MONGODB_URI !== undefined) return connected(settings.MONGODB_URI, work);
  const folder = await mkdtemp(join(tmpdir(), 'yuanbo-backup-'));
  const copy = join(folder, 'copy.db');
  try {
    await withDatabase(settings, dataDir, (database) =>
      database.getClient().db('admin').command({ yuanboBackup: copy }),
    );
    const socket = join(folder, 'copy.sock');
    const engine = await startServer({ file: copy, socket });
    try {
      return await connected(socketUri(socket, 'yuanbo'), work);
    } finally {
      await engine.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function listMedia(storage: Storage): Promise<{ key: string; bytes: number }[]> {
  const media: { key: string; bytes: number }[] = [];
  for (const prefix of ['sources/', 'revisions/']) {
    for await (const { key, bytes } of storage.list(prefix)) media.push({ key, bytes });
  }
  return media;
}

async function missingOf(storage: Storage, media: readonly { key: string; bytes: number }[]): Promise<string[]> {
  const there = new Map((await listMedia(storage)).map(({ key, bytes }) => [key, bytes]));
  return media.filter(({ key, bytes }) => there.get(key) !== bytes).map(({ key }) => key);
}

const inGigabytes = (media: readonly { readonly bytes: number }[]): string =>
  `${(media.reduce((sum, { bytes }) => sum + bytes, 0) / 1e9).toFixed(2)} GB`;
