import type { Database } from '../database/database.ts';
import { listenToTranscode } from '../queue/transcode-events.ts';
import type { AcceptParts } from './accept-upload.ts';
import { applyFailure, applyProgress, applyResult } from './apply-transcode-result.ts';
import { openLease } from './reconcile-lease.ts';
import { reconcileLibrary } from './reconcile-library.ts';

/** What keeping the library needs. */
export interface KeepParts extends AcceptParts {
  readonly database: Database;
  readonly redisAddress: string;
  /** This process among the replicas. */
  readonly replicaName: string;
  readonly closers: (() => Promise<void>)[];
}

/** Whatever stopped is found again within this time. */
const everyMs = 15_000;

/**
 * Starts what the library does by itself: it hears workers, and looks for what stopped, at once and every 15 s. Every
 * replica hears; one at a time looks. Ends with the parts' closers.
 */
export function keepLibrary(parts: KeepParts): void {
  const stopListening = hearWorkers(parts);
  const lease = openLease(parts.database, 'library', parts.replicaName, { clock: parts.clock, leaseMs: 3 * everyMs });
  let running: Promise<void> = Promise.resolve();
  const look = async (isFirst: boolean): Promise<void> => {
    try {
      // A server that has just started heard nothing while it was away, so it looks whoever has the lease.
      if ((await lease.take()) || isFirst) await reconcileLibrary(parts);
    } catch (error) {
      parts.log.warn({ err: error }, 'The library could not be looked through; it is tried again soon.');
    }
  };
  let isBusy = false;
  const again = (isFirst: boolean): void => {
    if (isBusy) return;
    isBusy = true;
    running = look(isFirst).finally(() => (isBusy = false));
  };
  const timer = setInterval(() => again(false), everyMs);
  parts.transcodeQueue.onBack(() => again(false));
  parts.closers.push(async () => {
    clearInterval(timer);
    await stopListening();
    await running;
    await lease.give().catch(() => undefined);
  });
  // Not waited for: a county with many films to look at serves meanwhile.
  again(true);
}

function hearWorkers(parts: KeepParts): () => Promise<void> {
  const { transcodeQueue } = parts;
  return listenToTranscode(parts.redisAddress, parts.log, {
    completed: async (jobId, result) => {
      const job = await transcodeQueue.jobOf(jobId);
      if (job !== undefined) await applyResult(parts, job, result);
    },
    failed: async (jobId, reason) => {
      const job = await transcodeQueue.jobOf(jobId);
      if (job !== undefined) await applyFailure(parts, job, reason);
    },
    progress: async (jobId, progress) => {
      const job = await transcodeQueue.jobOf(jobId);
      if (job !== undefined) await applyProgress(parts, job, progress);
    },
  });
}
