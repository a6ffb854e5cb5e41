import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { reportFile } from './play/report-file.ts';
import { demo, eventually } from './system.ts';

// Set-up of every journey. Who watches a television has a box of his own: browsers of journeys come behind the player that watches
// a channel beside them, and before encodes (niceness 10).
setPriority(9);

/** Waits for the verdict on what the player saw, and asks nothing of the county. */
const onlyWaits = 'channel-play.test.ts';
const folder = (): string => join(demo().dataDir, 'running-journeys');
const turn = (): string => join(demo().dataDir, 'journey-turn');
const own = (): string => basename(expect.getState().testPath ?? '');
let hasTurn = false;

/** Takes the one turn there is, unless another journey has it. */
function takeTurn(): boolean {
  try {
    mkdirSync(turn());
    hasTurn = true;
  } catch {
    // Another one has it.
  }
  return hasTurn;
}

beforeAll(async () => {
  // Two browsers beside the player leave its page without a core for half a second: until it has seen all, journeys take turns.
  await eventually(() => Promise.resolve(existsSync(reportFile()) || takeTurn() || undefined), 600_000);
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), own()), '');
});
afterAll(() => {
  rmSync(join(folder(), own()));
  if (hasTurn) rmSync(turn(), { recursive: true });
});

/** Waits until no other journey needs the county. */
export const untilAlone = (): Promise<true> =>
  eventually(() => {
    const others = readdirSync(folder()).filter((name) => name !== own() && name !== onlyWaits);
    return others.length === 0 ? Promise.resolve(true) : Promise.reject(new Error(`${others.join(', ')} still runs.`));
  }, 600_000);
