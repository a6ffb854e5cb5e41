import { type JobsOptions, Queue, type Job } from 'bullmq';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  cancelChannelName,
  cancelledKey,
  cancelledSeconds,
  type ReviewCopyJob,
  reviewCopyQueueName,
  transcodeJobId,
  transcodeJobSchema,
  transcodeQueueName,
  type TranscodeJob,
  type TranscodeProgress,
  transcodeProgressSchema,
  workerNamesKey,
  workerReportKey,
  type WorkerReport,
  workerReportSchema,
  workerReportSeconds,
} from '../../media/contract/transcode-job.ts';
import type { WaitingJob } from '../../media/film/queue-order.ts';
import { AppError } from '../errors.ts';
import { fastRedis } from './redis-connection.ts';

/** A job as the queue remembers it. */
export interface QueuedJob {
  readonly id: string;
  readonly state: 'waiting' | 'active' | 'completed' | 'failed';
  /** What was asked for; undefined when another version asked. */
  readonly job: TranscodeJob | undefined;
  /** What the worker answered, unparsed; only of a completed job. */
  readonly result: unknown;
  /** Only of a failed job. */
  readonly failedReason: string | undefined;
}

/** A job that a worker is at. */
export interface ActiveJob extends WaitingJob {
  readonly sinceAtMs: number | undefined;
  readonly progress: TranscodeProgress | undefined;
}

/** A worker and how long ago it last said something, by Redis's clock. */
export interface PresentWorker extends WorkerReport {
  readonly silentMs: number;
}

/** A film and the last attempt of it that nobody wants any more. */
export interface CancelledFilm {
  readonly id: string;
  readonly attempt: number;
}

/** The server's end of the queue. Every call rejects with 503 `no_queue` within about 1 s while Redis is away. */
export interface TranscodeQueue {
  /** Adds jobs; one whose id is known already, in whatever state, is left as it is. */
  add(jobs: readonly TranscodeJob[]): Promise<void>;
  /** Asks for a copy of an upload; it passes all encodes, and is asked for once. */
  copyForReview(job: ReviewCopyJob): Promise<void>;
  find(job: TranscodeJob): Promise<QueuedJob | undefined>;
  /** What was asked for under this id. */
  jobOf(jobId: string): Promise<TranscodeJob | undefined>;
  /** Forgets a job that does not run, so that it can be added again. */
  forget(job: TranscodeJob): Promise<void>;
  /** Takes every job of a film up to this attempt out of the queue and asks the worker that runs one to stop. */
  cancel(film: CancelledFilm): Promise<void>;
  /** Jobs that no worker has taken, in the order in which they will be. */
  waiting(): Promise<readonly WaitingJob[]>;
  /** Jobs that workers are at, with what they last said about them, unparsed. */
  active(): Promise<readonly ActiveJob[]>;
  /** Workers that are there. */
  workers(): Promise<readonly PresentWorker[]>;
  /** Puts waiting jobs into this order; one that was taken meanwhile is not touched. */
  setOrder(jobs: readonly WaitingJob[]): Promise<void>;
  /** Lets workers take no new job, or take them again. */
  setPaused(isPaused: boolean): Promise<void>;
  /** Undefined when Redis answers, else what is wrong. */
  trouble(): Promise<string | undefined>;
  /** Tells whenever Redis is there again, also for the first time. */
  onBack(listener: () => void): void;
  close(): Promise<void>;
}

/**
 * Where a job stands until the queue is put in order, which follows at once: short work first, so that a refusal is told
 * early and a film that is nearly done is not held up; the rest last. 1 is first.
 */
const provisional = {
  prepare: 1,
  tracks: 1,
  finish: 2,
  audio: 2_000_000,
  chunk: 2_000_000,
  verify: 2_000_001,
} as const satisfies Record<TranscodeJob['kind'], number>;
/** Ordered jobs are numbered from here. */
const firstPlace = 10;
/** Commands that Redis is sent without waiting between them. */
const batch = 500;

const dayS = 86_400;
/** Results are kept for a server that was away; a crash of the worker is not an attempt but a stall, counted there. */
const jobOptions: JobsOptions = {
  attempts: 2,
  backoff: { type: 'exponential', delay: 2000 },
  removeOnComplete: { age: dayS, count: 10_000 },
  removeOnFail: { age: 7 * dayS, count: 10_000 },
};

/** What became of a copy is on the shelf. */
const copyOptions: JobsOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1000 },
  removeOnComplete: { age: dayS, count: 1000 },
  removeOnFail: { age: dayS, count: 1000 },
};

const states: Readonly<Record<string, QueuedJob['state']>> = {
  waiting: 'waiting',
  prioritized: 'waiting',
  delayed: 'waiting',
  'waiting-children': 'waiting',
  active: 'active',
  completed: 'completed',
  failed: 'failed',
};

/** How long a call waits for a connection that is only just being made. */
const connectingMs = 500;

/** Opens the queue on `redis://...` or a socket path; it need not be there yet. */
export function openTranscodeQueue(address: string, log: Logger): TranscodeQueue {
  const redis = fastRedis(address, log);
  const open = queueOn(redis, transcodeQueueName);
  const openCopies = queueOn(redis, reviewCopyQueueName);
  const ask = async <Answer>(question: (queue: Queue) => Promise<Answer>, opening = open): Promise<Answer> => {
    try {
      return await question(await opening());
    } catch (error) {
      throw new AppError('no_queue', 'The queue of encode jobs is away; the film waits and is added by itself.', {
        cause: error,
        retryAfterS: 10,
      });
    }
  };
  return {
    add: (wanted) =>
      ask(async (queue) => {
        if (wanted.length === 0) return;
        await queue.addBulk(
          wanted.map((job) => ({
            name: job.kind,
            data: job,
            opts: { ...jobOptions, jobId: transcodeJobId(job), priority: provisional[job.kind] },
          })),
        );
      }),
    copyForReview: (job) =>
      ask(async (queue) => {
        await queue.add('copy', job, { ...copyOptions, jobId: `${job.filmId}-${job.attempt}` });
      }, openCopies),
    find: (job) => ask(async (queue) => queuedJob(queue, await findJob(queue, transcodeJobId(job)))),
    jobOf: (jobId) =>
      ask(async (queue) => {
        const found = await findJob(queue, jobId);
        return found === undefined ? undefined : transcodeJobSchema.safeParse(found.data).data;
      }),
    forget: (job) =>
      ask(async (queue) => {
        // One that a worker has just taken stays, which is as well.
        await (await findJob(queue, transcodeJobId(job)))?.remove().catch(() => undefined);
      }),
    cancel: (film) => ask((queue) => cancel(queue, redis, film)),
    waiting: () => ask(waitingJobs),
    active: () => ask(activeJobs),
    workers: () => ask(() => presentWorkers(redis)),
    setOrder: (jobs) =>
      ask(async (queue) => {
        for (let from = 0; from < jobs.length; from += batch) {
          const moving = jobs.slice(from, from + batch).map(async ({ id }, index) => {
            const job = await findJob(queue, id);
            await job?.changePriority({ priority: firstPlace + from + index });
          });
          // One that ended meanwhile has no place.
          await Promise.allSettled(moving);
        }
      }),
    setPaused: (isPaused) =>
      ask(async (queue) => {
        if ((await queue.isPaused()) !== isPaused) await (isPaused ? queue.pause() : queue.resume());
      }),
    trouble: async () => {
      try {
        await redis.ping();
        return undefined;
      } catch {
        return 'Redis does not answer: start it, or look at REDIS_URL. Films wait in the database meanwhile.';
      }
    },
    onBack: (listener) => redis.on('ready', listener),
    close: async () => {
      for (const opening of [open, openCopies])
        await (await opening().catch(() => undefined))?.close().catch(() => undefined);
      redis.disconnect();
    },
  };
}

/**
 * Makes BullMQ's queue when Redis answers for the first time: one that is made earlier keeps its first failure for ever
 * (BullMQ 6.7, RedisConnection.init).
 */
function queueOn(redis: Redis, name: string): () => Promise<Queue> {
  let queue: Queue | undefined;
  return async () => {
    if (queue !== undefined) return queue;
    if (redis.status !== 'ready') await once(redis, 'ready', { signal: AbortSignal.timeout(connectingMs) });
    const made = new Queue(name, { connection: redis, skipWaitingForReady: true });
    // Told by the connection already.
    made.on('error', () => undefined);
    await made.waitUntilReady();
    queue ??= made;
    return queue;
  };
}

async function cancel(queue: Queue, redis: Redis, { id, attempt }: CancelledFilm): Promise<void> {
  // The order comes first: a job that a worker takes meanwhile finds it.
  await redis.set(cancelledKey(id), attempt, 'EX', cancelledSeconds);
  for (const waiting of await queue.getJobs(['waiting', 'prioritized', 'delayed'])) {
    const job = transcodeJobSchema.safeParse(waiting.data).data;
    if (job?.filmId === id && job.attempt <= attempt) await waiting.remove().catch(() => undefined);
  }
  await redis.publish(cancelChannelName, id);
}

async function waitingJobs(queue: Queue): Promise<readonly WaitingJob[]> {
  const found = (await queue.getJobs(['waiting', 'prioritized'], 0, -1, true)) as (Job<unknown> | undefined)[];
  return found.flatMap((job) => {
    const parsed = transcodeJobSchema.safeParse(job?.data).data;
    return job?.id === undefined || parsed === undefined ? [] : [{ id: job.id, job: parsed }];
  });
}

async function activeJobs(queue: Queue): Promise<readonly ActiveJob[]> {
  const found = (await queue.getJobs(['active'], 0, -1, true)) as (Job<unknown> | undefined)[];
  return found.flatMap((job) => {
    const parsed = transcodeJobSchema.safeParse(job?.data).data;
    if (job?.id === undefined || parsed === undefined) return [];
    const progress = transcodeProgressSchema.safeParse(job.progress).data;
    return [{ id: job.id, job: parsed, sinceAtMs: job.processedOn, progress }];
  });
}

/** Names of workers that said nothing for long are taken off the list. */
async function presentWorkers(redis: Redis): Promise<readonly PresentWorker[]> {
  const names = (await redis.smembers(workerNamesKey)).sort();
  const found = await Promise.all(
    names.map(async (name): Promise<readonly PresentWorker[]> => {
      const [text, leftMs] = await Promise.all([redis.get(workerReportKey(name)), redis.pttl(workerReportKey(name))]);
      if (text === null) {
        await redis.srem(workerNamesKey, name);
        return [];
      }
      const report = workerReportSchema.safeParse(JSON.parse(text)).data;
      return report === undefined ? [] : [{ ...report, silentMs: Math.max(0, workerReportSeconds * 1000 - leftMs) }];
    }),
  );
  return found.flat();
}

const findJob = async (queue: Queue, jobId: string): Promise<Job<unknown, unknown> | undefined> =>
  (await queue.getJob(jobId)) as Job<unknown, unknown> | undefined;

async function queuedJob(queue: Queue, job: Job<unknown, unknown> | undefined): Promise<QueuedJob | undefined> {
  if (job?.id === undefined) return undefined;
  const state = states[await queue.getJobState(job.id)];
  if (state === undefined) return undefined;
  return {
    id: job.id,
    state,
    job: transcodeJobSchema.safeParse(job.data).data,
    result: state === 'completed' ? job.returnvalue : undefined,
    failedReason: state === 'failed' ? job.failedReason : undefined,
  };
}
