import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../../player/shared/retry-delay.ts';

describe('the delay before another attempt', () => {
  it('doubles from one second to ten', () => {
    expect([0, 1, 2, 3, 4, 5, 1000].map((attempt) => retryDelayMs(attempt, 0.5))).toEqual([
      1000, 2000, 4000, 8000, 10_000, 10_000, 10_000,
    ]);
  });

  it('is spread so that stations do not come back together', () => {
    expect(retryDelayMs(4, 0)).toBe(5000);
    expect(retryDelayMs(4, 0.999)).toBeGreaterThan(14_900);
  });
});
