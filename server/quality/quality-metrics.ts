import { Counter, Histogram, type Registry } from 'prom-client';
import { playErrorKinds, type QualityBatch, type PlayReport } from '../../media/contract/quality.ts';
import { startupStepsMs } from '../../media/quality/startup-histogram.ts';
import { watchedRungs } from '../../media/quality/watched-rungs.ts';

/** Counts what pages report for Prometheus; labels are lists of the contract, so that nobody makes them many. */
export type CountReport = (page: QualityBatch['page'], report: PlayReport) => void;

export function qualityMetrics(registry: Registry): CountReport {
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: ['page', ...labelNames], registers: [registry] });
  const startup = new Histogram({
    name: 'yuanbo_play_startup_seconds',
    help: 'From the wish to watch until the first picture, as pages report it.',
    labelNames: ['page', 'mode'] as const,
    buckets: startupStepsMs.map((ms) => ms / 1000),
    registers: [registry],
  });
  const failed = counter('yuanbo_plays_failed_total', 'Plays that ended without a picture.', ['mode']);
  const watched = counter('yuanbo_play_watched_seconds_total', 'Time watched, by rung.', ['rung']);
  const stalls = counter('yuanbo_play_stalls_total', 'Times that a picture stood still.', ['mode']);
  const stalled = counter('yuanbo_play_stalled_seconds_total', 'Time that pictures stood still.', ['mode']);
  const errors = counter('yuanbo_play_errors_total', 'Troubles of players, most of which cured themselves.', ['kind']);
  const frames = counter('yuanbo_play_frames_total', 'Pictures decoded.', []);
  const dropped = counter('yuanbo_play_dropped_frames_total', 'Pictures decoded and not shown.', []);
  return (page, report) => {
    const { mode } = report;
    if (report.startupMs !== undefined) startup.observe({ page, mode }, report.startupMs / 1000);
    if (report.failed === true) failed.inc({ page, mode });
    stalls.inc({ page, mode }, report.stalls);
    stalled.inc({ page, mode }, report.stalledMs / 1000);
    frames.inc({ page }, report.frames);
    dropped.inc({ page }, report.droppedFrames);
    for (const rung of watchedRungs) watched.inc({ page, rung }, (report.rungs[rung] ?? 0) / 1000);
    for (const kind of playErrorKinds) errors.inc({ page, kind }, report.errors[kind] ?? 0);
  };
}
