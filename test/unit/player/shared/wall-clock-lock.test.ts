import { describe, expect, it } from 'vitest';
import { freshLock, type LockMemory, stepLock } from '../../../../player/shared/wall-clock-lock.ts';

const reading = (errorMs: number, bufferedAheadMs = 12_000, atMs = 0) => ({ errorMs, bufferedAheadMs, atMs });

describe('the wall-clock lock', () => {
  it('leaves a picture alone that is within half a frame', () => {
    expect(stepLock(freshLock, reading(15))).toEqual({ rate: 1, memory: freshLock });
  });

  it('runs a late picture faster and an early one slower, at most by 3 %', () => {
    expect(stepLock(freshLock, reading(-100)).rate).toBeCloseTo(1.02);
    expect(stepLock(freshLock, reading(100)).rate).toBeCloseTo(0.98);
    expect(stepLock(freshLock, reading(-499)).rate).toBe(1.03);
    expect(stepLock(freshLock, reading(499)).rate).toBe(0.97);
  });

  it('jumps to the wall clock beyond half a second', () => {
    expect(stepLock(freshLock, reading(-2900))).toMatchObject({ rate: 1, jumpMs: 2900 });
    expect(stepLock(freshLock, reading(700))).toMatchObject({ rate: 1, jumpMs: -700 });
  });

  it('does not jump into what is not loaded, but runs faster', () => {
    const step = stepLock(freshLock, reading(-3000, 2000));
    expect(step.jumpMs).toBeUndefined();
    expect(step.rate).toBe(1.03);
  });

  it('jumps all the same when it is hopelessly late', () => {
    expect(stepLock(freshLock, reading(-36_000, 2000)).jumpMs).toBe(36_000);
  });

  it('jumps less and less often on a link that cannot keep up', () => {
    let memory: LockMemory = freshLock;
    const jumps: number[] = [];
    for (let atMs = 0; atMs < 600_000; atMs += 500) {
      const step = stepLock(memory, reading(-2000, 12_000, atMs));
      memory = step.memory;
      if (step.jumpMs !== undefined) jumps.push(atMs);
    }
    const waits = jumps.slice(1).map((atMs, index) => atMs - jumps[index]!);
    expect(waits.slice(0, 4)).toEqual([4000, 8000, 16_000, 32_000]);
    expect(Math.max(...waits)).toBe(60_000);
  });

  it('brings a picture that starts 0.4 s late onto the clock within half a minute', () => {
    let errorMs = -400;
    let memory: LockMemory = freshLock;
    for (let atMs = 0; atMs < 30_000; atMs += 500) {
      const step = stepLock(memory, reading(errorMs, 12_000, atMs));
      memory = step.memory;
      errorMs += (step.rate - 1) * 500;
    }
    expect(Math.abs(errorMs)).toBeLessThan(25);
  });
});
