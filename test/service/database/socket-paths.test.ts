import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { embeddedPlaces, maxSocketPathBytes } from '../../../server/database/socket-paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuanbo-places-'));
const outside = new Set<string>();
afterAll(() => {
  for (const made of [folder, ...outside]) rmSync(made, { recursive: true, force: true });
});

it('puts the sockets into the run folder of the data folder, for the owner alone', () => {
  const places = embeddedPlaces(join(folder, 'var'));
  expect(places.databaseSocket).toBe(join(folder, 'var/run/db.sock'));
  expect(places.redisSocket).toBe(join(folder, 'var/run/redis.sock'));
  expect((statSync(join(folder, 'var/run')).mode & 0o777).toString(8)).toBe('700');
});

it('finds a short place for a long data folder, the same for every name of it', () => {
  const long = join(folder, '远播'.repeat(20));
  mkdirSync(long);
  symlinkSync(long, join(folder, 'link'));
  const places = embeddedPlaces(long);
  outside.add(dirname(places.databaseSocket));
  expect(Buffer.byteLength(places.redisSocket)).toBeLessThanOrEqual(maxSocketPathBytes);
  expect(embeddedPlaces(join(folder, 'link')).databaseSocket).toBe(places.databaseSocket);
  expect((statSync(dirname(places.databaseSocket)).mode & 0o777).toString(8)).toBe('700');
});

it('refuses a short place that others may enter', () => {
  const long = join(folder, 'x'.repeat(100));
  const run = dirname(embeddedPlaces(long).databaseSocket);
  outside.add(run);
  chmodSync(run, 0o755);
  expect(() => embeddedPlaces(long)).toThrow(/only this user may enter: remove it/);
});
