import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { afterAll, expect, it } from 'vitest';
import { openSqlite } from '../../../server/database/embedded/sqlite.ts';
import { endProcess, newPlace, startProcess } from './embedded-process.ts';

const place = newPlace();
afterAll(() => {
  place.remove();
});

interface Report {
  readonly name: string;
  readonly acknowledged: number;
  /** The first error that the writer saw; empty when it saw none. */
  readonly error: string;
}

/** Starts a client process that writes until it is told to stop; resolves when its first write was acknowledged. */
async function startWriter(name: string): Promise<{ readonly stop: () => Promise<Report> }> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.mjs'), place.uri, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(writer.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    async stop() {
      writer.stdin.end();
      return JSON.parse(((await lines.next()) as { value: string }).value) as Report;
    },
  };
}

it('loses nothing acknowledged and applies nothing twice when it is killed again and again under two writers', async () => {
  let child = await startProcess(place);
  const writers = await Promise.all([startWriter('one'), startWriter('two')]);
  for (let kill = 0; kill < 3; kill++) {
    await pause(600);
    await endProcess(child, 'SIGKILL');
    child = await startProcess(place);
  }
  await pause(600);
  const reports = await Promise.all(writers.map(({ stop }) => stop()));
  const client = await MongoClient.connect(place.uri);
  const db = client.db();
  for (const { name, acknowledged, error } of reports) {
    expect(error).toBe('');
    expect(acknowledged).toBeGreaterThan(10);
    const rows = await db.collection<{ n: number }>('rows').find({ writer: name }).sort({ n: 1 }).toArray();
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: acknowledged }, (_, n) => n));
    const counter = await db.collection<{ _id: string; n: number }>('counters').findOne({ _id: name });
    expect(counter).toEqual({ _id: name, n: acknowledged });
  }
  await client.close();
  expect(await endProcess(child, 'SIGTERM')).toBe(0);
  const file = openSqlite(place.file);
  expect(file.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  file.close();
}, 60_000);

it('keeps its place to the owner, tells a second owner who has the file, and closes cleanly on SIGTERM', async () => {
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  const child = await startProcess(place);
  expect([mode(join(place.folder, 'data')), mode(place.socket), mode(place.file)]).toEqual(['700', '600', '600']);
  const second = startProcess({ ...place, socket: join(place.folder, 'other.sock') });
  await expect(second).rejects.toThrow(/exit 1: .* is in use by another database process: stop that one first/);
  expect(await endProcess(child, 'SIGTERM')).toBe(0);
  expect([existsSync(place.socket), existsSync(`${place.file}-wal`)]).toEqual([false, false]);
});

it('says how it is called when an argument is missing', async () => {
  await expect(startProcess({ ...place, file: '' })).rejects.toThrow(/exit 1: usage: /);
});
