import { describe, expect, it } from 'vitest';
import type { PlayReport } from '../../../../media/contract/quality.ts';
import { addSums, figuresOf, sumsOfReport, worstFirst } from '../../../../media/quality/quality-sums.ts';
import { startupQuantileMs, startupStep, startupStepsMs } from '../../../../media/quality/startup-histogram.ts';

const report = (told: Partial<PlayReport>): PlayReport => ({
  ...{ mode: 'vod', atMs: 1_800_000_000_000, watchedMs: 0, stalls: 0, stalledMs: 0 },
  ...{ rungs: {}, errors: {}, frames: 0, droppedFrames: 0 },
  ...told,
});
const figures = (...reports: PlayReport[]) => figuresOf(addSums(reports.map(sumsOfReport)));

describe('start-up times', () => {
  it('fall into the step below whose end they lie, the longest into the last', () => {
    expect([0, 249, 250, 59_999, 60_000, 600_000].map(startupStep)).toEqual([0, 0, 1, 13, 14, 14]);
  });

  it('are told by quantiles between the ends of their step', () => {
    const counts = [...startupStepsMs, Infinity].map((_, step) => (step === 2 ? 10 : 0));
    expect(startupQuantileMs(counts, 0.5)).toBe(625);
    expect(startupQuantileMs(counts, 1)).toBe(750);
    expect(startupQuantileMs([...startupStepsMs.map(() => 0), 3], 0.5)).toBe(60_000);
    expect(startupQuantileMs([], 0.5)).toBeUndefined();
  });
});

describe('what plays came to', () => {
  it('counts a play by its first picture or its failure, not by how often it is told of', () => {
    const { plays, failed, watchedMs } = figures(
      report({ startupMs: 800, watchedMs: 60_000 }),
      report({ watchedMs: 60_000 }),
      report({ failed: true }),
    );
    expect({ plays, failed, watchedMs }).toEqual({ plays: 2, failed: 1, watchedMs: 120_000 });
  });

  it('tells stalls, dropped pictures and rungs as parts of the whole', () => {
    const told = figures(
      report({ watchedMs: 90_000, stalls: 2, stalledMs: 10_000, rungs: { '480p': 60_000, audio: 30_000 } }),
      report({ frames: 100, droppedFrames: 5, errors: { network: 2, other: 1 } }),
    );
    expect(told).toMatchObject({ stalls: 2, stallRatio: 0.1, droppedRatio: 0.05, errors: 3 });
    expect(told.rungs).toEqual({ '480p': 2 / 3, audio: 1 / 3 });
  });

  it('says nothing of what nobody watched', () => {
    const told = figures();
    expect([told.plays, told.stallRatio, told.startupP50Ms, told.rungs]).toEqual([0, 0, undefined, {}]);
  });

  it('puts the film that stood still most before one that played', () => {
    const good = figures(report({ startupMs: 500, watchedMs: 60_000 }));
    const bad = figures(report({ startupMs: 500, watchedMs: 60_000, stalls: 3, stalledMs: 20_000 }));
    const dead = figures(report({ failed: true }));
    expect([good, bad, dead].sort(worstFirst)).toEqual([dead, bad, good]);
  });
});
