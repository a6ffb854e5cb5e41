import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { DatabaseSettings } from '../../server/database/embedded/embedded-database.ts';
import { startServer } from '../../server/database/embedded/wire-server.ts';

/** A database for one test file. */
export interface TestDatabase {
  /** For connectDatabase or a driver; names a database that nobody else uses. */
  readonly uri: string;
  /** Removes the database and all that was made for it. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts an empty database: the embedded one in this process, or, when MONGODB_URI is given, a new database on that
 * server. In the embedded one a query that no index answers is an error, so that a missing index fails the test;
 * pass `{ refuseCollectionScans: false }` where scanning is meant.
 */
export async function startDatabase(settings: Partial<DatabaseSettings> = {}): Promise<TestDatabase> {
  const server = process.env['MONGODB_URI'];
  return server === undefined || server === '' ? startEmbedded(settings) : useServer(server);
}

async function startEmbedded(settings: Partial<DatabaseSettings>): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-test-'));
  const server = await startServer(
    { file: join(folder, 'test.db'), socket: join(folder, 'db.sock') },
    { refuseCollectionScans: true, synchronous: 'NORMAL', ...settings },
  );
  return {
    uri: server.uri('test'),
    async stop() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function useServer(server: string): TestDatabase {
  const uri = new URL(server);
  uri.pathname = `/yuanbo_test_${randomBytes(6).toString('hex')}`;
  return {
    uri: uri.href,
    async stop() {
      const client = await MongoClient.connect(uri.href);
      await client.db().dropDatabase();
      await client.close();
    },
  };
}
