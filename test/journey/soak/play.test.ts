import { expect, it } from 'vitest';
import { killServer } from '../play/disturb.ts';
import { playThrough, reportText } from '../play/play-through.ts';
import { replicaThatFalls } from '../play/replica-that-falls.ts';
import { demo, onAir } from '../system.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
const seed = Number(process.env['SOAK_SEED'] ?? 1);

it(`plays ${minutes} minutes without a stall while servers are killed and the plan is edited and cut`, async () => {
  await onAir();
  const replica = await replicaThatFalls();
  const play = {
    ...{ channel: 'county', wholeMs: minutes * 60_000, seed },
    servers: [{ address: demo().address, strike: killServer }, replica],
    edit: { aheadMs: 60_000, items: 2, itemMs: 20_000 },
  } as const;
  const report = await playThrough(play, (line) => console.log(line)).finally(replica.stop);
  console.log(reportText(report));
  expect(report.done).toHaveLength(7);
  expect(report.fatal).toEqual([]);
  expect(report.contradictions).toEqual([]);
  expect(report.wrong).toEqual([]);
  expect(report.right).toBeGreaterThan(0);
  expect(report.stalls).toEqual([]);
  expect(report.boundaries).toBeGreaterThanOrEqual(Math.min(10, Math.floor(minutes * 2)));
  expect(Math.min(...report.answered)).toBeGreaterThan(0);
});
