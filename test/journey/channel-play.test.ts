import { beforeAll, describe, expect, it } from 'vitest';
import { type PlayReport, reportText } from './play/play-through.ts';
import { playOutcome } from './play/start-play.ts';

describe('hls.js on two servers that are killed while the plan is edited and the channel is cut', () => {
  let report: PlayReport;
  beforeAll(async () => {
    const outcome = await playOutcome(600_000);
    if ('error' in outcome) throw new Error(outcome.error);
    ({ report } = outcome);
    console.log(reportText(report));
  });

  it('plays 150 s over at least ten boundaries and never stands still for more than half a second', () => {
    expect(report.done).toHaveLength(7);
    expect(report.fatal).toEqual([]);
    expect(report.stalls).toEqual([]);
    expect(report.playedS).toBeGreaterThanOrEqual(150);
    expect(report.boundaries).toBeGreaterThanOrEqual(10);
    expect(Math.min(...report.answered)).toBeGreaterThan(0);
  });

  it('meets no list that contradicts an earlier one, and shows the film that the guide names', () => {
    expect(report.contradictions).toEqual([]);
    expect(report.wrong).toEqual([]);
    expect(report.right).toBeGreaterThan(10);
  });
});
