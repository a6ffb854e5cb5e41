import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseSettings } from '../../../../media/contract/settings.ts';
import { runServer } from '../../../../server/process/run-server.ts';
import { startDatabase, type TestDatabase } from '../../start-database.ts';

let database: TestDatabase;
let dataDir: string;
beforeEach(async () => {
  database = await startDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'yuanbo-run-'));
});
afterEach(async () => {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

it('listens only when it knows what is on air, so that whoever answers also serves', async () => {
  const port = await freePort();
  const parsed = parseSettings({ DATA_DIR: dataDir, MONGODB_URI: database.uri, PORT: String(port) });
  if ('problems' in parsed) throw new Error(parsed.problems.join(' '));
  const ask = () =>
    fetch(`http://127.0.0.1:${port}/healthz`)
      .then(({ status }) => status)
      .catch(() => 'nobody listens');
  const seen: unknown[] = [];
  const server = await runServer(parsed.settings, pino({ level: 'silent' }), (parts) => {
    parts.starters.push(async () => {
      seen.push(await ask(), parts.onAir.verifiedAtMs() !== undefined);
    });
    return Promise.resolve();
  });
  try {
    expect([...seen, await ask()]).toEqual(['nobody listens', true, 200]);
  } finally {
    await server.stop();
  }
});
