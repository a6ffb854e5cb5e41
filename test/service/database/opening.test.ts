import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openEmbeddedDatabase } from '../../../server/database/embedded/embedded-database.ts';
import { openSqlite } from '../../../server/database/embedded/sqlite.ts';
import { startServer } from '../../../server/database/embedded/wire-server.ts';

/** What goes wrong with the file and its disk: one sentence that tells the cure, and nothing lost. */
const folder = mkdtempSync(join(tmpdir(), 'yuanbo-file-'));
let good: Buffer;
beforeAll(async () => {
  const file = join(folder, 'good.db');
  const server = await startServer({ file, socket: join(folder, 'good.sock') }, { synchronous: 'NORMAL' });
  const client = await MongoClient.connect(server.uri('test'));
  await client
    .db()
    .collection('rows')
    .insertMany(Array.from({ length: 1000 }, (_, n) => ({ n, text: 'x'.repeat(100) })));
  await client.close();
  await server.close();
  good = readFileSync(file);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const overwritten = (from: number, to: number): Buffer =>
  Buffer.concat([good.subarray(0, from), Buffer.alloc(to - from, 0x5a), good.subarray(to)]);

it.each([
  [
    'a text',
    () => Buffer.from('not a database '.repeat(100)),
    /text\.db is not a database file: give another --file\.$/,
  ],
  ['cut in half', () => good.subarray(0, good.length / 2), /is damaged: restore a backup/],
  ['cut off inside its first page', () => good.subarray(0, 3000), /is damaged: restore a backup/],
  ['overwritten', () => overwritten(100, 40_000), /is damaged: restore a backup/],
])('says in one sentence that a file is %s', (name, bytes, sentence) => {
  const file = join(folder, `${name}.db`);
  writeFileSync(file, bytes());
  expect(() => openEmbeddedDatabase(file)).toThrow(sentence);
  expect(readFileSync(file).equals(bytes())).toBe(true);
});

it('says in one sentence that a folder is no file', () => {
  mkdirSync(join(folder, 'folder.db'));
  expect(() => openEmbeddedDatabase(join(folder, 'folder.db'))).toThrow(/cannot be opened: it must be a file/);
});

it('says in one sentence that a newer program made the file', () => {
  const file = join(folder, 'newer.db');
  const sql = openSqlite(file);
  sql.exec('PRAGMA user_version=99');
  sql.close();
  expect(() => openEmbeddedDatabase(file)).toThrow(/of format 99, this program knows 1: start the newer program again/);
});

it('refuses a socket path that is too long', async () => {
  const socket = join(folder, `${'x'.repeat(110)}.sock`);
  await expect(startServer({ file: join(folder, 'long.db'), socket })).rejects.toThrow(/longer than 107 bytes/);
});

it('answers a full disk with an error, keeps what it acknowledged and nothing else, and goes on when there is room', async () => {
  const place = { file: join(folder, 'full.db'), socket: join(folder, 'full.sock') };
  const server = await startServer(place, { synchronous: 'NORMAL' });
  const client = await MongoClient.connect(server.uri('test'));
  const rows = client.db().collection<{ _id: number; n: number; text: string }>('rows');
  await rows.createIndex({ n: 1 }, {}, {});
  server.database.sql.rows('PRAGMA max_page_count=60');
  const write = async (n: number) => rows.insertOne({ _id: n, n, text: 'x'.repeat(5000) });
  const answers = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => write(n)));
  const acknowledged = answers.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(acknowledged.length).toBeLessThan(60);
  const refused = answers.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: 14031, message: expect.stringContaining('free space') as string });
  expect((await rows.find().sort({ n: 1 }).toArray()).map(({ _id }) => _id)).toEqual(acknowledged);
  server.database.sql.rows('PRAGMA max_page_count=6000');
  await write(100);
  expect(server.database.sql.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  await client.close();
  await server.close();
});

it('tells of a sweep that failed and goes on', async () => {
  const place = { file: join(folder, 'sweep.db'), socket: join(folder, 'sweep.sock') };
  const told: string[] = [];
  const server = await startServer(place, { sweepEveryMs: 10, onSweepFailed: ({ message }) => told.push(message) });
  server.database.sql.exec('DROP TABLE retry');
  await vi.waitFor(() => {
    expect(told.length).toBeGreaterThan(1);
  });
  expect(told[0]).toContain('retry');
  await server.close();
});
