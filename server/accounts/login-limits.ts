import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';
import { usernameKeyOf } from './user-store.ts';

/** Counts wrong passwords: 5 in 15 min for an account, 30 for an address (T29). Kept in the memory of each replica. */
export interface LoginLimits {
  /** Takes one try before the password is looked at, so that many at once cannot all pass; 429 where none is left. */
  take(username: string, ip: string): Promise<void>;
  /** Gives the tries back after a right password. */
  forgive(username: string, ip: string): Promise<void>;
}

const quarterHourS = 15 * 60;

export function loginLimits(): LoginLimits {
  const byAccount = new RateLimiterMemory({ keyPrefix: 'account', points: 5, duration: quarterHourS });
  const byAddress = new RateLimiterMemory({ keyPrefix: 'address', points: 30, duration: quarterHourS });
  return {
    take: async (username, ip) => {
      await orTooMany(byAddress.consume(ip));
      await orTooMany(byAccount.consume(usernameKeyOf(username)));
    },
    forgive: async (username, ip) => {
      await byAccount.delete(usernameKeyOf(username));
      await byAddress.reward(ip);
    },
  };
}

async function orTooMany(taking: Promise<unknown>): Promise<void> {
  try {
    await taking;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterS = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new AppError(
      'too_many_requests',
      `Too many wrong passwords. Wait ${Math.ceil(retryAfterS / 60)} min, or ask the office for a new link.`,
      { retryAfterS },
    );
  }
}
