import { describe, expect, it } from 'vitest';
import { cellAt } from '../../../../media/grid/cell.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import { wantedCards, withGapCards } from '../../../../media/plan/gap-cards.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import { emptyLayer, planLayer } from '../../../../media/plan/layers.ts';
import type { PlanItem } from '../../../../media/plan/plan.ts';
import { type Layers, placeView, settleLayers } from '../../../../media/plan/settle-layers.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { at, channel, day, film, filmTable, item, midnightCell } from './plan-of-a-day.ts';

const rules = {
  timeZone: 'Asia/Shanghai',
  channel: '县频道',
  categoryOf: () => undefined,
  isInserted: () => false,
  idOf: canonicalJson,
};
const films = filmTable(film('rice', 30), film('law', 45), film('own', 60));
const parentOf = (): undefined => undefined;
const range = { fromCell: cellAt(at(7, 0)), toCell: midnightCell + 21_600 };

/** Rice at eight, law at half past, which places may displace, and rice again at nine. */
const county = ((): Timeline => {
  const list = day(
    item('a', 'rice', at(8, 0)),
    item('b', 'law', at(8, 30), { open: true }),
    item('c', 'rice', at(9, 0)),
  );
  const plain = publishPlan(channel(), midnightCell, compilePlan(list, films));
  const cards = wantedCards(plain, range, rules).map(({ id }, index) => {
    const facts = { ...film(`c${index}`, 6).facts!, filmId: `c${index}` };
    return [id, { revision: `rev-c${index}`, facts }] as const;
  });
  return withGapCards(plain, range, rules, new Map(cards));
})();

const settled = (layers: Layers, cell: number, timeline = county): Layers =>
  settleLayers(timeline, layers, parentOf, cell);
const withOwn = (...items: readonly PlanItem[]): Layers =>
  settled(
    new Map([['t1', planLayer(emptyLayer(county, midnightCell), midnightCell, compilePlan(day(...items), films))]]),
    midnightCell,
  );
const shown = (layers: Layers, from: number, to: number): string[] =>
  guideRows(placeView(county, layers, parentOf, 't1').timeline, cellAt(from), cellAt(to)).map(({ kind, title }) =>
    kind === 'slate' ? '-' : title,
  );

describe('cards at a place that airs its own item', () => {
  it('are slate where they name what the place does not air, and stay where they name nothing else', () => {
    const own = withOwn(item('x', 'own', at(8, 30)));
    expect(guideRows(county, cellAt(at(8, 2)), cellAt(at(8, 30))).map(({ title }) => title)).toContain('接下来');
    expect(shown(own, at(8, 2), at(8, 32))).toEqual(['-', 'Film own']);
    expect(shown(own, at(8, 34), at(9, 1)).slice(-2)).toEqual(['接下来', 'Film rice']);
    expect(shown(own, at(8, 34), at(9, 1))).not.toContain('今日节目');
  });

  it('are the county’s where the place airs all that they name', () => {
    const late = withOwn(item('x', 'own', at(8, 32)));
    expect(shown(late, at(8, 2), at(8, 31))).toEqual(['今日节目', '-', '接下来', 'Film law']);
    expect(late.get('t1')).not.toHaveProperty('quiet');
  });

  it('are slate where the place begins something before what they name, while they stand', () => {
    const during = withOwn(item('x', 'own', at(8, 29) + 48_000, { durationMs: 12_000 }));
    const everywhere = { ...county, open: [{ fromCell: midnightCell, toCell: cellAt(at(20, 0)), title: '' }] };
    const layers = settled(during, midnightCell, everywhere);
    const { timeline } = placeView(everywhere, layers, parentOf, 't1');
    const rows = guideRows(timeline, cellAt(at(8, 2)), cellAt(at(8, 31)));
    expect(rows.map(({ kind, title }) => (kind === 'slate' ? '-' : title))).not.toContain('接下来');
    expect(rows.map(({ title }) => title)).toContain('Film own');
  });

  it('are doubted where nobody wrote down what they name', () => {
    const items = Object.entries(county.items).map(
      ([id, { filmId, title, kind, mustWatch }]) => [id, { filmId, title, kind, mustWatch }] as const,
    );
    const old = { ...county, items: Object.fromEntries(items) };
    const layers = settled(withOwn(item('x', 'own', at(8, 30))), midnightCell, old);
    const { timeline } = placeView(old, layers, parentOf, 't1');
    expect(guideRows(timeline, cellAt(at(8, 2)), cellAt(at(8, 30))).map(({ kind }) => kind)).toEqual(['slate']);
  });
});

describe('a layer that an edit does not touch', () => {
  it('is the very same, with the slate that it has instead of cards, whenever it is looked at', () => {
    const own = withOwn(item('x', 'own', at(8, 30)));
    for (const cell of [
      cellAt(at(7, 0)),
      cellAt(at(8, 2)) + 2,
      cellAt(at(8, 30)) - 2,
      cellAt(at(8, 45)),
      cellAt(at(20, 0)),
    ]) {
      expect(settled(own, cell).get('t1')).toBe(own.get('t1'));
    }
  });
});
