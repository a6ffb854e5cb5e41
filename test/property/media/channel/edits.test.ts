import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { urgentActivationCell } from '../../../../media/channel/activation.ts';
import { asRun } from '../../../../media/channel/as-run.ts';
import { cellStartAtMs } from '../../../../media/grid/cell.ts';
import { type Span, endCell } from '../../../../media/grid/span.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { endInterrupt, insertFilm, startCut } from '../../../../media/plan/edits.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import { spansBetween } from '../../../../media/plan/timeline-spans.ts';
import { type Timeline, tailCell } from '../../../../media/plan/timeline.ts';
import { runs } from '../runs.ts';
import { filmsOf, histories } from './history.ts';
import { live } from './life.ts';

const run = (property: number) => runs(20261202, 150, property);

/** What airs on each cell: revision, segment and item. */
function cellsOf(timeline: Timeline, fromCell: number, toCell: number): string[] {
  return spansBetween(timeline, fromCell, toCell).flatMap((span) =>
    Array.from({ length: span.cells }, (_, i) => `${span.revision}/${span.firstSegment + i}/${span.itemId ?? 'slate'}`),
  );
}

/** The same with slate of whatever phase as one word: slate may begin again after an interruption. */
const plainly = (cells: readonly string[]): string[] => cells.map((cell) => (cell.endsWith('/slate') ? 'slate' : cell));

function expectTiling(spans: readonly Span[]): void {
  spans.forEach((span, index) => {
    expect(span.cells).toBeGreaterThan(0);
    const before = spans[index - 1];
    if (!before) return;
    expect(span.fromCell).toBe(endCell(before));
    const goesOn = span.revision === before.revision && span.firstSegment === before.firstSegment + before.cells;
    expect(span.dsn - before.dsn).toBe(goesOn ? 0 : 1);
  });
}

describe('an edit of a timeline', () => {
  it('keeps every cell before its activation cell, stored form included (I6)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        live(history, {
          onEdit: ({ before, after, activation }) => {
            const frozen = spansBetween(after, after.fromCell, activation);
            expect(canonicalJson(frozen)).toBe(canonicalJson(spansBetween(before, after.fromCell, activation)));
          },
        });
      }),
      run(1),
    );
  });

  it('leaves spans that tile all time, with one discontinuity number more at each boundary and nowhere else (I7)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        live(history, {
          onEdit: ({ after }) => {
            expectTiling(spansBetween(after, after.fromCell, tailCell(after) + 200));
            expect(after.spans.every((span) => span.revision in after.revisions)).toBe(true);
            expect(after.spans.every((span) => span.itemId === undefined || span.itemId in after.items)).toBe(true);
          },
        });
      }),
      run(2),
    );
  });

  it('that interrupts and joins brings back the plan as if nothing had been (I13)', () => {
    fc.assert(
      fc.property(
        histories,
        fc.nat(60),
        fc.integer({ min: 3, max: 60 }),
        fc.boolean(),
        (history, offset, cells, cut) => {
          let at = offset;
          const plan = live(history, { onEdit: ({ atMs }) => (at = urgentActivationCell(atMs) + offset) });
          const film = filmsOf(history)[0]!;
          const item = { filmId: film.facts.filmId, title: 'urgent', kind: 'item', mustWatch: false } as const;
          const interrupted = cut
            ? startCut(plan, at, { id: 'new', toCell: at + cells })
            : insertFilm(plan, at, { id: 'new', cells, film, item, return: 'join' });
          const [from, to] = [at + cells, at + cells + 500];
          expect(plainly(cellsOf(interrupted, from, to))).toEqual(plainly(cellsOf(plan, from, to)));
          const endedEarly = endInterrupt(interrupted, at + 2, 'new');
          expect(plainly(cellsOf(endedEarly, at + 2, to))).toEqual(plainly(cellsOf(plan, at + 2, to)));
        },
      ),
      run(3),
    );
  });

  it('shows slate on every cell of a cut, and nothing of a withdrawn revision from its cell on', () => {
    fc.assert(
      fc.property(histories, (history) => {
        live(history, {
          onEdit: ({ after, activation, deed }) => {
            if (deed.do === 'cut') {
              const to = activation + (deed.cells ?? 300);
              expect(new Set(plainly(cellsOf(after, activation, to)))).toEqual(new Set(['slate']));
            }
            if (deed.do === 'withdraw') {
              const shown = spansBetween(after, activation, activation + 1000).map((span) => span.revision);
              expect(shown).not.toContain(`film${deed.film}`);
            }
          },
        });
      }),
      run(4),
    );
  });
});

describe('the log and the guide of a timeline', () => {
  it('cover every cell of a range once, in order (I14, I15)', () => {
    fc.assert(
      fc.property(histories, fc.nat(300), fc.integer({ min: 1, max: 600 }), (history, skip, length) => {
        const timeline = live(history, {});
        const [from, to] = [timeline.fromCell + skip, timeline.fromCell + skip + length];
        const log = asRun(timeline, from, to);
        expect(log.reduce((sum, row) => sum + row.cells, 0)).toBe(length);
        const rows = guideRows(timeline, from, to);
        for (const list of [log, rows]) {
          for (const [index, row] of list.entries()) {
            if (index > 0) expect(row.startAtMs).toBe(list[index - 1]!.endAtMs);
          }
          expect(list[0]!.startAtMs).toBeLessThanOrEqual(cellStartAtMs(from));
          expect(list.at(-1)!.endAtMs).toBeGreaterThanOrEqual(cellStartAtMs(to));
        }
        expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
        for (const row of rows) {
          const aired = plainly(cellsOf(timeline, row.fromCell, row.toCell)).map((cell) => cell.split('/')[2] ?? cell);
          expect(new Set(aired)).toEqual(new Set([row.itemId ?? 'slate']));
        }
      }),
      run(5),
    );
  });
});
