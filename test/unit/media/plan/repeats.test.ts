import { describe, expect, it } from 'vitest';
import { formatCivilTime } from '../../../../media/grid/civil-time.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { countExpanded, expandRepeats } from '../../../../media/plan/expand-repeats.ts';
import type { PlanItem, PlanList } from '../../../../media/plan/plan.ts';
import { repeatDates } from '../../../../media/plan/repeats.ts';
import { at, day, film, filmTable, item, midnightCell } from './plan-of-a-day.ts';

const zone = 'Asia/Shanghai';
const december = (...items: PlanItem[]): PlanList => ({ ...day(...items), toCell: midnightCell + 31 * 21_600 });
const daysOf = (dates: readonly string[]): string[] => dates.map((date) => date.slice(5));

describe('the days of a repeat', () => {
  it('are daily, but for the exceptions and up to its last day', () => {
    const rule = { every: 'day', until: '2026-12-05', except: ['2026-12-02', '2026-12-04'] } as const;
    expect(daysOf(repeatDates(rule, '2026-12-01', '2026-12-31'))).toEqual(['12-01', '12-03', '12-05']);
    expect(repeatDates(rule, '2026-12-06', '2026-12-31')).toEqual([]);
  });
  it('are weekdays, Monday first', () => {
    const rule = { every: 'week', weekdays: [1, 7] } as const;
    expect(daysOf(repeatDates(rule, '2026-12-01', '2026-12-15'))).toEqual(['12-06', '12-07', '12-13', '12-14']);
  });
  it('are dates of the month; a month without the date is passed over, and the last day is -1', () => {
    const days = (...dates: number[]) => daysOf(repeatDates({ every: 'month', dates }, '2027-01-01', '2027-04-30'));
    expect(days(31)).toEqual(['01-31', '03-31']);
    expect(days(-1)).toEqual(['01-31', '02-28', '03-31', '04-30']);
    expect(days(1, 29)).toEqual(['01-01', '01-29', '02-01', '03-01', '03-29', '04-01', '04-29']);
    expect(repeatDates({ every: 'month', dates: [29] }, '2028-02-01', '2028-02-29')).toEqual(['2028-02-29']);
  });
  it('are the second, the fifth or the last such weekday of the month', () => {
    const days = (week: number) =>
      daysOf(repeatDates({ every: 'month-weekday', weekday: 2, week }, '2026-11-01', '2027-01-31'));
    expect(days(2)).toEqual(['11-10', '12-08', '01-12']);
    expect(days(5)).toEqual(['12-29']);
    expect(days(-1)).toEqual(['11-24', '12-29', '01-26']);
  });
});

describe('a list with repeats', () => {
  const weekly = item('w', 'a', at(19, 30), { repeat: { every: 'week', weekdays: [2] } });
  it('is written out at the county time of its start, with what follows it', () => {
    const { items } = expandRepeats(december(item('x', 'a', at(8, 0)), weekly, item('f', 'b')), zone);
    expect(items.map(({ id, line }) => [id, line?.id, line?.row])).toEqual([
      ['x', 'x', 1],
      ...['01', '08', '15', '22', '29'].flatMap((date) => [
        [`w_202612${date}`, 'w', 2],
        [`f_202612${date}`, 'f', 3],
      ]),
    ]);
    expect(items.filter(({ id }) => id.startsWith('w_')).map((each) => formatCivilTime(each.startAtMs!, zone))).toEqual(
      ['01', '08', '15', '22', '29'].map((date) => `2026-12-${date}T19:30:00+08:00`),
    );
  });
  it('begins with the plan where its first start was before, and never before its first start', () => {
    const since = (startAtMs: number) =>
      expandRepeats(december(item('d', 'a', startAtMs, { repeat: { every: 'day' } })), zone).items.length;
    expect(since(at(-24 * 40, 0))).toBe(31);
    expect(since(at(24 * 30, 0))).toBe(1);
  });
  it('keeps the time of day over summer time, and in a night that skips it airs as long after midnight', () => {
    const startAtMs = Date.UTC(2027, 2, 26, 1, 30);
    const list = {
      ...december(item('d', 'a', startAtMs, { repeat: { every: 'day' } })),
      fromCell: startAtMs / 4000 - 5000,
    };
    const { items } = expandRepeats({ ...list, toCell: list.fromCell + 4 * 21_600 }, 'Europe/Berlin');
    expect(items.map((each) => formatCivilTime(each.startAtMs!, 'Europe/Berlin'))).toEqual([
      '2027-03-26T02:30:00+01:00',
      '2027-03-27T02:30:00+01:00',
      '2027-03-28T03:30:00+02:00',
      '2027-03-29T02:30:00+02:00',
    ]);
  });
  it('is counted without being written out, and written out once', () => {
    const list = december(weekly, item('f', 'b'));
    const expanded = expandRepeats(list, zone);
    expect(countExpanded(list, zone)).toBe(10);
    expect(expandRepeats(expanded, zone)).toEqual(expanded);
  });
  it('airs on each of its days', () => {
    const compiled = compilePlan(expandRepeats(december(weekly), zone), filmTable(film('a', 30)));
    expect(compiled.runs.map(({ fromCell }) => (fromCell - midnightCell) / 21_600)).toEqual(
      [0, 7, 14, 21, 28].map((days) => days + 19.5 / 24),
    );
  });
});
