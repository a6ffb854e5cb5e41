import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseSettings, type Settings } from '../../../../media/contract/settings.ts';
import { backupCommand, restoreCommand } from '../../../../server/backup/commands.ts';
import { backupBook } from '../../../../server/backup/backup-book.ts';
import { connectDatabase } from '../../../../server/database/connect.ts';
import { socketUri, startServer } from '../../../../server/database/embedded/wire-server.ts';
import { embeddedPlaces } from '../../../../server/database/socket-paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuanbo-backup-'));
const settingsOf = (name: string): Settings => {
  const parsed = parseSettings({ DATA_DIR: join(folder, name) });
  if ('problems' in parsed) throw new Error(parsed.problems.join(' '));
  return parsed.settings;
};
const file = join(folder, 'county.yuanbo');

/** Works on the embedded database of a folder as its only owner. */
async function onDatabase<T>(
  name: string,
  work: (database: Awaited<ReturnType<typeof connectDatabase>>['connection']) => Promise<T>,
): Promise<T> {
  const { databaseFile, databaseSocket } = embeddedPlaces(join(folder, name));
  const engine = await startServer({ file: databaseFile, socket: databaseSocket });
  const connected = await connectDatabase(socketUri(databaseSocket, 'yuanbo'));
  try {
    return await work(connected.connection);
  } finally {
    await connected.close();
    await engine.close();
  }
}

const stored = [
  { _id: 'summer', change: { catchUpDays: 12 }, fromAtMs: 1_800_000_000_000 },
  { _id: 'winter', change: {}, fromAtMs: 1_810_000_000_000 },
];
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await onDatabase('county', async (database) => {
    await database.collection<{ _id: string }>('settings').insertMany(stored);
    await database.collection<{ _id: string }>('meta').insertOne({ _id: 'schema', ...{ version: 1 } });
  });
  await backupCommand(settingsOf('county'), [file]);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
const settingsIn = (name: string) =>
  onDatabase(name, (database) => database.collection('settings').find({}).sort({ _id: 1 }).toArray());

describe('a backup', () => {
  it('brings county settings and schema version back as they were, and is for its owner alone', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await restoreCommand(settingsOf('restored'), [file]);
    expect(await settingsIn('restored')).toEqual(stored);
    const schema = await onDatabase('restored', (database) => database.collection('meta').findOne({}));
    expect(schema).toEqual({ _id: 'schema', version: 1 });
  });

  it('is written down, so that the status tells when the last one was', async () => {
    const last = await onDatabase('county', (database) => backupBook(database).last());
    expect(last).toMatchObject({ documents: 3, bytes: statSync(file).size });
    expect(Date.now() - (last?.atMs ?? 0)).toBeLessThan(60_000);
  });

  it('that was cut short leaves the empty folder empty, so that a whole one can follow', async () => {
    const cut = join(folder, 'cut.yuanbo');
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
    writeFileSync(cut, gzipSync(lines.slice(0, -1).join('\n')));
    await expect(restoreCommand(settingsOf('later'), [cut])).rejects.toThrow(/ends too early: use another backup/);
    await restoreCommand(settingsOf('later'), [file]);
    expect(await settingsIn('later')).toEqual(stored);
  });

  it('of a newer program is refused', async () => {
    const newer = join(folder, 'newer.yuanbo');
    const text = gunzipSync(readFileSync(file))
      .toString()
      .replace(/"schemaVersion":\d+/, '"schemaVersion":99');
    writeFileSync(newer, gzipSync(text));
    await expect(restoreCommand(settingsOf('older'), [newer])).rejects.toThrow(/written by a newer Yuanbo/);
  });

  it('of a folder without a county is refused, and makes no folder', async () => {
    await expect(backupCommand(settingsOf('mistyped'), [file])).rejects.toThrow(/There is no county on .*mistyped/);
    expect(existsSync(join(folder, 'mistyped'))).toBe(false);
  });
});
