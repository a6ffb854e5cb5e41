import { guideRows } from '../../media/plan/guide.ts';
import { type Timeline, tailCell } from '../../media/plan/timeline.ts';
import type { Announcement, ChannelDocument } from './channel-document.ts';

type Announcements = ChannelDocument['announcements'];

/** Calendars that were not opened for this long need not hear of what was cancelled. */
const rememberedMs = 60 * 86_400_000;

/** Who announces: the plan that is published at `atMs`, and the categories of its films by id. */
export interface Announcing {
  readonly atMs: number;
  readonly planId: string;
  readonly categoryOf: (filmId: string) => string | undefined;
}

/**
 * What people have been told once a timeline is published: new items are announced now, moved ones keep the instant of their
 * first announcement and count a change, those that vanished before they were over are cancelled.
 */
export function announcementsAfter(before: Announcements, timeline: Timeline, by: Announcing): Announcements {
  const after: Record<string, Announcement> = {};
  for (const { id, itemId, kind, filmId, title, startAtMs, endAtMs } of guideRows(
    timeline,
    timeline.fromCell,
    tailCell(timeline),
  )) {
    // Fillers are no announcement; parts behind an interruption belong to the item that was announced.
    if (kind !== 'item' || itemId === undefined || id !== itemId) continue;
    const told = before[itemId];
    const same = told !== undefined && !told.cancelled && isSame(told, { title, startAtMs, endAtMs });
    const category = filmId === undefined ? undefined : (by.categoryOf(filmId) ?? told?.category);
    after[itemId] = same
      ? told
      : {
          firstPublishedAtMs: told?.firstPublishedAtMs ?? by.atMs,
          changes: told === undefined ? 0 : told.changes + 1,
          planId: told === undefined || by.planId !== '' ? by.planId : told.planId,
          title,
          ...(category === undefined ? {} : { category }),
          startAtMs,
          endAtMs,
          cancelled: false,
          ...(told === undefined ? {} : changedFrom(told, by.atMs)),
        };
  }
  for (const [itemId, told] of Object.entries(before)) {
    if (after[itemId] !== undefined || told.endAtMs < by.atMs - rememberedMs) continue;
    const isGone = told.endAtMs > by.atMs && !told.cancelled;
    after[itemId] = isGone
      ? { ...told, changes: told.changes + 1, cancelled: true, ...changedFrom(told, by.atMs) }
      : told;
  }
  return after;
}

/** Remembers what people read first, for the slip with corrections. */
const changedFrom = (told: Announcement, atMs: number): Pick<Announcement, 'was' | 'changedAtMs'> => ({
  was: told.was ?? { title: told.title, startAtMs: told.startAtMs },
  changedAtMs: atMs,
});

type Told = Pick<Announcement, 'title' | 'startAtMs' | 'endAtMs'>;
const isSame = (a: Told, b: Told): boolean =>
  a.title === b.title && a.startAtMs === b.startAtMs && a.endAtMs === b.endAtMs;
