import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase } from '../../../server/database/connect.ts';
import { type RunningServer, startServer } from '../../../server/database/embedded/wire-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuanbo-backup-'));
let server: RunningServer;
let client: MongoClient;
beforeAll(async () => {
  server = await startServer({ file: join(folder, 'a.db'), socket: join(folder, 'a.sock') }, { synchronous: 'NORMAL' });
  client = await MongoClient.connect(server.uri('test'));
});
afterAll(async () => {
  await client.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

it('writes a whole copy while others write, which a server opens as it is', async () => {
  const rows = client.db().collection<{ _id: number; pair: number }>('rows');
  await rows.createIndex({ pair: 1 }, {}, {});
  const writing = new AbortController();
  const pairs = (async () => {
    for (let pair = 0; !writing.signal.aborted; pair++)
      await rows.insertMany([
        { _id: pair * 2, pair },
        { _id: pair * 2 + 1, pair },
      ]);
  })();
  const connected = await connectDatabase(server.uri('test'));
  const copy = join(folder, "copy with 'quotes'.db");
  await connected.backup(copy);
  writing.abort();
  await pairs;
  await connected.close();
  expect(existsSync(`${copy}.partial`)).toBe(false);
  expect((statSync(copy).mode & 0o777).toString(8)).toBe('600');
  const restored = await startServer({ file: copy, socket: join(folder, 'copy.sock') });
  const reader = await MongoClient.connect(restored.uri('test'));
  const count = await reader.db().collection('rows').countDocuments();
  expect(count % 2).toBe(0);
  expect(Object.keys(await reader.db().collection('rows').indexInformation())).toContain('pair_1');
  expect(
    await reader
      .db()
      .collection('rows')
      .countDocuments({ pair: { $gte: 0 } }),
  ).toBe(count);
  await reader.close();
  await restored.close();
});

it.each([
  ['a relative path', 'copy.db', /must be absolute/],
  ['a file that is there', join(folder, 'a.db'), /exists already/],
  ['a folder that is not there', join(folder, 'nowhere', 'copy.db'), /make the folder first/],
])('refuses %s', async (_name, path, message) => {
  await expect(client.db('admin').command({ yuanboBackup: path })).rejects.toThrow(message);
});
