import type { Redis } from 'ioredis';
import { cancelChannelName, cancelledKey, type TranscodeJob } from '../media/contract/transcode-job.ts';

/** Looks whether jobs under way are still wanted. */
export type CancelWatch = {
  /** Asks about every job under way; resolves when those that are cancelled were told to stop. */
  readonly ask: () => Promise<void>;
  readonly close: () => void;
};

/** A message is lost while the connection is being made again: nobody waits longer than this for what it said. */
const everyMs = 2000;

/**
 * Stops jobs of films that were cancelled: at the server's word, and by asking Redis again whenever that word may have been
 * missed. Resolves once it listens.
 */
export async function watchCancels(
  redis: Redis,
  underWay: () => readonly (readonly [jobId: string, job: Pick<TranscodeJob, 'filmId' | 'attempt'>])[],
  stop: (jobId: string) => void,
): Promise<CancelWatch> {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    const asked = underWay();
    // While Redis is away one question waits for it, not one every two seconds.
    if (isAsking || asked.length === 0) return;
    isAsking = true;
    try {
      const answers = await redis.mget(asked.map(([, { filmId }]) => cancelledKey(filmId)));
      asked.forEach(([jobId, { attempt }], index) => {
        const cancelled = answers[index];
        if (cancelled !== null && cancelled !== undefined && attempt <= Number(cancelled)) stop(jobId);
      });
    } catch {
      // Redis went away over the question; it is asked again.
    } finally {
      isAsking = false;
    }
  };
  const channel = redis.duplicate();
  // The worker's own connection tells of trouble.
  channel.on('error', () => undefined);
  channel.on('message', () => void ask());
  channel.on('ready', () => void ask());
  await channel.subscribe(cancelChannelName);
  const timer = setInterval(() => void ask(), everyMs);
  return {
    ask,
    close: () => {
      clearInterval(timer);
      channel.disconnect();
    },
  };
}
