import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { guideDifference } from '../../../../media/plan/difference.ts';
import { publishPlan, startCut } from '../../../../media/plan/edits.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import { at, channel, day, film, filmTable, item, midnightCell } from './plan-of-a-day.ts';

const films = filmTable(film('a', 30), film('b', 30));
const plan = compilePlan(
  day(item('ia', 'a', at(1, 0), { mustWatch: true, title: 'Lesson', note: 'bring books' }), item('ib', 'b')),
  films,
);
const timeline = publishPlan(channel(), midnightCell, plan);
const one = midnightCell + 900;

describe('the guide', () => {
  it('lists items with their exact times, and slate where nothing is planned', () => {
    expect(guideRows(timeline, one - 15, one + 75)).toEqual([
      {
        id: `slate-${one - 15}`,
        title: 'Slate',
        kind: 'slate',
        mustWatch: false,
        fromCell: one - 15,
        toCell: one,
        startAtMs: at(0, 59),
        endAtMs: at(1, 0),
      },
      {
        id: 'ia',
        itemId: 'ia',
        filmId: 'a',
        title: 'Lesson',
        kind: 'item',
        mustWatch: true,
        note: 'bring books',
        fromCell: one,
        toCell: one + 30,
        startAtMs: at(1, 0),
        endAtMs: at(1, 2),
      },
      expect.objectContaining({ id: 'ib', title: 'Film b', startAtMs: at(1, 2), endAtMs: at(1, 4) }),
      expect.objectContaining({ id: `slate-${one + 60}`, toCell: one + 75 }),
    ]);
  });
  it('shows an item whole even when only a part of it is asked for', () => {
    expect(guideRows(timeline, one + 10, one + 11)).toMatchObject([{ id: 'ia', fromCell: one, toCell: one + 30 }]);
  });
  it('follows a cut, and names the parts of what it divides', () => {
    const cut = startCut(timeline, one + 5, { id: 'c', toCell: one + 10 });
    const rows = guideRows(cut, one, one + 40).map(({ id, itemId }) => [id, itemId]);
    expect(rows).toEqual([
      ['ia', 'ia'],
      [`slate-${one + 5}`, undefined],
      ['ia.2', 'ia'],
      ['ib', 'ib'],
    ]);
    expect(guideRows(cut, one + 20, one + 21).map(({ id }) => id)).toEqual(['ia.2']);
  });
  it('has one row for a filler that goes on under another id when another plan begins, and two for one that airs twice', () => {
    const filler = { filmId: 'a', title: 'Film a', kind: 'filler', mustWatch: false } as const;
    const run = (itemId: string, fromCell: number, firstSegment: number, dsn: number) => ({
      ...{
        itemId,
        fromCell,
        firstSegment,
        dsn,
        cells: 10,
        revision: timeline.spans.find((s) => s.itemId === 'ia')!.revision,
      },
    });
    const rows = guideRows(
      {
        ...timeline,
        fromCell: one,
        spans: [run('fa', one, 0, 2), run('fa-p2', one + 10, 10, 2), run('fa-p2', one + 20, 0, 3)],
        items: { fa: filler, 'fa-p2': filler },
      },
      one,
      one + 30,
    );
    expect(rows.map(({ fromCell, toCell, kind }) => [fromCell - one, toCell - one, kind])).toEqual([
      [0, 20, 'filler'],
      [20, 30, 'filler'],
    ]);
  });
  it('is one row of slate over as many loops as it takes', () => {
    expect(guideRows(channel(), midnightCell, midnightCell + 21_600)).toMatchObject([
      { kind: 'slate', endAtMs: at(24, 0) },
    ]);
  });
});

describe('the difference of two guides', () => {
  it('says what was added, removed and changed, in order of time', () => {
    const revised = compilePlan(day(item('ia', 'b', at(1, 1), { title: 'Lesson' }), item('ic', 'a', at(5, 0))), films);
    const before = guideRows(timeline, midnightCell, midnightCell + 21_600);
    const after = guideRows(publishPlan(timeline, midnightCell, revised), midnightCell, midnightCell + 21_600);
    expect(guideDifference(before, after)).toMatchObject([
      { kind: 'changed', before: { id: 'ia' }, after: { id: 'ia' }, fields: ['start', 'end', 'film', 'mustWatch'] },
      { kind: 'removed', before: { id: 'ib' } },
      { kind: 'added', after: { id: 'ic' } },
    ]);
    expect(guideDifference(before, before)).toEqual([]);
  });
});
