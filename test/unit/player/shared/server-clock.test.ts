import { describe, expect, it } from 'vitest';
import { serverOffsetMs } from '../../../../player/shared/server-clock.ts';

describe('the server’s time in the browser', () => {
  it('is unknown without an answer', () => {
    expect(serverOffsetMs([])).toBeUndefined();
  });

  it('comes from the quickest answer, half of whose way was the way here', () => {
    const slow = { sentAtMs: 0, receivedAtMs: 4000, serverAtMs: 1_000_100 };
    const quick = { sentAtMs: 5000, receivedAtMs: 5040, serverAtMs: 1_005_020 };
    expect(serverOffsetMs([slow, quick])).toBe(1_000_000);
  });
});
