import { describe, expect, it } from 'vitest';
import { createSegmentMemory } from '../../../../server/media-files/segment-memory.ts';

const kilobyte = 1024;

describe('segment memory', () => {
  it('reads a file once for six hundred askers', async () => {
    let reads = 0;
    const memory = createSegmentMemory(64 * kilobyte, async () => {
      reads += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return Buffer.alloc(kilobyte);
    });
    const files = await Promise.all(Array.from({ length: 600 }, () => memory.fetch('a')));
    expect(reads).toBe(1);
    expect(new Set(files).size).toBe(1);
    await memory.fetch('a');
    expect(reads).toBe(1);
  });

  it('stays under its budget and lets the least recently asked go first', async () => {
    const memory = createSegmentMemory(8 * kilobyte, () => Promise.resolve(Buffer.alloc(kilobyte)));
    for (let n = 0; n < 20; n += 1) {
      await memory.fetch(`file ${n}`);
      await memory.fetch('file 0');
      expect(memory.bytes()).toBeLessThanOrEqual(8 * kilobyte);
    }
    expect(memory.peek('file 0')).toBeDefined();
    expect(memory.peek('file 1')).toBeUndefined();
  });

  it('serves a file that is too large to keep', async () => {
    const memory = createSegmentMemory(8 * kilobyte, () => Promise.resolve(Buffer.alloc(4 * kilobyte)));
    expect((await memory.fetch('large')).length).toBe(4 * kilobyte);
    expect(memory.bytes()).toBe(0);
  });

  it('tries again after a read that failed', async () => {
    let reads = 0;
    const memory = createSegmentMemory(64 * kilobyte, () => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('disk')) : Promise.resolve(Buffer.from('here'));
    });
    await expect(memory.fetch('a')).rejects.toThrow('disk');
    expect((await memory.fetch('a')).toString()).toBe('here');
  });

  it('remembers that a file was asked for', () => {
    const memory = createSegmentMemory(8 * kilobyte, () => Promise.reject(new Error('not read')));
    expect(memory.wasSeen('a')).toBe(false);
    expect(memory.wasSeen('a')).toBe(true);
  });
});
