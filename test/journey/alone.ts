import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { demo, eventually } from './system.ts';

/** Journeys that run now, as a file each. */
const folder = (): string => join(demo().dataDir, 'journeys');
const own = (): string => basename(expect.getState().testPath ?? '');

beforeAll(() => {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), own()), '');
});
afterAll(() => rmSync(join(folder(), own())));

/** Waits until no other journey runs: for what kills parts of the sample county. */
export const alone = (): Promise<true> =>
  eventually(() => Promise.resolve(readdirSync(folder()).length === 1 || undefined), 600_000);
