import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinAtBorders, type Run } from '../../../../media/film/technical-check.ts';

/** Runs in a row of frames, each frame in or out. */
function runsOf(frames: readonly boolean[], from: number): Run[] {
  const runs: Run[] = [];
  frames.forEach((isIn, at) => {
    const last = runs.at(-1);
    if (!isIn) return;
    if (last?.toMs === from + at) runs[runs.length - 1] = { fromMs: last.fromMs, toMs: from + at + 1 };
    else runs.push({ fromMs: from + at, toMs: from + at + 1 });
  });
  return runs;
}

describe('marks over chunk borders', () => {
  it('are those of one pass, wherever the film is cut', () => {
    const film = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
    const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(film, cuts, (frames, sizes) => {
        const chunks: { fromMs: number; toMs: number; runs: Run[] }[] = [];
        for (let from = 0; from < frames.length;) {
          const to = Math.min(frames.length, from + (sizes[chunks.length % sizes.length] ?? 1));
          chunks.push({ fromMs: from, toMs: to, runs: runsOf(frames.slice(from, to), from) });
          from = to;
        }
        expect(joinAtBorders(chunks)).toEqual(runsOf(frames, 0));
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});
