import { describe, expect, it } from 'vitest';
import { endCell } from '../../../../media/grid/span.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import {
  changeSlate,
  endInterrupt,
  insertFilm,
  openEpoch,
  prolongInterrupt,
  publishPlan,
  startCut,
  withdrawRevision,
} from '../../../../media/plan/edits.ts';
import { dropBefore } from '../../../../media/plan/splice.ts';
import { revisionsBetween, spanAt, spansBetween } from '../../../../media/plan/timeline-spans.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { at, channel, day, film, filmTable, item, midnightCell, slate } from './plan-of-a-day.ts';

const films = filmTable(film('a', 30), film('b', 30), film('urgent', 10));
const plan = compilePlan(day(item('ia', 'a', at(1, 0)), item('ib', 'b'), item('ic', 'a', at(2, 0))), films);
const published = publishPlan(channel(), midnightCell, plan);
const one = midnightCell + 900;

/** Spans of a range in short: revision, first segment, cells. */
function aired(timeline: Timeline, fromCell: number, toCell: number): string[] {
  return spansBetween(timeline, fromCell, toCell).map(
    (span) => `${span.revision.slice('rev-'.length)}[${span.firstSegment}+${span.cells}]`,
  );
}

describe('an empty channel', () => {
  it('is slate for ever, one discontinuity a loop, without storing a span', () => {
    const timeline = channel();
    expect(timeline.spans).toEqual([]);
    const far = spanAt(timeline, midnightCell + 1_000_000);
    expect(far).toEqual({
      fromCell: midnightCell + 999_900,
      cells: 150,
      revision: 'rev-slate',
      firstSegment: 0,
      dsn: 6668,
    });
    expect(spanAt(timeline, midnightCell - 1)).toBeUndefined();
  });
});

describe('publishing', () => {
  it('puts items at their cells, slate between them and after the last', () => {
    expect(aired(published, one - 10, one + 70)).toEqual(['slate[140+10]', 'a[0+30]', 'b[0+30]', 'slate[0+10]']);
    expect(aired(published, one + 900, one + 935)).toEqual(['a[0+30]', 'slate[0+5]']);
    expect(published.spans.at(-1)?.revision).toBe('rev-a');
  });
  it('keeps what is frozen, and joins an item that already runs', () => {
    const next = publishPlan(published, one + 10, compilePlan(day(item('iz', 'b', at(1, 0))), films));
    expect(aired(next, one - 1, one + 40)).toEqual(['slate[149+1]', 'a[0+10]', 'b[10+20]', 'slate[0+10]']);
  });
  it('of the same list again changes nothing at all', () => {
    expect(publishPlan(published, one + 10, plan)).toEqual(published);
  });
  it('leaves other months alone, and meets them without a hole or a needless discontinuity', () => {
    const december = { ...day(item('late', 'a', at(23, 59))), toCell: midnightCell + 21_600 };
    const first = publishPlan(channel(), midnightCell, compilePlan(december, films));
    const january = {
      items: [item('new', 'b', at(24, 2))],
      fromCell: december.toCell,
      toCell: december.toCell + 21_600,
    };
    const both = publishPlan(first, midnightCell + 100, compilePlan(january, films));
    expect(aired(both, december.toCell - 15, december.toCell + 61)).toEqual([
      'a[0+15]',
      'slate[0+30]',
      'b[0+30]',
      'slate[0+1]',
    ]);
    expect(publishPlan(both, midnightCell + 200, compilePlan(december, films))).toEqual(both);
  });
  it('after its own end changes nothing', () => {
    expect(publishPlan(published, midnightCell + 30_000, plan)).toBe(published);
  });
});

describe('a cut', () => {
  it('is slate until it ends, and then the plan is where it would have been', () => {
    const cut = startCut(published, one + 5, { id: 'c', toCell: one + 40 });
    expect(aired(cut, one, one + 60)).toEqual(['a[0+5]', 'slate[0+35]', 'b[10+20]']);
    expect(aired(endInterrupt(cut, one + 20, 'c'), one, one + 60)).toEqual([
      'a[0+5]',
      'slate[0+15]',
      'a[20+10]',
      'b[0+30]',
    ]);
  });
  it('without an end lasts, lets plans be published beneath it, and ends on demand', () => {
    const cut = startCut(published, one + 5, { id: 'c' });
    expect(cut.spans.at(-1)).toMatchObject({ revision: 'rev-a', cells: 5 });
    const revised = compilePlan(day(item('ia', 'a', at(1, 0)), item('new', 'b', at(3, 0))), films);
    const ended = endInterrupt(publishPlan(cut, one + 100, revised), one + 200, 'c');
    expect(aired(ended, one + 1799, one + 1831).slice(1)).toEqual(['b[0+30]', 'slate[0+1]']);
    expect(revisionsBetween(ended, one + 200, one + 1000)).toEqual(new Set(['rev-slate']));
  });
  it('wins over an insertion made during it', () => {
    const cut = startCut(published, one, { id: 'c', toCell: one + 20 });
    expect(aired(insert(cut, one + 10, 20, 'join'), one, one + 60)).toEqual(['slate[0+20]', 'urgent[0+10]', 'b[0+30]']);
  });
  it('goes on with the slate that already airs', () => {
    const cut = startCut(published, one - 20, { id: 'c', toCell: one + 5 });
    expect(cut.spans.filter((span) => span.fromCell <= one + 4).at(-1)).toMatchObject({
      firstSegment: 0,
      revision: 'rev-slate',
    });
    expect(aired(cut, one - 20, one + 6)).toEqual(['slate[130+20]', 'slate[0+5]', 'a[5+1]']);
  });
});

function insert(timeline: Timeline, cell: number, cells: number, back: 'join' | 'resume'): Timeline {
  const urgent = films.get('urgent')!;
  const title = { filmId: 'urgent', title: 'Flood warning', kind: 'item', mustWatch: true } as const;
  const named = { revision: urgent.revision!, facts: urgent.facts! };
  return insertFilm(timeline, cell, { id: 'x', cells, film: named, item: title, return: back });
}

describe('an urgent insertion', () => {
  it('is repeated as long as it lasts, and joins the plan', () => {
    expect(aired(insert(published, one + 5, 25, 'join'), one, one + 61)).toEqual([
      'a[0+5]',
      'urgent[0+10]',
      'urgent[0+10]',
      'urgent[0+5]',
      'b[0+30]',
      'slate[0+1]',
    ]);
  });
  it('that resumes goes on with the displaced item until the next one starts', () => {
    // `ib` starts when the plan says, so the rest of `ia` has 15 of its 25 cells.
    expect(aired(insert(published, one + 5, 10, 'resume'), one, one + 60)).toEqual([
      'a[0+5]',
      'urgent[0+10]',
      'a[5+15]',
      'b[0+30]',
    ]);
    // Behind the last item there is only slate to shrink.
    const last = one + 900;
    expect(aired(insert(published, last + 5, 10, 'resume'), last, last + 41)).toEqual([
      'a[0+5]',
      'urgent[0+10]',
      'a[5+25]',
      'slate[0+1]',
    ]);
  });
  it('that resumes slate just joins', () => {
    expect(insert(published, one - 20, 10, 'resume')).toEqual(insert(published, one - 20, 10, 'join'));
  });
  describe('over an item with fillers behind it', () => {
    const ready = film('filler', 20);
    const pool = [{ ...ready, revision: ready.revision!, facts: ready.facts! }];
    const list = day(item('ia', 'a', at(1, 0)), item('ib', 'b', at(1, 4)));
    const filled = publishPlan(channel(), midnightCell, compilePlan(list, films, pool));

    it('lets the displaced item play to its end: fillers give way, the next item does not', () => {
      expect(aired(filled, one, one + 90)).toEqual(['a[0+30]', 'filler[0+20]', 'slate[0+10]', 'b[0+30]']);
      expect(aired(insert(filled, one + 5, 10, 'resume'), one, one + 90)).toEqual([
        ...['a[0+5]', 'urgent[0+10]', 'a[5+25]', 'filler[10+10]', 'slate[0+10]', 'b[0+30]'],
      ]);
      expect(aired(insert(filled, one + 5, 40, 'resume'), one + 45, one + 90)).toEqual(['a[5+15]', 'b[0+30]']);
    });
    it('joins where a filler was displaced: nobody waits for that', () => {
      expect(insert(filled, one + 35, 10, 'resume')).toEqual(insert(filled, one + 35, 10, 'join'));
    });
    it('lasts longer or shorter than it was ordered for, as if it had been ordered so', () => {
      const inserted = insert(filled, one + 5, 10, 'resume');
      const longer = prolongInterrupt(inserted, one + 12, 'x', one + 30);
      expect(longer.spans).toEqual(insert(filled, one + 5, 25, 'resume').spans);
      expect(endInterrupt(longer, one + 15, 'x').spans).toEqual(inserted.spans);
      expect(prolongInterrupt(inserted, one + 12, 'x', one + 14)).toBe(inserted);
      expect(prolongInterrupt(inserted, one + 12, 'other', one + 30)).toBe(inserted);
    });
    it('keeps what waits when the plan is published anew, until another item starts in it', () => {
      const inserted = insert(filled, one + 5, 10, 'resume');
      const again = publishPlan(inserted, one + 12, compilePlan(list, films));
      expect(aired(again, one, one + 90)).toEqual([...['a[0+5]', 'urgent[0+10]', 'a[5+25]', 'slate[0+20]', 'b[0+30]']]);
      const earlier = day(item('ia', 'a', at(1, 0)), item('ib', 'b', at(1, 2)));
      expect(aired(publishPlan(inserted, one + 12, compilePlan(earlier, films)), one, one + 60)).toEqual([
        ...['a[0+5]', 'urgent[0+10]', 'a[5+15]', 'b[0+30]'],
      ]);
    });
    it('shows nothing of what waits once that is withdrawn, and forgets the insertion only when all is over', () => {
      const inserted = insert(filled, one + 5, 10, 'resume');
      expect(aired(withdrawRevision(inserted, one + 20, 'rev-a'), one, one + 40)).toEqual([
        ...['a[0+5]', 'urgent[0+10]', 'a[5+5]', 'slate[0+10]', 'filler[0+10]'],
      ]);
      const cut = startCut(inserted, one + 32, { id: 'c', toCell: one + 34 });
      expect(aired(cut, one, one + 50)).toEqual([
        ...['a[0+5]', 'urgent[0+10]', 'a[5+17]', 'slate[0+2]', 'a[24+6]', 'filler[10+10]'],
      ]);
    });
    it('over another one lets that go on by the clock, and then what waits for it', () => {
      const other = { revision: 'rev-b', facts: films.get('b')!.facts! };
      const title = { filmId: 'b', title: 'Second', kind: 'item', mustWatch: false } as const;
      const second = { id: 'y', cells: 4, film: other, item: title, return: 'resume' } as const;
      expect(aired(insertFilm(insert(filled, one + 5, 10, 'resume'), one + 8, second), one, one + 45)).toEqual([
        ...['a[0+5]', 'urgent[0+3]', 'b[0+4]', 'urgent[7+3]', 'a[5+25]', 'filler[10+5]'],
      ]);
    });
  });
});

describe('a withdrawn revision', () => {
  it('is slate from its cell on, everywhere', () => {
    const without = withdrawRevision(published, one + 10, 'rev-a');
    expect(aired(without, one, one + 60)).toEqual(['a[0+10]', 'slate[0+20]', 'b[0+30]']);
    expect(aired(without, one + 890, one + 940).join()).not.toContain('a[');
    expect(without.withdrawn).toEqual(['rev-a']);
  });
  it('may be published again once it was passed again', () => {
    const again = publishPlan(withdrawRevision(published, one + 10, 'rev-a'), one + 100, plan);
    expect(again.withdrawn).toEqual([]);
    expect(aired(again, one + 900, one + 930)).toEqual(['a[0+30]']);
  });
});

describe('another slate', () => {
  it('begins at its cell, and the old one stays where it aired', () => {
    const next = changeSlate(published, one - 100, { revision: 'rev-new', facts: { ...slate.facts, segments: 60 } });
    expect(aired(next, one - 150, one)).toEqual(['slate[0+50]', 'new[0+60]', 'new[0+40]']);
    expect(aired(next, one + 60, one + 70)).toEqual(['new[0+10]']);
  });
});

describe('housekeeping', () => {
  it('forgets the past without renumbering what stays', () => {
    const shorter = dropBefore(published, one + 5);
    expect(shorter.fromCell).toBe(one);
    expect(shorter.spans).toEqual(published.spans.filter((span) => endCell(span) > one + 5));
    expect(spanAt(shorter, one + 5000)).toEqual(spanAt(published, one + 5000));
    expect(dropBefore(channel(), one)).toEqual(channel());
  });
  it('keeps its numbers when the only item that it still knows is taken off', () => {
    const shorter = dropBefore(published, one + 65);
    const idle = withdrawRevision(shorter, one + 300, 'rev-a');
    expect(idle.spans).toEqual([]);
    expect(spanAt(idle, one + 100)).toEqual(spanAt(published, one + 100));
    expect(spanAt(idle, one + 400)?.dsn).toBe(spanAt(published, one + 400)?.dsn);
  });
  it('opens an epoch that counts from two again', () => {
    const opened = openEpoch(published, '2027', one);
    expect(opened.epochs).toEqual([
      { name: '2026', baseCell: midnightCell, baseDsn: 0 },
      { name: '2027', baseCell: one, baseDsn: (spanAt(published, one)?.dsn ?? 0) - 2 },
    ]);
    expect(openEpoch(opened, '2027', one + 5)).toBe(opened);
  });
});
