import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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

interface Writer {
  /** Resolves when so many further writes were acknowledged, or when the writer has failed. */
  readonly hasWritten: (more: number) => Promise<void>;
  readonly stop: () => Promise<Report>;
}

/** Starts a client process that writes until it is told to stop. */
function startWriter(name: string): Writer {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.mjs'), place.uri, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(writer.stdout)[Symbol.asyncIterator]();
  let report = '';
  const next = async (): Promise<boolean> => {
    const { value } = (await lines.next()) as { value: string };
    if (value !== 'acknowledged') report = value;
    return report === '';
  };
  return {
    async hasWritten(more) {
      for (let seen = 0; seen < more; seen++) if (!(await next())) return;
    },
    async stop() {
      writer.stdin.end();
      while (await next());
      return JSON.parse(report) as Report;
    },
  };
}

let child: ChildProcess;

it('loses nothing acknowledged and applies nothing twice when it is killed again and again under two writers', async () => {
  child = await startProcess(place);
  const client = await MongoClient.connect(place.uri);
  const db = client.db();
  const session = client.startSession();
  const raise = { update: 'once', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }], txnNumber: 1000n };
  const answer = await db.command(raise, { session });
  const writers = [startWriter('one'), startWriter('two')];
  const haveWritten = async () => Promise.all(writers.map(({ hasWritten }) => hasWritten(20)));
  for (let kill = 0; kill < 3; kill++) {
    await haveWritten();
    await endProcess(child, 'SIGKILL');
    child = await startProcess(place);
  }
  await haveWritten();
  const reports = await Promise.all(writers.map(({ stop }) => stop()));
  // A client that lost the answer asks again, after any number of kills.
  expect(await db.command(raise, { session })).toEqual(answer);
  expect(await db.collection<{ _id: number }>('once').findOne()).toEqual({ _id: 1, n: 1 });
  await session.endSession();
  for (const { name, acknowledged, error } of reports) {
    expect(error).toBe('');
    expect(acknowledged).toBeGreaterThanOrEqual(80);
    const rows = await db.collection<{ n: number }>('rows').find({ writer: name }).sort({ n: 1 }).toArray();
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: acknowledged }, (_, n) => n));
    const counter = await db.collection<{ _id: string; n: number }>('counters').findOne({ _id: name });
    expect(counter).toEqual({ _id: name, n: acknowledged });
  }
  await client.close();
}, 60_000);

it('keeps its place to the owner, tells a second owner who has the file, and closes cleanly on SIGTERM', async () => {
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect([mode(join(place.folder, 'data')), mode(place.socket), mode(place.file)]).toEqual(['700', '600', '600']);
  const second = startProcess({ ...place, socket: join(place.folder, 'other.sock') });
  await expect(second).rejects.toThrow(/exit 1: .* is in use by another database process: stop that one first/);
  expect(await endProcess(child, 'SIGTERM')).toBe(0);
  expect([existsSync(place.socket), existsSync(`${place.file}-wal`)]).toEqual([false, false]);
  const file = openSqlite(place.file);
  expect(file.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  file.close();
});

it('says how it is called when an argument is missing', async () => {
  await expect(startProcess({ ...place, file: '' })).rejects.toThrow(/exit 1: usage: /);
});
