import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';

/** How many batches one address may send; kept in the memory of each replica. */
export interface ReportLimits {
  /** Takes one; 429 with `Retry-After` where none is left. */
  take(ip: string): Promise<void>;
}

/** A page sends one batch in five minutes: two a second on the average are those of a township behind one address. */
export function reportLimits(perMinute = 120): ReportLimits {
  const byAddress = new RateLimiterMemory({ keyPrefix: 'quality', points: perMinute, duration: 60 });
  return {
    take: async (ip) => {
      try {
        await byAddress.consume(ip);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const retryAfterS = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
        const message = `Too many reports from this address. Send them again in ${retryAfterS} s.`;
        throw new AppError('too_many_requests', message, { retryAfterS });
      }
    },
  };
}
