import type { Epoch, Timeline } from '../plan/timeline.ts';
import { spanAt } from '../plan/timeline-spans.ts';

/** Discontinuity numbers at which the next epoch should be opened: hls.js slows down in proportion (hls.md P1). */
export const LARGEST_DSN = 100_000;

/** The epoch that a playlist beginning at `cell` belongs to: the last one begun, or the first for what is older. */
export function epochAt(timeline: Timeline, cell: number): Epoch | undefined {
  const begun = timeline.epochs.filter((epoch) => epoch.baseCell <= cell);
  return begun.at(-1) ?? timeline.epochs[0];
}

/** The epoch of a name in a path; undefined when the channel has none of that name. */
export function epochNamed(timeline: Timeline, name: string): Epoch | undefined {
  return timeline.epochs.find((epoch) => epoch.name === name);
}

/** Discontinuity sequence number of a cell as an epoch's playlists number it; undefined before the channel begins. */
export function dsnAt(timeline: Timeline, epoch: Epoch, cell: number): number | undefined {
  const span = spanAt(timeline, cell);
  return span && span.dsn - epoch.baseDsn;
}
