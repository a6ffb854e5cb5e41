import { describe, expect, it } from 'vitest';
import type { GapCard } from '../../../../media/contract/gap-card.ts';
import { cellAt } from '../../../../media/grid/cell.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan, withdrawRevision } from '../../../../media/plan/edits.ts';
import { type ReadyCards, wantedCards, withGapCards } from '../../../../media/plan/gap-cards.ts';
import { withFillerRounds } from '../../../../media/plan/guide-rounds.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import { isReady, type PlanItem } from '../../../../media/plan/plan.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { at, channel, day, film, filmTable, item, midnightCell } from './plan-of-a-day.ts';

const rules = {
  timeZone: 'Asia/Shanghai',
  channel: '县频道',
  categoryOf: (id: string) => (id === 'a' ? '政治理论' : undefined),
  isInserted: () => false,
  idOf: canonicalJson,
};
const films = filmTable(film('rice', 30), film('law', 45), film('tiny', 3));
const planOf = (...items: PlanItem[]): Timeline =>
  publishPlan(channel(), midnightCell, compilePlan(day(...items), films));
const range = (hour: number, minute = 0) => ({ fromCell: cellAt(at(hour, minute)), toCell: midnightCell + 43_200 });

/** Cards as if the transcoder had made them. */
const made = (...cards: readonly GapCard[]): ReadyCards =>
  new Map(
    cards.map((card, index) => {
      const facts = { ...film(`c${index}`, 6).facts!, filmId: `c${index}`, title: 'card' };
      return [canonicalJson(card), { revision: `rev-c${index}`, facts }];
    }),
  );
const allOf = (timeline: Timeline, from = range(7)): ReadyCards =>
  made(...wantedCards(timeline, from, rules).map(({ card }) => card));

/** What airs between two clock times: title and cells. */
const shown = (timeline: Timeline, from: number, to: number): string[] =>
  guideRows(timeline, cellAt(from), cellAt(to)).map(
    ({ kind, title, fromCell, toCell }) => `${kind === 'slate' ? '-' : title} ${toCell - fromCell}`,
  );

/** Rice at eight, for two minutes; law at half past eight, to be watched. */
const morning = () =>
  planOf(item('a', 'rice', at(8, 0)), item('b', 'law', at(8, 30), { mustWatch: true, title: '普法' }));

describe('a gap between two items', () => {
  it('asks for the page of the day and for what comes next, and says all that people need', () => {
    const wanted = wantedCards(morning(), range(8, 1), rules).map(({ card }) => card);
    expect(wanted.map(({ kind }) => kind)).toEqual(['next-up', 'today']);
    expect(wanted[0]).toEqual({
      kind: 'next-up',
      channel: '县频道',
      day: '',
      page: 1,
      pages: 1,
      rows: [{ filmId: 'law', when: '08:30', title: '普法', mustWatch: true }],
    });
    expect(wanted[1]).toMatchObject({
      day: '12月1日 星期二',
      rows: [{ title: 'Film rice', category: '政治理论' }, { title: '普法' }],
    });
  });

  it('shows pages first, slate where nothing is left to show, and last what comes next', () => {
    const timeline = morning();
    const filled = withGapCards(timeline, range(7), rules, allOf(timeline));
    expect(shown(filled, at(8, 0), at(8, 33))).toEqual(['Film rice 30', '今日节目 4', '- 411', '接下来 5', '普法 45']);
  });

  it('is slate while no card is there, and shows what is there meanwhile', () => {
    const timeline = morning();
    expect(withGapCards(timeline, range(7), rules, new Map())).toBe(timeline);
    const [next] = wantedCards(timeline, range(7), rules)
      .map(({ card }) => card)
      .filter(({ kind, rows }) => kind === 'next-up' && rows[0]?.title === '普法');
    const filled = withGapCards(timeline, range(7), rules, made(next!));
    expect(shown(filled, at(8, 2), at(8, 31))).toEqual(['- 415', '接下来 5', '普法 45']);
  });

  it('leaves no scrap: a short gap is one card, and of two cells nothing is made', () => {
    for (let cells = 1; cells <= 24; cells += 1) {
      const timeline = planOf(item('a', 'rice', at(8, 0)), item('b', 'law', at(8, 2) + cells * 4000));
      const filled = withGapCards(timeline, range(7), rules, allOf(timeline));
      const rows = shown(filled, at(8, 2), at(8, 2) + cells * 4000);
      const lengths = rows.map((row) => Number(row.split(' ').at(-1)));
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(cells);
      if (cells < 3) expect(rows).toEqual([`- ${cells}`]);
      else {
        expect(Math.min(...lengths), rows.join()).toBeGreaterThanOrEqual(3);
        expect(rows.at(-1)).toMatch(/^接下来/);
      }
    }
  });

  it('shows a part of what must be watched later, and behind it when that is', () => {
    const timeline = planOf(
      item('a', 'rice', at(8, 0)),
      item('b', 'rice', at(9, 0)),
      item('c', 'law', at(20, 0), { mustWatch: true }),
    );
    const filled = withGapCards(timeline, range(7), rules, allOf(timeline));
    const rows = guideRows(filled, cellAt(at(8, 2)), cellAt(at(9, 0)));
    const trailer = rows.findIndex(({ title }) => title === '预告：Film law');
    expect(rows[trailer]).toMatchObject({ kind: 'filler', filmId: 'law' });
    expect(rows[trailer + 1]).toMatchObject({ title: '即将播出' });
    expect(filled.spans.find(({ fromCell }) => fromCell === rows[trailer]?.fromCell)).toMatchObject({
      revision: 'rev-law',
      firstSegment: 15,
      cells: 5,
    });
  });

  it('that is long shows its pages again every half hour, and only in its last twelve hours', () => {
    const timeline = planOf(item('a', 'rice', at(0, 0)), item('b', 'law', at(20, 0)));
    const filled = withGapCards(
      timeline,
      { ...range(0), toCell: midnightCell + 43_200 },
      rules,
      allOf(timeline, range(0)),
    );
    const pages = guideRows(filled, midnightCell, cellAt(at(20, 0))).filter(({ title }) => title === '今日节目');
    expect(pages[0]?.fromCell).toBe(cellAt(at(8, 0)));
    expect(pages).toHaveLength(23);
  });
});

describe('cards on a channel', () => {
  it('are one row of the guide for people, beside a round of fillers', () => {
    const pool = [film('village', 60)].filter(isReady);
    const list = day(item('a', 'rice', at(8, 0)), item('b', 'law', at(8, 30)));
    const turns = { seed: 'county', restCells: 0, freeCells: 15 };
    const timeline = publishPlan(channel(), midnightCell, compilePlan(list, films, pool, turns));
    const filled = withGapCards(timeline, range(7), rules, allOf(timeline));
    const rows = withFillerRounds(guideRows(filled, cellAt(at(8, 2)), cellAt(at(8, 30))));
    expect(rows.map(({ title, toCell, fromCell }) => [title, toCell - fromCell])).toEqual([
      ['片库轮播', 360],
      ['节目预告', 4],
      ['Slate', 51],
      ['节目预告', 5],
    ]);
  });

  it('settle: asking again changes nothing, whoever asks and whenever', () => {
    const timeline = morning();
    const ready = allOf(timeline);
    const filled = withGapCards(timeline, range(7), rules, ready);
    for (const minute of [0, 10, 29]) expect(withGapCards(filled, range(8, minute), rules, ready)).toBe(filled);
  });

  it('keep what aired, and begin in a gap that has begun when they come late', () => {
    const timeline = morning();
    const filled = withGapCards(timeline, range(8, 10), rules, allOf(timeline));
    expect(shown(filled, at(8, 2), at(8, 31))).toEqual(['- 120', '今日节目 4', '- 291', '接下来 5', '普法 45']);
    expect(withGapCards(filled, range(8, 20), rules, allOf(timeline))).toBe(filled);
  });

  it('go when they are no longer true, and never name a film that was withdrawn', () => {
    const timeline = morning();
    const ready = allOf(timeline);
    const filled = withGapCards(timeline, range(7), rules, ready);
    const gone = withdrawRevision(filled, cellAt(at(8, 10)), 'rev-law');
    const after = withGapCards(gone, range(8, 10), rules, ready);
    expect(shown(after, at(8, 10), at(9, 0))).toEqual(['- 750']);
    expect(shown(after, at(8, 2), at(8, 10))[0]).toBe('今日节目 4');
    const wanted = wantedCards(gone, range(8, 10), rules).flatMap(({ card }) => card.rows.map(({ filmId }) => filmId));
    expect(wanted).not.toContain('law');
  });

  it('are wanted no more behind the range, and are taken away when a channel wants none', () => {
    const timeline = morning();
    const filled = withGapCards(timeline, range(7), rules, allOf(timeline));
    const none = { fromCell: cellAt(at(8, 5)), toCell: cellAt(at(8, 5)) };
    expect(wantedCards(timeline, none, rules)).toEqual([]);
    expect(shown(withGapCards(filled, none, rules, allOf(timeline)), at(8, 5), at(8, 30))).toEqual(['- 375']);
  });
});
