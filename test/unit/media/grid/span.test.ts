import { describe, expect, it } from 'vitest';
import { continues, cutRuns, endCell, replaceRuns } from '../../../../media/grid/span.ts';

const run = (fromCell: number, cells: number, revision: string, firstSegment = 0) => ({
  fromCell,
  cells,
  revision,
  firstSegment,
});

describe('runs of cells', () => {
  it('end where the next cell begins', () => {
    expect(endCell(run(10, 5, 'a'))).toBe(15);
  });
  it('go on only with the same revision, its next segment and the next cell', () => {
    const before = run(10, 5, 'a', 2);
    expect(continues(before, run(15, 1, 'a', 7))).toBe(true);
    expect(continues(before, run(15, 1, 'b', 7))).toBe(false);
    expect(continues(before, run(15, 1, 'a', 8))).toBe(false);
    expect(continues(before, run(16, 1, 'a', 7))).toBe(false);
  });
  it('keep their segments when they are cut', () => {
    const runs = [run(10, 5, 'a'), run(15, 5, 'b')];
    expect(cutRuns(runs, 12, 16)).toEqual([run(12, 3, 'a', 2), run(15, 1, 'b')]);
    expect(cutRuns(runs, 20, 30)).toEqual([]);
    expect(cutRuns(runs, -Infinity, Infinity)).toEqual(runs);
  });
  it('go on behind a hole that something else fills', () => {
    expect(replaceRuns([run(10, 10, 'a')], 12, 15, [run(13, 1, 'x')])).toEqual([
      run(10, 2, 'a'),
      run(13, 1, 'x'),
      run(15, 5, 'a', 5),
    ]);
  });
});
