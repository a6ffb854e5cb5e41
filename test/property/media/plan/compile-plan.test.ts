import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { endCell } from '../../../../media/grid/span.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { checkPlan } from '../../../../media/plan/check-plan.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { findingText } from '../../../../media/plan/finding-text.ts';
import { placeItems } from '../../../../media/plan/place-items.ts';
import {
  type FilmFacts,
  isReady,
  type PlanItem,
  type PlanList,
  SHORTEST_ITEM_CELLS,
} from '../../../../media/plan/plan.ts';
import { runs } from '../runs.ts';

const run = (property: number) => runs(20261204, 1000, property);
const base = cellAt(Date.UTC(2026, 11, 1));

const films = new Map(
  Array.from({ length: 10 }, (_, n): [string, FilmFacts] => {
    const segments = 2 + n * n * 3;
    const state = n === 7 ? 'review' : n === 8 ? 'withdrawn' : 'ready';
    const facts = {
      filmId: `f${n}`,
      title: `Film ${n}`,
      segments,
      durationMs: segments * 4000,
      rungs: ['360p'],
      packages: ['ts' as const],
    };
    return [
      `f${n}`,
      { filmId: `f${n}`, title: `Film ${n}`, state, durationMs: segments * 4000, revision: `r${n}`, facts },
    ];
  }),
);

const item = fc.record(
  {
    filmId: fc.nat(10).map((n) => `f${n}`),
    alternates: fc.array(
      fc.nat(10).map((n) => `f${n}`),
      { maxLength: 3 },
    ),
    startAtMs: fc.integer({ min: -20, max: 900 }).map((cell) => cellStartAtMs(base + cell)),
    startMode: fc.constantFrom('hard' as const, 'soft' as const, 'follow' as const),
    maxLateMs: fc.nat(60).map((cells) => cells * 4000),
    durationMs: fc.integer({ min: 1, max: 400_000 }),
    mustWatch: fc.boolean(),
  },
  { requiredKeys: ['filmId', 'startMode', 'maxLateMs', 'mustWatch'] },
);

/** The same time left open without a film. */
const bare = ({ id, startAtMs, startMode, maxLateMs, durationMs = 60_000 }: PlanItem): PlanItem => ({
  ...{ id, startMode, maxLateMs, durationMs, open: true, mustWatch: false },
  ...(startAtMs === undefined ? {} : { startAtMs }),
});

const lists: fc.Arbitrary<PlanList> = fc.array(item, { maxLength: 25 }).map((items) => ({
  items: items.map((each, index): PlanItem =>
    index % 5 === 4 ? bare({ id: `i${index}`, ...each }) : { id: `i${index}`, ...each },
  ),
  fromCell: base,
  toCell: base + 800,
}));

/** Films that fill holes: any of those that are ready. */
const pools = fc.subarray([...films.values()].filter(isReady));

/** Blocks of a list: an item with a start and the followers behind it. */
function blocksOf(items: readonly PlanItem[]): PlanItem[][] {
  const blocks: PlanItem[][] = [];
  for (const each of items) {
    if (each.startMode === 'follow' && blocks.length > 0) blocks.at(-1)!.push(each);
    else blocks.push([each]);
  }
  return blocks;
}

describe('slots without a film', () => {
  it('air nothing of their own, wait for nothing, and are open wherever nothing covers them', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const { runs, open = [], items, itemSlots = [] } = compilePlan(list, films);
        const bareIds = new Set(list.items.flatMap(({ id, filmId }) => (filmId === undefined ? [id] : [])));
        expect(runs.filter(({ itemId = '' }) => bareIds.has(itemId))).toEqual([]);
        expect(itemSlots.filter(({ itemId }) => bareIds.has(itemId))).toEqual([]);
        expect(Object.keys(items).filter((id) => bareIds.has(id))).toEqual([]);
        const isOpen = (cell: number): boolean => open.some((slot) => slot.fromCell <= cell && cell < slot.toCell);
        for (const { item: each, fromCell, cells } of placeItems(list, films).placements) {
          if (!bareIds.has(each.id)) continue;
          for (
            let cell = Math.max(fromCell, list.fromCell);
            cell < Math.min(fromCell + cells, list.toCell);
            cell += 1
          ) {
            expect(isOpen(cell)).toBe(true);
            expect(runs.some((run) => run.fromCell <= cell && cell < run.fromCell + run.cells)).toBe(false);
          }
        }
      }),
      run(5),
    );
  });
});

describe('compiling any list', () => {
  it('gives ordered runs inside the plan that do not overlap and begin at a first segment or at the plan (I18)', () => {
    fc.assert(
      fc.property(lists, pools, (list, pool) => {
        const { runs, revisions, items } = compilePlan(list, films, pool);
        let free = list.fromCell;
        for (const each of runs) {
          expect(each.fromCell).toBeGreaterThanOrEqual(free);
          expect(each.firstSegment === 0 || each.fromCell === list.fromCell).toBe(true);
          expect(each.firstSegment + each.cells).toBeLessThanOrEqual(revisions[each.revision]!.segments);
          expect(films.get(items[each.itemId!]!.filmId)!.state).toBe('ready');
          free = endCell(each);
        }
        expect(free).toBeLessThanOrEqual(list.toCell);
      }),
      run(1),
    );
  });

  it('puts hard items at their cell and soft ones at most as late as they allow (I10, I11)', () => {
    fc.assert(
      fc.property(lists, (list) => {
        for (const { item: each, fromCell } of placeItems(list, films).placements) {
          if (each.startMode === 'follow') continue;
          const late = fromCell - cellAt(each.startAtMs!);
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late * 4000).toBeLessThanOrEqual(each.startMode === 'soft' ? each.maxLateMs : 0);
        }
      }),
      run(2),
    );
  });

  it('gives the same bytes again, and for the same blocks in another order (I20)', () => {
    fc.assert(
      fc.property(lists, pools, fc.infiniteStream(fc.nat()), (list, pool, keys) => {
        const text = canonicalJson(compilePlan(list, films, pool));
        const turned = [new Map([...films].reverse()), [...pool].reverse()] as const;
        expect(canonicalJson(compilePlan(structuredClone(list), ...turned))).toBe(text);
        const [head] = list.items;
        if (
          head?.startMode === 'follow' ||
          list.items.some((each) => each.startMode !== 'follow' && each.startAtMs === undefined)
        )
          return;
        const shuffled = blocksOf(list.items)
          .map((block) => ({ block, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .flatMap(({ block }) => block);
        expect(canonicalJson(compilePlan({ ...list, items: shuffled }, films, pool))).toBe(text);
      }),
      run(3),
    );
  });

  it('airs the same items with fillers as without, and leaves no hole that a filler would fit', () => {
    fc.assert(
      fc.property(lists, pools, (list, pool) => {
        const { runs, items } = compilePlan(list, films, pool);
        const planned = runs.filter((each) => items[each.itemId!]!.kind === 'item');
        expect(planned).toEqual(compilePlan(list, films).runs);
        const usable = pool.map(({ facts }) => facts.segments).filter((segments) => segments >= SHORTEST_ITEM_CELLS);
        const shortest = Math.min(Infinity, ...usable);
        let free = list.fromCell;
        for (const each of [...runs, { fromCell: list.toCell, cells: 0, itemId: undefined, revision: '' }]) {
          expect(each.fromCell - free).toBeLessThan(shortest);
          free = each.fromCell + each.cells;
          if (each.itemId !== undefined && items[each.itemId]!.kind === 'filler') {
            expect(each.cells).toBe(films.get(items[each.itemId]!.filmId)!.facts!.segments);
          }
        }
      }),
      run(4),
    );
  });

  it('lets fillers take turns: none comes near another airing of it, and those of one length air equally often', () => {
    const even = [1, 2, 3, 4]
      .map((n) => ({ ...films.get('f2')!, filmId: `even${n}`, revision: `even${n}` }))
      .filter(isReady);
    fc.assert(
      fc.property(lists, pools, fc.nat(100), fc.string({ maxLength: 3 }), (list, pool, restCells, seed) => {
        const { runs, items } = compilePlan(list, films, pool, { seed, restCells });
        const isFiller = (each: (typeof runs)[number]): boolean => items[each.itemId!]!.kind === 'filler';
        for (const filler of runs.filter(isFiller)) {
          for (const other of runs.filter((each) => each !== filler && each.revision === filler.revision)) {
            const apart = Math.max(other.fromCell - endCell(filler), filler.fromCell - endCell(other));
            expect(apart).toBeGreaterThanOrEqual(restCells);
          }
        }
        const shown = compilePlan(list, films, even, { seed, restCells: 0 }).runs.map(({ revision }) => revision);
        const counts = even.map((film) => shown.filter((revision) => revision === film.revision).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
      runs(20261204, 300, 9),
    );
  });

  it('airs every ready item whole, on time and in the plan unless a finding says otherwise', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const context = {
          films,
          atMs: cellStartAtMs(base - 30_000),
          timeZone: 'Asia/Shanghai',
          package: 'ts' as const,
        };
        const findings = checkPlan(list, context);
        for (const finding of findings) {
          expect(findingText(finding, 'en')).not.toMatch(/undefined|NaN|""/);
          expect(findingText(finding, 'zh')).not.toMatch(/undefined|NaN|《》/);
          const isTimeless = ['empty_plan', 'start_missing', 'follow_without_previous'].includes(finding.code);
          const start = isTimeless ? '' : String(finding.params['start']);
          expect(findingText(finding, 'en')).toContain(start);
          expect(findingText(finding, 'zh')).toContain(start);
        }
        const named = new Set(findings.flatMap(({ row, params }) => [row, params['otherRow']]));
        const { runs } = compilePlan(list, films);
        list.items.forEach((each, index) => {
          if (each.filmId === undefined) return;
          const film = films.get(each.filmId);
          const aired = runs.filter((part) => part.itemId === each.id);
          const whole = aired.length === 1 && aired[0]!.firstSegment === 0 && aired[0]!.cells === film?.facts?.segments;
          if (!whole) expect(named).toContain(index + 1);
        });
      }),
      run(5),
    );
  });
});
