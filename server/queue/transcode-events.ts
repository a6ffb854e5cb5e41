import { QueueEvents } from 'bullmq';
import type { Logger } from 'pino';
import {
  transcodeProgressSchema,
  transcodeQueueName,
  transcodeResultSchema,
  type TranscodeProgress,
  type TranscodeResult,
} from '../../media/contract/transcode-job.ts';
import { patientRedis } from './redis-connection.ts';

/** What a listener is told, parsed; it may throw, which is logged: the reconciler finds what was missed. */
export interface TranscodeListener {
  readonly completed: (jobId: string, result: TranscodeResult) => Promise<void>;
  readonly failed: (jobId: string, reason: string) => Promise<void>;
  readonly progress: (jobId: string, progress: TranscodeProgress) => Promise<void>;
}

/** Listens to what workers report until the returned function is called. Events that come twice must do no harm. */
export function listenToTranscode(address: string, log: Logger, listener: TranscodeListener): () => Promise<void> {
  const redis = patientRedis(address, log);
  const events = new QueueEvents(transcodeQueueName, { connection: redis });
  events.on('error', () => undefined);
  const told = (jobId: string, done: Promise<void>): void => {
    done.catch((error: unknown) => log.warn({ jobId, err: error }, 'What a worker reported could not be applied yet.'));
  };
  events.on('completed', ({ jobId, returnvalue }: { jobId: string; returnvalue: unknown }) => {
    const result = transcodeResultSchema.safeParse(returnvalue);
    if (result.success) told(jobId, listener.completed(jobId, result.data));
    else log.error({ jobId, issues: result.error.issues }, 'A worker of another version answered something unknown.');
  });
  events.on('failed', ({ jobId, failedReason }) => told(jobId, listener.failed(jobId, failedReason)));
  events.on('progress', ({ jobId, data }) => {
    const progress = transcodeProgressSchema.safeParse(data);
    if (progress.success) told(jobId, listener.progress(jobId, progress.data));
  });
  return async () => {
    await events.close().catch(() => undefined);
    redis.disconnect();
  };
}
