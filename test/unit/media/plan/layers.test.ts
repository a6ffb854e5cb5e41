import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan, startCut } from '../../../../media/plan/edits.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import { type PlaceLayer, planLayer } from '../../../../media/plan/layers.ts';
import { cutRun } from '../../../../media/grid/span.ts';
import { joinedRanges, withoutRanges } from '../../../../media/plan/cell-ranges.ts';
import type { FilmFacts, PlanItem } from '../../../../media/plan/plan.ts';
import { layerOf, placeView, settleLayers } from '../../../../media/plan/settle-layers.ts';
import { emptyTimeline, type Interrupt, type NamedRevision, type Timeline } from '../../../../media/plan/timeline.ts';
import { spanAt } from '../../../../media/plan/timeline-spans.ts';

const film = (name: string, segments: number): NamedRevision => ({
  revision: name,
  facts: { filmId: name, title: name, segments, durationMs: segments * 4000, rungs: ['720p'], packages: ['ts'] },
});
const films = [film('county', 100), film('local', 40), film('village', 20)];
const table = new Map<string, FilmFacts>(
  films.map(({ revision, facts }) => [facts.filmId, { ...facts, state: 'ready', revision, facts }]),
);
const item = (id: string, filmId: string, cell: number, more: Partial<PlanItem> = {}): PlanItem => ({
  ...{ id, filmId, startAtMs: cell * 4000, startMode: 'hard', maxLateMs: 0, mustWatch: false },
  ...more,
});
const compiled = (items: readonly PlanItem[]) => compilePlan({ items, fromCell: 1000, toCell: 2000 }, table);
const parentOf = (place: string): string | undefined => ({ t1: 'county', v1: 't1' })[place];

const channelOf = (items: readonly PlanItem[]): Timeline =>
  publishPlan(emptyTimeline('county', '2026', 900, film('slate', 900)), 1000, compiled(items));
/** A channel whose item at 1100 is open and whose item at 1200 must be watched. */
const channel = channelOf([
  item('open', 'county', 1100, { open: true }),
  item('must', 'county', 1200, { mustWatch: true, open: true }),
]);

const nothing: ReadonlyMap<string, PlaceLayer> = new Map();
const withPlan = (layers: ReadonlyMap<string, PlaceLayer>, place: string, items: readonly PlanItem[]) => {
  const layer = layerOf(channel, layers, parentOf, { code: place, nowCell: 950 });
  return settleLayers(channel, new Map([...layers, [place, planLayer(layer, 1000, compiled(items))]]), parentOf, 1000);
};
const airs = (timeline: Timeline): string[] =>
  guideRows(timeline, 1000, 1400)
    .filter(({ kind }) => kind === 'item')
    .map(({ itemId = '', fromCell, toCell }) => `${itemId} ${fromCell}-${toCell}`);
const seen = (layers: ReadonlyMap<string, PlaceLayer>, place: string) =>
  airs(placeView(channel, layers, parentOf, place).timeline);

describe('a slot that is open without a film', () => {
  const list: PlanItem[] = [
    {
      id: 'bare',
      startAtMs: 4_400_000,
      startMode: 'hard',
      maxLateMs: 0,
      durationMs: 400_000,
      mustWatch: false,
      open: true,
    },
    item('next', 'county', 1200),
  ];
  const bare = channelOf(list);

  it('shows what fills gaps, and nothing of it stands in guides', () => {
    expect(bare.open).toEqual([{ title: '乡镇自办', fromCell: 1100, toCell: 1200 }]);
    expect(airs(bare)).toEqual(['next 1200-1300']);
    expect(bare.itemSlots ?? []).toEqual([]);
    const filled = compilePlan({ items: list, fromCell: 1000, toCell: 2000 }, table, [
      { ...table.get('village')!, revision: 'village', facts: films[2]!.facts },
    ]);
    expect(filled.runs.filter(({ fromCell }) => fromCell >= 1100 && fromCell < 1200).length).toBeGreaterThan(0);
  });

  it('is filled by a place, which alone sees what it put there', () => {
    const layer = layerOf(bare, nothing, parentOf, { code: 't1', nowCell: 950 });
    const planned = planLayer(layer, 1000, compiled([item('t1~a', 'local', 1130)]));
    const layers = settleLayers(bare, new Map([['t1', planned]]), parentOf, 1000);
    expect(airs(placeView(bare, layers, parentOf, 't1').timeline)).toEqual(['t1~a 1130-1170', 'next 1200-1300']);
    expect(airs(placeView(bare, layers, parentOf, 't2').timeline)).toEqual(['next 1200-1300']);
  });
});

describe('a place’s own items', () => {
  it('air in open cells, and the channel goes on around them where the clock is', () => {
    const layers = withPlan(nothing, 't1', [item('t1~a', 'local', 1130)]);
    expect(seen(layers, 't1')).toEqual(['open 1100-1130', 't1~a 1130-1170', 'open 1170-1200', 'must 1200-1300']);
    expect(seen(layers, 't2')).toEqual(airs(channel));
  });

  it('never displace what must be watched, though somebody called it open', () => {
    expect(channel.open).toEqual([{ title: 'county', fromCell: 1100, toCell: 1200 }]);
    const layers = withPlan(nothing, 't1', [item('t1~a', 'local', 1190), item('t1~b', 'local', 1240)]);
    expect(seen(layers, 't1')).toEqual(['open 1100-1190', 't1~a 1190-1200', 'must 1200-1300']);
  });

  it('give way to those of the place above', () => {
    const township = withPlan(nothing, 't1', [item('t1~a', 'local', 1130)]);
    const both = withPlan(township, 'v1', [item('v1~x', 'village', 1110), item('v1~y', 'village', 1150)]);
    expect(seen(both, 'v1').slice(0, 4)).toEqual([
      'open 1100-1110',
      'v1~x 1110-1130',
      't1~a 1130-1170',
      'open 1170-1200',
    ]);
  });

  it('give way to a cut of the channel, and come back where they then would be', () => {
    const layers = withPlan(nothing, 't1', [item('t1~a', 'local', 1130)]);
    const cut = startCut(channel, 1140, { id: 'c', toCell: 1150 });
    const settled = settleLayers(cut, layers, parentOf, 1140);
    const { timeline } = placeView(cut, settled, parentOf, 't1');
    expect(airs(timeline).slice(1, 3)).toEqual(['t1~a 1130-1140', 't1~a 1150-1170']);
  });
});

describe('what an insertion at a place displaced', () => {
  /** Inserts at 1140 for 20 cells what lets the item that airs there go on. */
  const inserted = (layers: ReadonlyMap<string, PlaceLayer>, toCell: number) => {
    const layer = layerOf(channel, layers, parentOf, { code: 't1', nowCell: 950 });
    const { timeline } = placeView(channel, layers, parentOf, 't1');
    const airing = spanAt(timeline, 1140);
    const resumes = airing && cutRun(airing, 1140, Infinity);
    const urgent: Interrupt = {
      ...{ id: 'u', kind: 'insertion', fromCell: 1140, toCell, revision: 'village', itemId: 't1~u' },
      ...(resumes === undefined ? {} : { resumes }),
    };
    const next = {
      ...layer,
      interrupts: [urgent],
      revisions: timeline.revisions,
      items: { ...timeline.items, 't1~u': { filmId: 'village', title: 'u', kind: 'item', mustWatch: false } },
    } as const;
    const revisions = { ...next.revisions, village: film('village', 20).facts };
    return settleLayers(channel, new Map([['t1', { ...next, revisions }]]), parentOf, 1130);
  };

  it('goes on behind it, of the place’s own as long as its slot lasts', () => {
    const layers = inserted(withPlan(nothing, 't1', [item('t1~a', 'local', 1130)]), 1160);
    expect(seen(layers, 't1').slice(1)).toEqual([
      't1~a 1130-1140',
      't1~u 1140-1160',
      't1~a 1160-1190',
      'open 1190-1200',
      'must 1200-1300',
    ]);
    const long = inserted(withPlan(nothing, 't1', [item('t1~a', 'local', 1130)]), 1185);
    expect(seen(long, 't1').slice(2)).toEqual(['t1~u 1140-1185', 't1~a 1185-1200', 'must 1200-1300']);
  });

  it('goes on until the county’s next item, at once where the insertion is taken back, and not at all behind that', () => {
    expect(seen(inserted(nothing, 1160), 't1')).toEqual([
      'open 1100-1140',
      't1~u 1140-1160',
      'open 1160-1200',
      'must 1200-1300',
    ]);
    const airing = spanAt(placeView(channel, inserted(nothing, 1145), parentOf, 't1').timeline, 1145);
    expect(airing).toMatchObject({ itemId: 'open', firstSegment: 40 });
    expect(seen(inserted(nothing, 1210), 't1')).toEqual(['open 1100-1140', 't1~u 1140-1210', 'must 1210-1300']);
  });
});

describe('ranges of cells', () => {
  it('are joined and taken out of each other', () => {
    const range = (fromCell: number, toCell: number) => ({ fromCell, toCell });
    expect(joinedRanges([range(5, 9), range(1, 3), range(3, 6)])).toEqual([range(1, 9)]);
    expect(withoutRanges([range(0, 10), range(20, 30)], [range(2, 3), range(5, 22)])).toEqual([
      ...[range(0, 2), range(3, 5), range(22, 30)],
    ]);
    expect(withoutRanges([range(0, Infinity)], [range(4, Infinity)])).toEqual([range(0, 4)]);
  });
});
