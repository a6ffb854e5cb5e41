import { cellAt } from '../../media/grid/cell.ts';
import { tailCell } from '../../media/plan/timeline.ts';
import { revisionsBetween } from '../../media/plan/timeline-spans.ts';
import type { OnAir } from './on-air.ts';

/** What knowing them needs. */
export interface RevisionUseParts {
  readonly onAir: Pick<OnAir, 'channels' | 'find' | 'verifiedAtMs'>;
  readonly catchUpDays: () => Promise<number>;
}

const dayMs = 86_400_000;
/** A replica that has not heard of the database for this long does not know what is in use. */
const oldestKnowledgeMs = 60_000;

/** Revisions that some channel shows, will show, or gives as catch-up; rejects where this replica does not know. */
export async function revisionsInUse(
  { onAir, catchUpDays }: RevisionUseParts,
  atMs: number,
): Promise<ReadonlySet<string>> {
  const fromCell = cellAt(atMs - (await catchUpDays()) * dayMs);
  if (atMs - (onAir.verifiedAtMs() ?? -Infinity) > oldestKnowledgeMs)
    throw new Error('This replica does not know what is on air.');
  const inUse = new Set<string>();
  for (const { code } of onAir.channels()) {
    const document = onAir.find(code)?.document;
    if (document === undefined) continue;
    const { timeline, places = {} } = document;
    inUse.add(timeline.slate);
    for (const revision of revisionsBetween(timeline, fromCell, tailCell(timeline))) inUse.add(revision);
    for (const { revisions } of Object.values(places))
      for (const revision of Object.keys(revisions)) inUse.add(revision);
  }
  return inUse;
}
