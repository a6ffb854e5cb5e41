import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { demo, eventually } from './system.ts';

// Set-up of every journey: two run at once, on the cores of the sample county and of the player that watches beside them.
// Who watches a television has a box of his own, so browsers of journeys come far behind that player (beside 5 it stood for 0.7 s), and
// before encodes (niceness 10).
setPriority(9);

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
