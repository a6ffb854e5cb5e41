import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';
import type { Caller } from './caller.ts';

/** How many API requests are answered; counted in the memory of each replica. Media and live playlists are never counted. */
export interface RequestLimits {
  /** Takes one; 429 with `Retry-After` where none is left. */
  take(caller: Caller): Promise<void>;
}

/** 300 in 10 s for a person: a console that shows progress; 100 for an address that did not sign in. */
export function requestLimits(perUser = 300, perAddress = 100): RequestLimits {
  const byUser = new RateLimiterMemory({ keyPrefix: 'user', points: perUser, duration: 10 });
  const byAddress = new RateLimiterMemory({ keyPrefix: 'anonymous', points: perAddress, duration: 10 });
  return {
    take: async (caller) => {
      try {
        await (caller.kind === 'user' ? byUser.consume(caller.id) : byAddress.consume(caller.ip));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const retryAfterS = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
        throw new AppError('too_many_requests', `Too many requests. Wait ${retryAfterS} s.`, { retryAfterS });
      }
    },
  };
}
