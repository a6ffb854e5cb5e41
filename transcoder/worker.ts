import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Queue, UnrecoverableError, WaitingError, Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import {
  transcodeJobSchema,
  transcodeQueueName,
  type TranscodeJob,
  type TranscodeProgress,
  type TranscodeResult,
} from '../media/contract/transcode-job.ts';
import { failureText } from '../media/film/film-problem-text.ts';
import { TranscodeFailure } from './ffmpeg/run-failure.ts';
import { startReviewLane } from './review-lane.ts';
import { runJob } from './run-job.ts';
import type { TranscoderParts } from './transcoder-parts.ts';
import { watchCancels, type CancelWatch } from './watch-cancels.ts';
import { enterWorkerBook, type WorkerBook } from './worker-book.ts';
import { announceWorker, type WorkerPresence } from './worker-presence.ts';

/** What a worker is started with. */
export type WorkerOptions = {
  readonly parts: Omit<TranscoderParts, 'sourceFolder'>;
  /** Made with `maxRetriesPerRequest: null`, as BullMQ demands of workers; closed by whoever opened it. */
  readonly redis: Redis;
  /** Jobs at a time, at least 1. */
  readonly concurrency: number;
  /** Local folder for half-made files; every worker has its own below it. */
  readonly workFolder: string;
  /** Local folder where the workers of this machine say what they do. */
  readonly bookFolder: string;
};

/** A worker that runs until it is stopped. */
export type RunningWorker = {
  /** Returns its jobs to the queue without losing an attempt; ffmpeg is gone when this resolves. */
  readonly stop: () => Promise<void>;
};

type Running = { readonly job: TranscodeJob; readonly controller: AbortController; why?: 'cancel' | 'stop' | 'lock' };

/** Lock times and counts: see stack.md 2 and security.md M14. A job whose worker died is taken by another within 20 s. */
const timing = { lockDuration: 10_000, stalledInterval: 5000, maxStalledCount: 3 } as const;
const progressMs = 2000;
/** Crashes of this machine's workers on one job before it is set aside. */
const mostCrashes = 3;

/** Passes progress on at most every 2 s, and never fails a job because nobody listens. */
function throttled(job: Job): (progress: TranscodeProgress) => void {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last < progressMs) return;
    last = now;
    job.updateProgress(progress).catch(() => undefined);
  };
}

/** Gives the jobs of dead workers of this machine back at once, instead of waiting until their locks run out. */
async function takeBackOrphans(queue: Queue, book: WorkerBook, options: WorkerOptions): Promise<void> {
  const { redis } = options;
  const { log } = options.parts;
  for (const orphan of await book.takeOrphans()) {
    const job = (await queue.getJob(orphan.jobId)) as Job | undefined;
    if (job === undefined || !(await job.isActive())) continue;
    const counter = `yuanbo:transcode:crashes:${orphan.jobId}`;
    const crashes = await redis.incr(counter);
    await redis.expire(counter, 86_400);
    try {
      if (crashes >= mostCrashes)
        await job.moveToFailed(new UnrecoverableError(failureText('worker_crashed')), orphan.token);
      else await job.moveToWait(orphan.token);
      log.info({ jobId: orphan.jobId, crashes }, 'took back the job of a dead worker');
    } catch (error) {
      log.warn({ err: error, jobId: orphan.jobId }, 'a dead worker job is left to the stalled check');
    }
  }
}

/** Runs one job and translates how it ended into what BullMQ understands. */
async function work(
  job: Job,
  token: string,
  running: Map<string, Running>,
  options: WorkerOptions & {
    readonly book: WorkerBook;
    readonly presence: WorkerPresence;
    readonly cancels: CancelWatch;
  },
): Promise<TranscodeResult> {
  const { parts, book, presence, cancels } = options;
  const jobId = job.id ?? '';
  const parsed = transcodeJobSchema.safeParse(job.data);
  if (!parsed.success) throw new UnrecoverableError(`This is no transcode job: ${parsed.error.message}`);
  const entry: Running = { job: parsed.data, controller: new AbortController() };
  running.set(jobId, entry);
  presence.tell();
  await book.enter({ jobId, token });
  void cancels.ask();
  const attemptToken = randomBytes(6).toString('hex');
  const log = parts.log.child({ jobId, filmId: entry.job.filmId, attempt: attemptToken });
  const startedAt = performance.now();
  log.info({ kind: parsed.data.kind }, 'job begins');
  try {
    // Inside the worker's own folder, which the next worker clears after a crash.
    const sourceFolder = join(options.workFolder, book.name, 'sources');
    const result = await runJob({ ...parts, log, sourceFolder }, parsed.data, {
      token: attemptToken,
      folder: join(options.workFolder, book.name, attemptToken),
      signal: entry.controller.signal,
      report: throttled(job),
    });
    log.info({ kind: parsed.data.kind, ms: Math.round(performance.now() - startedAt), result }, 'job done');
    return result;
  } catch (error) {
    if (entry.why === 'stop') {
      log.info({ kind: parsed.data.kind }, 'job given back, the worker stops');
      await job.moveToWait(token);
      throw new WaitingError();
    }
    log.warn({ err: error, kind: parsed.data.kind, why: entry.why }, 'job not done');
    if (entry.why === 'cancel') throw new UnrecoverableError(failureText('cancelled'));
    if (error instanceof TranscodeFailure && error.code === 'source_missing')
      throw new UnrecoverableError(error.message);
    throw error;
  } finally {
    running.delete(jobId);
    presence.tell();
    await book.leave(jobId);
  }
}

/** Starts taking transcode jobs. Resolves once it listens; rejects when Redis cannot be reached or its folders cannot be made. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { parts, redis, concurrency } = options;
  const { log } = parts;
  const running = new Map<string, Running>();
  const abort = (jobId: string, why: NonNullable<Running['why']>): void => {
    const entry = running.get(jobId);
    if (entry === undefined || entry.why !== undefined) return;
    entry.why = why;
    entry.controller.abort();
  };
  const book = await enterWorkerBook(options.bookFolder, options.workFolder);
  const queue = new Queue(transcodeQueueName, { connection: redis });
  queue.on('error', (error) => log.warn({ err: error }, 'queue'));
  await takeBackOrphans(queue, book, options);
  const presence = announceWorker(redis, book.name, { concurrency, jobIds: () => [...running.keys()] });
  const cancels = await watchCancels(
    redis,
    () => [...running].map(([jobId, { job }]) => [jobId, job] as const),
    (jobId) => abort(jobId, 'cancel'),
  );
  const worker = new Worker<unknown, TranscodeResult>(
    transcodeQueueName,
    (job, token = '') => work(job, token, running, { ...options, book, presence, cancels }),
    { connection: redis, concurrency, ...timing },
  );
  worker.on('error', (error) => log.warn({ err: error }, 'worker'));
  const own = join(options.workFolder, book.name);
  const reviewLane = await startReviewLane({ ...parts, sourceFolder: join(own, 'sources') }, redis, own);
  worker.on('lockRenewalFailed', (jobIds: string[]) => {
    // Somebody else may have the job by now: stop writing.
    for (const jobId of jobIds) abort(jobId, 'lock');
  });
  await worker.waitUntilReady();
  log.info({ concurrency, sandbox: parts.sandbox.level, worker: book.name }, 'worker takes jobs');
  return {
    stop: async () => {
      // Closing first, so that it does not take back what it returns.
      const closed = worker.close();
      for (const jobId of running.keys()) abort(jobId, 'stop');
      await Promise.all([closed, reviewLane.stop()]);
      await presence.stop();
      cancels.close();
      await queue.close();
      await book.close();
    },
  };
}
