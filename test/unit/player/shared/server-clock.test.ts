import { describe, expect, it, vi } from 'vitest';
import { askAboutNow, createServerClock, serverOffsetMs } from '../../../../player/shared/server-clock.ts';

describe('the server’s time in the browser', () => {
  it('is unknown without an answer', () => {
    expect(serverOffsetMs([])).toBeUndefined();
  });

  it('comes from the quickest answer, half of whose way was the way here', () => {
    const slow = { sentAtMs: 0, receivedAtMs: 4000, serverAtMs: 1_000_100 };
    const quick = { sentAtMs: 5000, receivedAtMs: 5040, serverAtMs: 1_005_020 };
    expect(serverOffsetMs([slow, quick])).toBe(1_000_000);
  });

  it('is learned from the first reply of a box that woke up in 1970, which then asks again', async () => {
    const trueNowMs = 1_795_545_732_000;
    vi.useFakeTimers({ toFake: ['Date'], now: 86_400_000 });
    const clock = createServerClock();
    vi.useRealTimers();
    const asked: number[] = [];
    await askAboutNow(clock, (nowMs) => {
      asked.push(nowMs);
      return Promise.resolve({ serverAtMs: trueNowMs });
    });
    expect(asked[0]).toBe(1_000_000_000_000);
    expect(Math.abs((asked[1] ?? 0) - trueNowMs)).toBeLessThan(1000);
    await askAboutNow(clock, (nowMs) => {
      asked.push(nowMs);
      return Promise.resolve({ serverAtMs: trueNowMs });
    });
    expect(asked).toHaveLength(3);
  });

  it('is believed at once of a box that slept, however quick the answers before were', () => {
    const clock = createServerClock();
    const offset = () => clock.nowMs() - performance.now();
    clock.observe({ sentAtMs: 1000, receivedAtMs: 1004, serverAtMs: 5_001_002 });
    clock.observe({ sentAtMs: 2000, receivedAtMs: 2400, serverAtMs: 5_002_350 });
    expect(offset()).toBeCloseTo(5_000_000);
    clock.observe({ sentAtMs: 3000, receivedAtMs: 3200, serverAtMs: 9_003_100 });
    expect(offset()).toBeCloseTo(9_000_000);
  });
});
