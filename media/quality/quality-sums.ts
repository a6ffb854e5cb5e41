import { playErrorKinds, type PlayReport, type QualityFigures } from '../contract/quality.ts';
import { startupQuantileMs, startupStep, startupStepsMs } from './startup-histogram.ts';
import { watchedRungs } from './watched-rungs.ts';

/** What is added up of plays. Each name is a field of its own, so that databases add to them. */
export const sumNames = [
  'plays',
  'failed',
  'watchedMs',
  'stalls',
  'stalledMs',
  'frames',
  'droppedFrames',
  ...watchedRungs.map((rung) => `rung_${rung}` as const),
  ...playErrorKinds.map((kind) => `error_${kind}` as const),
  ...[...startupStepsMs, Infinity].map((_, step) => `startup_${step}` as const),
] as const;
export type SumName = (typeof sumNames)[number];
/** Sums by name; what is absent is 0. */
export type QualitySums = Readonly<Partial<Record<SumName, number>>>;

/** What one report adds. A play counts when its first picture or its failure is told. */
export function sumsOfReport(report: PlayReport): QualitySums {
  const { startupMs, failed = false, watchedMs, stalls, stalledMs, frames, droppedFrames } = report;
  const parts: readonly (readonly [SumName, number])[] = [
    ['plays', startupMs !== undefined || failed ? 1 : 0],
    ['failed', failed ? 1 : 0],
    ['watchedMs', watchedMs],
    ['stalls', stalls],
    ['stalledMs', stalledMs],
    ['frames', frames],
    ['droppedFrames', droppedFrames],
    ...watchedRungs.map((rung) => [`rung_${rung}`, report.rungs[rung] ?? 0] as const),
    ...playErrorKinds.map((kind) => [`error_${kind}`, report.errors[kind] ?? 0] as const),
    ...(startupMs === undefined ? [] : [[`startup_${startupStep(startupMs)}`, 1] as const]),
  ];
  return Object.fromEntries(parts.filter(([, value]) => value > 0));
}

/** Adds sums up. */
export function addSums(all: readonly QualitySums[]): QualitySums {
  const total: Partial<Record<SumName, number>> = {};
  for (const sums of all) for (const name of sumNames) total[name] = (total[name] ?? 0) + (sums[name] ?? 0);
  return total;
}

const ratio = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.min(1, part / whole));

/** What sums say to a person. */
export function figuresOf(sums: QualitySums): QualityFigures {
  const of = (name: SumName): number => sums[name] ?? 0;
  const startups = [...startupStepsMs, Infinity].map((_, step) => of(`startup_${step}`));
  const [p50, p95] = [0.5, 0.95].map((part) => startupQuantileMs(startups, part));
  const onRungsMs = watchedRungs.reduce((sum, rung) => sum + of(`rung_${rung}`), 0);
  return {
    plays: of('plays'),
    failed: of('failed'),
    watchedMs: of('watchedMs'),
    ...(p50 === undefined ? {} : { startupP50Ms: p50 }),
    ...(p95 === undefined ? {} : { startupP95Ms: p95 }),
    stalls: of('stalls'),
    stallRatio: ratio(of('stalledMs'), of('watchedMs') + of('stalledMs')),
    errors: playErrorKinds.reduce((sum, kind) => sum + of(`error_${kind}`), 0),
    droppedRatio: ratio(of('droppedFrames'), of('frames')),
    rungs: Object.fromEntries(
      watchedRungs.flatMap((rung) => (of(`rung_${rung}`) > 0 ? [[rung, ratio(of(`rung_${rung}`), onRungsMs)]] : [])),
    ),
  };
}

/** Orders what viewers suffered from first: failed plays and standing pictures weigh by how many met them. */
export const worstFirst = (a: QualityFigures, b: QualityFigures): number => troubleOf(b) - troubleOf(a);

const troubleOf = ({ plays, failed, stallRatio, startupP95Ms = 0 }: QualityFigures): number =>
  ratio(failed, plays) + stallRatio + Math.min(1, startupP95Ms / 60_000) / 100;
