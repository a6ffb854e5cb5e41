import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Settings } from '../../media/contract/settings.ts';
import type { Parts } from '../parts.ts';
import { endWith } from '../process/end-with.ts';
import { makeLogger } from '../process/logger.ts';
import { closeParts, openParts } from '../process/run-server.ts';
import { untilDone } from './until-done.ts';

/** What a run of seeding works with. */
export interface Seeding {
  readonly parts: Parts;
  /** Folder for film files; gone afterwards. */
  readonly folder: string;
  /** Aborted when the program must end. */
  readonly signal: AbortSignal;
}

/**
 * Does work that can be taken up again until it is done. Server, database and Redis may be restarted under it: it says so
 * in a sentence, waits and goes on from what is there. SIGTERM ends it and whatever it started.
 */
export async function keepTrying(
  settings: Settings,
  clock: () => number,
  work: (seeding: Seeding) => Promise<void>,
): Promise<void> {
  const log = makeLogger(settings.LOG_LEVEL, 'demo');
  const folder = join(resolve(settings.DATA_DIR), 'making');
  const stopping = new AbortController();
  const { signal } = stopping;
  const attempt = async (): Promise<void> => {
    await mkdir(folder, { recursive: true });
    const parts = await openParts(settings, log, clock);
    await work({ parts, folder, signal }).finally(() => closeParts(parts));
  };
  const running = untilDone(attempt, { log, signal }).finally(() => rm(folder, { recursive: true, force: true }));
  endWith(log, () => {
    stopping.abort();
    return running;
  });
  await running;
}
