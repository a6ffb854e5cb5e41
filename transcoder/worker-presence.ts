import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import {
  type WorkerReport,
  workerNamesKey,
  workerReportKey,
  workerReportSeconds,
} from '../media/contract/transcode-job.ts';
import { recipe } from '../media/film/recipe.ts';

/** What a worker says about itself, until it is stopped. */
export type WorkerPresence = {
  /** Says at once what it does now. */
  readonly tell: () => void;
  readonly stop: () => Promise<void>;
};

const everyMs = 2000;

/** Tells Redis every 2 s, and whenever it is asked to, that this worker is there and what it does; forgotten 10 s after it stops. */
export function announceWorker(
  redis: Redis,
  name: string,
  doing: { readonly concurrency: number; readonly jobIds: () => readonly string[] },
): WorkerPresence {
  const sinceAtMs = Date.now();
  const tell = (): void => {
    const report: WorkerReport = {
      name,
      host: hostname(),
      pid: process.pid,
      recipe,
      sinceAtMs,
      concurrency: doing.concurrency,
      jobIds: [...doing.jobIds()],
    };
    redis
      .multi()
      .sadd(workerNamesKey, name)
      .set(workerReportKey(name), JSON.stringify(report), 'EX', workerReportSeconds)
      .exec()
      // While Redis is away there is nobody to tell.
      .catch(() => undefined);
  };
  tell();
  const timer = setInterval(tell, everyMs);
  return {
    tell,
    stop: async () => {
      clearInterval(timer);
      await redis
        .multi()
        .srem(workerNamesKey, name)
        .del(workerReportKey(name))
        .exec()
        .catch(() => undefined);
    },
  };
}
