import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** Answers within this time or counts as away. */
const answerMs = 1000;

/**
 * A connection whose commands fail fast while Redis is away or frozen, so that no request waits for the queue.
 * `address` is `redis://...` or the path of a unix socket.
 */
export function fastRedis(address: string, log: Logger): Redis {
  const redis = new Redis(address, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: answerMs,
    connectTimeout: answerMs,
    retryStrategy: (times) => Math.min(2000, 100 * times),
  });
  sayTroubleOnce(redis, log);
  return redis;
}

/** A connection that waits for Redis for ever, as blocking readers need it. */
export function patientRedis(address: string, log: Logger): Redis {
  const redis = new Redis(address, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(2000, 100 * times),
  });
  sayTroubleOnce(redis, log);
  return redis;
}

/** Without a listener an error event ends the process; with a plain one an outage fills the log. */
function sayTroubleOnce(redis: Redis, log: Logger): void {
  let isAway = false;
  redis.on('error', (error: Error) => {
    if (!isAway) log.warn({ cause: error.message }, 'Redis is away; films wait in the database until it is back.');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.info('Redis is back.');
    isAway = false;
  });
}
