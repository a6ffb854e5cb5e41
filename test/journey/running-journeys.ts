import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { demo, eventually } from './system.ts';

/** Waits for the verdict on what the player saw, and asks nothing of the county. */
const onlyWaits = 'channel-play.test.ts';
const folder = (): string => join(demo().dataDir, 'running-journeys');
const own = (): string => basename(expect.getState().testPath ?? '');

beforeAll(() => {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), own()), '');
});
afterAll(() => rmSync(join(folder(), own())));

/** Waits until no other journey needs the county. */
export const untilAlone = (): Promise<true> =>
  eventually(() => {
    const others = readdirSync(folder()).filter((name) => name !== own() && name !== onlyWaits);
    return others.length === 0 ? Promise.resolve(true) : Promise.reject(new Error(`${others.join(', ')} still runs.`));
  }, 600_000);
