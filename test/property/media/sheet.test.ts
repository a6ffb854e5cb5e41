import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilCell } from '../../../media/grid/cell.ts';
import { parseCivilDate } from '../../../media/grid/civil-time.ts';
import type { FilmFacts, PlanItem } from '../../../media/plan/plan.ts';
import { applySheet, bareSlotFilm, type MatchedRow } from '../../../media/sheet/apply-sheet.ts';
import { isBareSlotRow, readSheet } from '../../../media/sheet/read-sheet.ts';
import { writeSheet } from '../../../media/sheet/write-sheet.ts';

const zone = 'Asia/Shanghai';
const [from, to] = ['2026-03-01', '2026-03-08'];
const instant = (date: string): number => {
  const read = parseCivilDate(date, zone);
  return read.ok ? read.atMs : NaN;
};
const fromMs = instant(from);
const bounds = { fromCell: ceilCell(fromMs), toCell: ceilCell(instant(to)) };
const films = new Map<string, FilmFacts>(
  ['春耕备耕', '党课：开讲', '果树 修剪', '“=1+1”', '党课：开讲'].map((title, n) => {
    const filmId = `0000000000000000000000000${n}`;
    return [filmId, { filmId, title, state: 'ready', durationMs: 61_500 * (n + 1) }];
  }),
);

const repeat = fc.oneof(
  fc.constant({ every: 'day' } as const),
  fc.record({
    every: fc.constant('week' as const),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  }),
  fc.record({
    every: fc.constant('day' as const),
    except: fc.constantFrom(['2026-03-03'], ['2026-03-02', '2026-03-05']),
  }),
);
const item = fc.record(
  {
    filmId: fc.constantFrom(...films.keys()),
    cell: fc.integer({ min: 0, max: bounds.toCell - bounds.fromCell - 1 }),
    startMode: fc.constantFrom('hard' as const, 'soft' as const, 'follow' as const),
    maxLateMs: fc.integer({ min: 1, max: 900_000 }),
    mustWatch: fc.boolean(),
    durationMs: fc.integer({ min: 12_000, max: 60_000 }),
    title: fc.constantFrom('别名', '党课：别名', ' a，b"c'.trim()),
    note: fc.constantFrom('重播', '=cmd'),
    alternates: fc.constant([[...films.keys()][1] ?? '']),
    repeat,
  },
  { requiredKeys: ['filmId', 'cell', 'startMode', 'maxLateMs', 'mustWatch'] },
);
/** The same time left open without a film. */
function bare({ durationMs = 61_500, ...item }: PlanItem): PlanItem {
  const said = Object.entries(item).filter(([name]) => name !== 'filmId' && name !== 'alternates');
  return { ...(Object.fromEntries(said) as unknown as PlanItem), durationMs, open: true, mustWatch: false };
}
const list = fc.uniqueArray(item, { maxLength: 12, selector: ({ cell, filmId }) => `${cell} ${filmId}` }).map((drawn) =>
  drawn.map(({ cell, startMode, maxLateMs, repeat, ...rest }, n): PlanItem => {
    const mode = n === 0 ? 'hard' : startMode;
    const item: PlanItem = {
      ...rest,
      id: `i${n}`,
      startMode: mode,
      maxLateMs: mode === 'soft' ? maxLateMs : 0,
      ...(mode === 'follow' ? {} : { startAtMs: fromMs + cell * 4000, ...(repeat === undefined ? {} : { repeat }) }),
    };
    return n % 4 === 3 ? bare(item) : item;
  }),
);

const rowsOf = (items: readonly PlanItem[]): MatchedRow[] => {
  const cells = writeSheet({ items, ...bounds }, films, zone);
  const lines = cells.map((each, n) => ({ line: n + 1, cells: each }));
  const { rows, findings } = readSheet([{ name: 'plan', lines }], { from, to });
  expect(
    findings.filter(({ severity, code }) => severity === 'error' && code !== 'row_twice' && code !== 'empty_sheet'),
  ).toEqual([]);
  return rows.map((row) => {
    if (isBareSlotRow(row)) return { row, film: bareSlotFilm };
    const film = films.get(row.film ?? '');
    return { row, film: { filmId: row.film ?? '', title: film?.title ?? '', durationMs: film?.durationMs ?? 0 } };
  });
};
const apply = (items: readonly PlanItem[], rows: readonly MatchedRow[]): readonly PlanItem[] => {
  let n = 0;
  return applySheet({ items, ...bounds }, rows, { timeZone: zone, newId: () => `new-${(n += 1)}` });
};

describe('a sheet and a plan', () => {
  it('export and import change nothing', () => {
    fc.assert(
      fc.property(list, (items) => {
        expect(apply(items, rowsOf(items))).toBe(items);
      }),
      { numRuns: 150 },
    );
  });
  it('any sheet makes the list that says the same as the sheet, and other days stay', () => {
    fc.assert(
      fc.property(list, list, fc.constantFrom('2026-03-02', '2026-03-05'), (before, wanted, onlyDay) => {
        const rows = rowsOf(wanted).filter(({ row }) => row.date >= onlyDay);
        const after = apply(before, rows);
        const days = new Set(rows.map(({ row }) => row.date));
        const said = (items: readonly PlanItem[], of: (date: string) => boolean) =>
          writeSheet({ items, ...bounds }, films, zone)
            .slice(1)
            .filter(([date = '']) => of(date))
            // The end of what overruns depends on what comes next.
            .map((cells) => [...cells.slice(0, 2), cells[7] === '紧接' ? '' : cells[2], ...cells.slice(4)].join('|'));
        expect(said(after, (date) => days.has(date)).sort()).toEqual(said(wanted, (date) => days.has(date)).sort());
        expect(said(after, (date) => !days.has(date)).sort()).toEqual(said(before, (date) => !days.has(date)).sort());
        expect(apply(after, rows)).toBe(after);
        expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
      }),
      { numRuns: 150 },
    );
  });
});
