import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCivilDays, formatCivilTime, parseCivilDate } from '../../../media/grid/civil-time.ts';
import { cellAt, cellStartAtMs } from '../../../media/grid/cell.ts';
import { expandRepeats } from '../../../media/plan/expand-repeats.ts';
import type { PlanItem } from '../../../media/plan/plan.ts';
import { clearDays, layBlocks } from '../../../player/console/planning/arrange/lay-blocks.ts';
import {
  fromDates,
  fromTemplates,
  sameWeekday,
  sameWeekdayOfMonth,
  templateItems,
} from '../../../player/console/planning/arrange/day-sources.ts';
import { type PlanRow, timesOf } from '../../../player/console/planning/plan-rows.ts';
import { airingOn, blocksOf, detachDay, endBefore, exceptDay } from '../../../player/console/planning/repeat-rows.ts';
import { runs } from '../media/runs.ts';

const zone = 'Asia/Shanghai';
const days = Array.from({ length: 14 }, (_, index) => addCivilDays('2026-11-27', index));
const run = (property: number) => runs(20261130, 400, property);

const repeat = fc.oneof(
  fc.constant({ every: 'day' as const }),
  fc.record({
    every: fc.constant('week' as const),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  }),
  fc.constant({ every: 'month' as const, dates: [1, -1] as number[] }),
  fc.constant({ every: 'month-weekday' as const, weekday: 3, week: 1 }),
);
const ending = fc.record(
  { until: fc.constantFrom(...days), except: fc.subarray(days, { maxLength: 3 }) },
  { requiredKeys: [] },
);
const line = fc.record({
  day: fc.constantFrom(...days),
  clock: fc
    .integer({ min: 0, max: 95 })
    .map((q) => `${String(Math.floor(q / 4)).padStart(2, '0')}:${['00', '15', '30', '45'][q % 4]}:00`),
  startMode: fc.constantFrom('hard' as const, 'hard' as const, 'soft' as const, 'follow' as const),
  filmId: fc.constantFrom('a', 'b', 'c', ''),
  minutes: fc.integer({ min: 5, max: 90 }),
  repeat: fc.option(fc.tuple(repeat, ending), { nil: undefined, freq: 3 }),
});

/** A list as an editor holds it: in order of days, followers on the day of the line before, rules on lines with a start. */
const lists = fc.array(line, { maxLength: 12 }).map((lines): readonly PlanRow[] => {
  const sorted = [...lines].sort((x, y) => (x.day < y.day ? -1 : x.day > y.day ? 1 : 0));
  let day = sorted[0]?.day ?? '';
  return sorted.map(({ minutes, repeat: rule, ...one }, index): PlanRow => {
    const startMode = index === 0 && one.startMode === 'follow' ? 'hard' : one.startMode;
    if (startMode !== 'follow') day = one.day;
    const row = { ...one, id: `r${index}`, day, startMode, clock: startMode === 'follow' ? '' : one.clock };
    const rest = { maxLateMs: 0, filmTitle: one.filmId, filmMs: minutes * 60_000, mustWatch: false, note: '' };
    return { ...row, ...rest, ...(rule && startMode !== 'follow' ? { repeat: { ...rule[0], ...rule[1] } } : {}) };
  });
});
const freshIds = () => {
  let made = 0;
  return () => `n${(made += 1)}`;
};
/** What airs on a day: start and film of every line. */
const airs = (rows: readonly PlanRow[], day: string): string[] =>
  airingOn(rows, day).flatMap((block) => {
    const times = timesOf(block, zone);
    return block.map((row) => `${String(times.get(row.id)?.startAtMs)} ${row.filmId}`);
  });
const chosenDays = fc.subarray(days, { minLength: 1 });

describe('copying and applying', () => {
  it('never loses or changes a line, never doubles one, and tells everything that it leaves out', () => {
    fc.assert(
      fc.property(
        lists,
        chosenDays,
        fc.constantFrom(...days),
        fc.constantFrom('day', 'week', 'template'),
        (rows, targets, source, how) => {
          const freshId = freshIds();
          const items = templateItems(rows, source);
          const template = {
            id: 't',
            name: 't',
            version: 1,
            items: items.map((item) => ({ ...item, filmMs: 600_000 })),
          };
          const { blocks } =
            how === 'template'
              ? fromTemplates(template as unknown as Parameters<typeof fromTemplates>[0], targets, freshId)
              : fromDates(rows, targets, (day) => (how === 'day' ? source : sameWeekday(source, day)), freshId);
          const laid = layBlocks(rows, blocks, zone);
          const kept = new Map(laid.rows.map((row) => [row.id, row]));
          for (const row of rows) expect(kept.get(row.id)).toBe(row);
          expect(kept.size).toBe(laid.rows.length);
          expect(laid.rows.length).toBe(rows.length + laid.placed);
          const left = blocks.filter(([{ day, clock }]) =>
            laid.conflicts.some((one) => one.day === day && one.clock === clock),
          );
          expect(laid.placed + laid.present).toBeGreaterThanOrEqual(blocks.flat().length - left.flat().length);
          // Blocks stay what they were: nobody's followers follow somebody else.
          const shape = (list: readonly PlanRow[]) =>
            new Map(blocksOf(list).map((block) => [block[0].id, block.map(({ id }) => id).join()]));
          const after = shape(laid.rows);
          for (const [id, members] of shape(rows)) expect(after.get(id)).toBe(members);
          // A second time adds nothing.
          const again = layBlocks(
            laid.rows,
            blocks.map(([first, ...others]) => [
              { ...first, id: freshId() },
              ...others.map((row) => ({ ...row, id: freshId() })),
            ]),
            zone,
          );
          expect([again.placed, again.rows]).toEqual([0, laid.rows]);
        },
      ),
      run(1),
    );
  });

  it('clears exactly the days that are to be replaced', () => {
    fc.assert(
      fc.property(lists, chosenDays, (rows, targets) => {
        const cleared = clearDays(rows, targets);
        for (const day of days) {
          expect(airs(cleared, day)).toEqual(targets.includes(day) ? [] : airs(rows, day));
        }
      }),
      run(2),
    );
  });
});

describe('a rule', () => {
  it('airs in the list on the days on which the server writes it out', () => {
    const midnight = (day: string): number => {
      const read = parseCivilDate(day, zone);
      return read.ok ? read.atMs : NaN;
    };
    const last = days.at(-1) ?? '';
    fc.assert(
      fc.property(lists, (rows) => {
        const items = rows.map(({ id, filmId, day, clock, startMode, repeat: rule }): PlanItem => {
          const start = startMode === 'follow' ? {} : { startAtMs: Date.parse(`${day}T${clock}+08:00`) };
          return { id, filmId, startMode, maxLateMs: 0, mustWatch: false, ...start, ...(rule ? { repeat: rule } : {}) };
        });
        const range = { fromCell: cellAt(midnight(days[0] ?? '')), toCell: cellAt(midnight(addCivilDays(last, 1))) };
        const leaders = expandRepeats({ items, ...range }, zone).items.filter(
          ({ startMode }) => startMode !== 'follow',
        );
        const written = leaders.map(
          (one) => `${one.line?.id ?? ''} ${formatCivilTime(one.startAtMs ?? 0, zone).slice(0, 19)}`,
        );
        const listed = days.flatMap((day) => airingOn(rows, day).map(([first]) => `${first.id} ${day}T${first.clock}`));
        expect(listed.sort()).toEqual(written.sort());
        expect(range.fromCell * 4000).toBe(cellStartAtMs(range.fromCell));
      }),
      run(3),
    );
  });

  it('loses one day, or that day and later, and what is changed alone airs as before', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(...days), fc.nat(), (rows, day, which) => {
        const repeating = airingOn(rows, day).filter(
          ([first]) => rows.find(({ id }) => id === first.id)?.repeat !== undefined,
        );
        const id = repeating[which % Math.max(1, repeating.length)]?.[0].id;
        if (id === undefined) return;
        const leadersOn = (list: readonly PlanRow[], on: string): string[] =>
          airingOn(list, on).map(([first]) => first.id);
        for (const on of days) {
          const others = leadersOn(rows, on).filter((one) => one !== id);
          expect(leadersOn(exceptDay(rows, id, day), on).sort()).toEqual(
            (on === day ? others : leadersOn(rows, on)).sort(),
          );
          expect(leadersOn(endBefore(rows, id, day), on).sort()).toEqual(
            (on >= day ? others : leadersOn(rows, on)).sort(),
          );
          expect(airs(detachDay(rows, id, day, freshIds()), on).sort()).toEqual(airs(rows, on).sort());
        }
      }),
      run(4),
    );
  });
});

it('takes for every day the same weekday of the month before, and a fifth one from its last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 14 }), (offset, back) => {
      const day = addCivilDays('2026-01-01', offset);
      const source = sameWeekdayOfMonth(day, back);
      expect(new Date(source).getUTCDay()).toBe(new Date(day).getUTCDay());
      const months = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
      expect(months(day) - months(source)).toBe(back);
      const nth = (date: string): number => Math.ceil(Number(date.slice(8)) / 7);
      expect(nth(source) === nth(day) || (nth(day) === 5 && nth(source) === 4)).toBe(true);
    }),
    run(5),
  );
});
