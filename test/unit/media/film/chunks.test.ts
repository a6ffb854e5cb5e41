import { describe, expect, it } from 'vitest';
import { cellsOf, splitIntoChunks } from '../../../../media/film/chunks.ts';
import { snapFrameRate } from '../../../../media/film/frame-rate.ts';

describe('cutting a film into chunks', () => {
  it('makes the first chunk short, so that the film is playable early', () => {
    expect(splitIntoChunks(60).map((chunk) => chunk.cells)).toEqual([3, 6, 15, 15, 15, 6]);
  });

  it('never leaves a last chunk of one or two cells', () => {
    expect(splitIntoChunks(25).map((chunk) => chunk.cells)).toEqual([3, 6, 16]);
    expect(splitIntoChunks(4).map((chunk) => chunk.cells)).toEqual([4]);
  });

  it('tiles every length without a hole', () => {
    for (let cells = 1; cells <= 400; cells += 1) {
      let next = 0;
      for (const chunk of splitIntoChunks(cells)) {
        expect(chunk.firstCell).toBe(next);
        next += chunk.cells;
      }
      expect(next).toBe(cells);
    }
  });

  it('counts a begun cell as a whole one', () => {
    expect([1, 4000, 4001, 20_020].map(cellsOf)).toEqual([1, 1, 2, 6]);
  });

  it('snaps any frame rate to one of which 4 s is a whole number of frames', () => {
    expect([23.976, 24, 25, 29.97, 30, 15, 12, 48, 59.94, 120, 0, NaN].map(snapFrameRate)).toEqual([
      24, 24, 25, 30, 30, 24, 24, 50, 60, 60, 25, 25,
    ]);
  });
});
