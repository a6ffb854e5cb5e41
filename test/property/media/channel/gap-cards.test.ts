import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationCell } from '../../../../media/channel/activation.ts';
import type { GapCard } from '../../../../media/contract/gap-card.ts';
import { endCell } from '../../../../media/grid/span.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { type ReadyCards, isGapRun, wantedCards, withGapCards } from '../../../../media/plan/gap-cards.ts';
import { SHORTEST_ITEM_CELLS } from '../../../../media/plan/plan.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { spanAt, spansBetween } from '../../../../media/plan/timeline-spans.ts';
import { runs } from '../runs.ts';
import { histories } from './history.ts';
import { live, stored } from './life.ts';

const rules = {
  timeZone: 'Asia/Shanghai',
  channel: '县频道',
  categoryOf: () => '政治理论',
  isInserted: (itemId: string) => itemId.startsWith('urgent'),
  idOf: (card: GapCard) => canonicalJson(card),
};
const aheadCells = 2000;
const rangeAt = (cell: number) => ({ fromCell: cell, toCell: cell + aheadCells });

/** The cards that a timeline wants, but every so-manieth, as if those were not made yet. */
function readyFor(timeline: Timeline, cell: number, missing: number): ReadyCards {
  const wanted = wantedCards(timeline, rangeAt(cell), rules).filter((_card, index) => (index + 1) % missing !== 0);
  return new Map(
    wanted.map(({ id }) => {
      const facts = { filmId: id, title: 'card', segments: 6, durationMs: 24_000, rungs: ['360p'] };
      return [id, { revision: `card ${id}`, facts: { ...facts, packages: ['ts' as const] } }];
    }),
  );
}

/** What airs on a cell, apart from cards and trailers. */
function itemOn(timeline: Timeline, cell: number): string {
  const span = spanAt(timeline, cell);
  if (span?.itemId === undefined || isGapRun(timeline, span)) return '-';
  return `${span.itemId} ${span.revision} ${span.firstSegment + cell - span.fromCell}`;
}

/** Every edit of many lives, with the cell from which cards may change. */
const check = (seed: number, law: (timeline: Timeline, cell: number, ready: ReadyCards) => void): void =>
  fc.assert(
    fc.property(histories, fc.integer({ min: 2, max: 5 }), (history, missing) => {
      live(history, {
        onEdit: ({ after, atMs }) => {
          const cell = activationCell(atMs);
          law(after, cell, readyFor(after, cell, missing));
        },
      });
    }),
    { ...runs(seed, 15), endOnFailure: true },
  );

describe('cards in the gaps of any channel', () => {
  it('change nothing before the activation cell and no cell of an item, and can be stored', () => {
    check(20261201, (timeline, cell, ready) => {
      const filled = withGapCards(timeline, rangeAt(cell), rules, ready);
      const before = (each: Timeline) => canonicalJson(spansBetween(each, each.fromCell, cell));
      expect(before(filled)).toBe(before(timeline));
      const items = (each: Timeline) => Array.from({ length: 400 }, (_none, index) => itemOn(each, cell + index));
      expect(items(filled)).toEqual(items(timeline));
      expect(canonicalJson(stored(filled))).toBe(canonicalJson(filled));
    });
  });

  it('leave no scrap of a card, and go without a trace', () => {
    check(20261202, (timeline, cell, ready) => {
      const filled = withGapCards(timeline, rangeAt(cell), rules, ready);
      const cut = (at: number) => timeline.interrupts.some(({ fromCell, toCell }) => at === fromCell || at === toCell);
      for (const span of filled.spans.filter((each) => each.fromCell >= cell && isGapRun(filled, each))) {
        const isWhole = !cut(span.fromCell) && !cut(endCell(span)) && span.fromCell > cell;
        if (isWhole) expect(span.cells).toBeGreaterThanOrEqual(SHORTEST_ITEM_CELLS);
      }
      const gone = withGapCards(filled, { fromCell: cell, toCell: cell }, rules, ready);
      expect(canonicalJson(gone.spans)).toBe(canonicalJson(timeline.spans));
    });
  });

  it('stand still once they are there, whoever looks and however much later', () => {
    check(20261203, (timeline, cell, ready) => {
      const filled = withGapCards(timeline, rangeAt(cell), rules, ready);
      expect(canonicalJson(withGapCards(timeline, rangeAt(cell), rules, ready))).toBe(canonicalJson(filled));
      // An edit may forget a cut that is over; then what aired instead of the plan is what lists are made of.
      const known = readyFor(filled, cell, Infinity);
      const settled = withGapCards(filled, rangeAt(cell), rules, known);
      for (const later of [0, 1, 7, 40])
        expect(withGapCards(settled, { fromCell: cell + later, toCell: cell + aheadCells }, rules, known)).toBe(
          settled,
        );
    });
  });
});
