import { describe, expect, it } from 'vitest';
import { urgentActivationCell } from '../../../../media/channel/activation.ts';
import { shownSpans } from '../../../../media/channel/catch-up.ts';
import { epochAt } from '../../../../media/channel/epoch.ts';
import { cellAt } from '../../../../media/grid/cell.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import { emptyTimeline } from '../../../../media/plan/timeline.ts';
import { spanAt, spansBetween } from '../../../../media/plan/timeline-spans.ts';
import { announcementsAfter } from '../../../../server/onair/announcements.ts';
import { tended } from '../../../../server/onair/tend-channels.ts';

const timeZone = 'Asia/Shanghai';
const facts = (filmId: string) => ({
  filmId,
  title: filmId,
  segments: 150,
  durationMs: 600_000,
  rungs: ['360p'],
  packages: ['ts' as const],
});
const slate = { revision: 'slate', facts: facts('slate') };
const nowMs = Date.UTC(2026, 11, 1, 4);
const now = cellAt(nowMs);
const begun = emptyTimeline('county', '2026', now - 5000, slate);
const aired = publishPlan(begun, now - 4000, {
  fromCell: now - 4000,
  toCell: now + 4000,
  runs: [
    { fromCell: now - 50, cells: 150, revision: 'bad', firstSegment: 0, itemId: 'a' },
    { fromCell: now + 500, cells: 150, revision: 'good', firstSegment: 0, itemId: 'b' },
  ],
  revisions: { bad: facts('bad'), good: facts('good') },
  items: {
    a: { filmId: 'bad', title: 'bad', kind: 'item', mustWatch: false },
    b: { filmId: 'good', title: 'good', kind: 'item', mustWatch: false },
  },
});
const nothing = {
  withdrawn: new Set<string>(),
  ...{ slate, timeZone, package: 'ts' as const, films: new Map() },
  ...{ fillers: [], turns: { seed: 'county', restCells: 0 } },
};

describe('a channel that is looked after', () => {
  it('is the same object while nothing is to be done, so that no head is moved', () => {
    expect(tended(aired, nothing, nowMs)).toBe(aired);
  });

  it('shows slate instead of a withdrawn film from the first cell that nobody has listed', () => {
    const next = tended(aired, { ...nothing, withdrawn: new Set(['bad']) }, nowMs);
    const edge = urgentActivationCell(nowMs);
    expect(spanAt(next, edge - 1)?.revision).toBe('bad');
    expect(spanAt(next, edge)?.revision).toBe('slate');
    expect(spanAt(next, now + 500)?.revision).toBe('good');
    expect(tended(next, { ...nothing, withdrawn: new Set(['bad']) }, nowMs + 60_000)).toBe(next);
  });

  it('shows again what was withdrawn once its film is ready with that revision, and in no other', () => {
    const without = tended(aired, { ...nothing, withdrawn: new Set(['bad']) }, nowMs);
    const film = (revision: string) => ({
      ...{ filmId: 'bad', title: 'bad', state: 'ready' as const, revision },
      facts: facts('bad'),
    });
    const other = { ...nothing, films: new Map([['bad', film('another')]]) };
    expect(tended(without, other, nowMs + 60_000).withdrawn).toEqual(['bad']);
    const same = { ...nothing, films: new Map([['bad', film('bad')]]) };
    expect(tended(without, { ...same, withdrawn: new Set(['bad']) }, nowMs + 60_000).withdrawn).toEqual(['bad']);
    const again = tended(without, same, nowMs + 60_000);
    expect(again.withdrawn).toEqual([]);
    expect(shownSpans(again, spansBetween(again, now - 10, now))[0]?.revision).toBe('bad');
    const edge = urgentActivationCell(nowMs + 60_000);
    expect(spansBetween(again, now - 50, edge)).toEqual(spansBetween(without, now - 50, edge));
    expect(tended(again, same, nowMs + 120_000)).toBe(again);
  });

  it('numbers anew at the county’s new year, with whole lists from the first minute', () => {
    const newYearMs = Date.UTC(2026, 11, 31, 16);
    expect(tended(aired, nothing, newYearMs - 1)).toBe(aired);
    const next = tended(aired, nothing, newYearMs);
    const epoch = epochAt(next, cellAt(newYearMs) - 20);
    expect(epoch?.name).toBe('2027');
    expect(spanAt(next, cellAt(newYearMs))).toEqual(spanAt(aired, cellAt(newYearMs)));
    expect(tended(next, nothing, newYearMs + 4000)).toBe(next);
  });
});

describe('announcements', () => {
  const by = { atMs: nowMs - 3_600_000, planId: 'p1', categoryOf: () => 'technique' };
  const first = announcementsAfter({}, aired, by);

  it('remember when an item was first told, through a change and a cancellation', () => {
    const without = tended(aired, { ...nothing, withdrawn: new Set(['good']) }, nowMs);
    const second = announcementsAfter(first, without, { atMs: nowMs, planId: '', categoryOf: () => undefined });
    expect(second['a']).toEqual(first['a']);
    const was = { title: 'good', startAtMs: first['b']?.startAtMs };
    expect(second['b']).toEqual({ ...first['b'], changes: 1, cancelled: true, changedAtMs: nowMs, was });
    const again = announcementsAfter(second, aired, { ...by, atMs: nowMs + 1000, planId: 'p2' });
    expect(again['b']).toMatchObject({ firstPublishedAtMs: by.atMs, changes: 2, cancelled: false, planId: 'p2' });
  });

  it('are forgotten two months after the item', () => {
    const later = announcementsAfter(first, begun, { ...by, atMs: nowMs + 90 * 86_400_000 });
    expect(later).toEqual({});
  });
});
