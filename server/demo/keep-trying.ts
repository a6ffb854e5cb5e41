import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from '../../media/contract/settings.ts';
import type { Parts } from '../parts.ts';
import { endWith } from '../process/end-with.ts';
import { makeLogger } from '../process/logger.ts';
import { closeParts, openParts } from '../process/run-server.ts';

/** What a run of seeding works with. */
export interface Seeding {
  readonly parts: Parts;
  /** Folder for film files; gone afterwards. */
  readonly folder: string;
  /** Aborted when the program must end. */
  readonly signal: AbortSignal;
}

const firstPauseMs = 1000;
const longestPauseMs = 10_000;

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
  const isEnding = (): boolean => signal.aborted;
  const attempt = async (): Promise<void> => {
    await mkdir(folder, { recursive: true });
    const parts = await openParts(settings, log, clock);
    await work({ parts, folder, signal }).finally(() => closeParts(parts));
  };
  const running = (async () => {
    for (let pauseMs = firstPauseMs; !isEnding(); pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (isEnding()) return;
        log.warn({ cause: sentenceOf(error), againInMs: pauseMs }, 'the library waits and is filled again soon');
        await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  })().finally(() => rm(folder, { recursive: true, force: true }));
  endWith(log, () => {
    stopping.abort();
    return running;
  });
  await running;
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
