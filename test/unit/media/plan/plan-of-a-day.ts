import { cellAt } from '../../../../media/grid/cell.ts';
import type { FilmFacts, PlanItem, PlanList } from '../../../../media/plan/plan.ts';
import { type NamedRevision, type Timeline, emptyTimeline } from '../../../../media/plan/timeline.ts';

/** 2026-12-01 in Asia/Shanghai. */
export const midnightAtMs = Date.UTC(2026, 10, 30, 16);
export const midnightCell = cellAt(midnightAtMs);

/** Instant of a clock time on that day. */
export function at(hour: number, minute: number, second = 0): number {
  return midnightAtMs + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** A film of so many cells, with all a channel needs. */
export function film(name: string, segments: number, more: Partial<FilmFacts> = {}): FilmFacts {
  const facts = {
    filmId: name,
    title: `Film ${name}`,
    segments,
    durationMs: segments * 4000,
    rungs: ['720p', '360p'],
    packages: ['ts' as const],
  };
  return {
    filmId: name,
    title: facts.title,
    state: 'ready',
    durationMs: facts.durationMs,
    revision: `rev-${name}`,
    facts,
    ...more,
  };
}

export function filmTable(...films: readonly FilmFacts[]): ReadonlyMap<string, FilmFacts> {
  return new Map(films.map((each) => [each.filmId, each]));
}

/** A hard item unless it says otherwise. */
export function item(id: string, filmId: string, startAtMs?: number, more: Partial<PlanItem> = {}): PlanItem {
  const start = startAtMs === undefined ? {} : { startAtMs };
  return {
    id,
    filmId,
    ...start,
    startMode: startAtMs === undefined ? 'follow' : 'hard',
    maxLateMs: 0,
    mustWatch: false,
    ...more,
  };
}

/** The list of that one day. */
export function day(...items: readonly PlanItem[]): PlanList {
  return { items, fromCell: midnightCell, toCell: midnightCell + 21_600 };
}

export const slate: NamedRevision = {
  revision: 'rev-slate',
  facts: {
    filmId: 'slate',
    title: 'Slate',
    segments: 150,
    durationMs: 600_000,
    rungs: ['720p', '360p'],
    packages: ['ts'],
  },
};

/** The county channel from midnight on, with nothing planned. */
export function channel(): Timeline {
  return emptyTimeline('county', '2026', midnightCell, slate);
}
