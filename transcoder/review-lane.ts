import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UnrecoverableError, WaitingError, Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { cancelChannelName, reviewCopyJobSchema, reviewCopyQueueName } from '../media/contract/transcode-job.ts';
import { detectSandbox } from './ffmpeg/sandbox.ts';
import { makeReviewCopy, type ReviewCopyOutcome } from './make-review-copy.ts';
import type { TranscoderParts } from './transcoder-parts.ts';

/** Copies beside whatever the worker encodes: they wait for the disk, not for a core. */
const copiesAtOnce = 2;
const timing = { lockDuration: 10_000, stalledInterval: 5000, maxStalledCount: 3 } as const;

/** The lane of a worker on which review copies pass its encodes. */
export type ReviewLane = {
  /** Returns its jobs to the queue; ffmpeg is gone when this resolves. */
  readonly stop: () => Promise<void>;
};

/** Starts taking review copies; `folder` is for half-made files. Resolves once it listens. */
export async function startReviewLane(parts: TranscoderParts, redis: Redis, folder: string): Promise<ReviewLane> {
  const ahead = { ...parts, sandbox: detectSandbox('waitedFor') };
  const running = new Map<string, { readonly filmId: string; readonly controller: AbortController }>();
  let isStopping = false;

  const copy = async (job: Job<unknown>, lock = ''): Promise<ReviewCopyOutcome> => {
    const asked = reviewCopyJobSchema.safeParse(job.data);
    if (!asked.success) throw new UnrecoverableError(`This is no review copy job: ${asked.error.message}`);
    const token = randomBytes(6).toString('hex');
    const controller = new AbortController();
    const own = join(folder, token);
    running.set(token, { filmId: asked.data.filmId, controller });
    const startedAt = performance.now();
    try {
      await mkdir(own, { recursive: true });
      await mkdir(parts.sourceFolder, { recursive: true });
      const outcome = await makeReviewCopy(ahead, asked.data, { token, folder: own, signal: controller.signal });
      const ms = Math.round(performance.now() - startedAt);
      parts.log.info({ filmId: asked.data.filmId, outcome, ms }, 'review copy done');
      return outcome;
    } catch (error) {
      if (isStopping) {
        await job.moveToWait(lock);
        throw new WaitingError();
      }
      parts.log.warn({ err: error, filmId: asked.data.filmId }, 'review copy not done');
      throw controller.signal.aborted ? new UnrecoverableError('cancelled') : error;
    } finally {
      running.delete(token);
      await rm(own, { recursive: true, force: true });
    }
  };
  const worker = new Worker<unknown, ReviewCopyOutcome>(reviewCopyQueueName, copy, {
    connection: redis,
    concurrency: copiesAtOnce,
    ...timing,
  });
  worker.on('error', (error) => parts.log.warn({ err: error }, 'review lane'));
  // A message that is lost costs seconds of copying: what nobody wants is swept by the server.
  const cancels = redis.duplicate();
  cancels.on('error', () => undefined);
  cancels.on('message', (_channel: string, filmId: string) => {
    for (const entry of running.values()) if (entry.filmId === filmId) entry.controller.abort();
  });
  await cancels.subscribe(cancelChannelName);
  await worker.waitUntilReady();
  return {
    stop: async () => {
      isStopping = true;
      const closed = worker.close();
      for (const { controller } of running.values()) controller.abort();
      await closed;
      cancels.disconnect();
    },
  };
}
