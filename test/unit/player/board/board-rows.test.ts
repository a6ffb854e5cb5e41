import { describe, expect, it } from 'vitest';
import { boardMode } from '../../../../player/board/board-mode.ts';
import { announcedInTime, type BoardItem, byDay, daysAhead, screensOf } from '../../../../player/board/board-rows.ts';
import { countyClock } from '../../../../player/shared/county-clock.ts';

const county = countyClock('Asia/Shanghai');
const midnight = Date.UTC(2026, 11, 4, 16);
const hourMs = 3_600_000;
const item = (hour: number, more: Partial<BoardItem> = {}): BoardItem => ({
  ...{ id: `i${hour}`, title: `节目${hour}`, kind: 'item', mustWatch: false },
  ...{ startAtMs: midnight + hour * hourMs, endAtMs: midnight + (hour + 1) * hourMs },
  ...{ firstPublishedAtMs: midnight - 48 * hourMs, ...more },
});

describe('the rows of a board', () => {
  it('are what is on air and to come, by county day', () => {
    const items = [
      item(8),
      item(9),
      item(9.5, { kind: 'filler' }),
      item(25),
      item(26, { kind: 'slate', insteadOf: '迟到的片' }),
    ];
    const days = daysAhead(items, midnight + 9.5 * hourMs, county);
    expect(days.map(({ day, items }) => [day, items.map(({ id }) => id)])).toEqual([
      ['2026-12-05', ['i9']],
      ['2026-12-06', ['i25', 'i26']],
    ]);
  });
  it('show what runs over midnight on both days, with its part of each', () => {
    const days = byDay([item(23.5), item(24.5)], county);
    const hours = (atMs: number) => (atMs - midnight) / hourMs;
    expect(
      days.map(({ day, items }) => [day, items.map(({ startAtMs, endAtMs }) => [hours(startAtMs), hours(endAtMs)])]),
    ).toEqual([
      ['2026-12-05', [[23.5, 24]]],
      [
        '2026-12-06',
        [
          [24, 24.5],
          [24.5, 25.5],
        ],
      ],
    ]);
    expect(daysAhead([item(23.5)], midnight + 24.2 * hourMs, county).map(({ day }) => day)).toEqual(['2026-12-06']);
  });
  it('turn into screens of so many lines, a day that goes on with its heading again, none with a heading alone', () => {
    const days = byDay([...Array.from({ length: 9 }, (_, n) => item(n)), ...[24, 25, 26].map((n) => item(n))], county);
    const screens = screensOf(days, 5).map(({ days }) =>
      days.map(({ day, items }) => `${day.slice(8)}: ${items.length}`),
    );
    expect(screens).toEqual([['05: 4'], ['05: 4'], ['05: 1', '06: 2'], ['06: 1']]);
    expect(screensOf(byDay([item(0), item(1), item(2), item(24)], county), 5).map(({ days }) => days.length)).toEqual([
      1, 1,
    ]);
    expect(screensOf([], 5)).toEqual([]);
  });
  it('say how many were announced a day ahead', () => {
    expect(announcedInTime([])).toBeUndefined();
    expect(announcedInTime([item(8), item(9, { firstPublishedAtMs: midnight })])).toBe(0.5);
  });
});

describe('the form of a board', () => {
  it.each([
    ['', { kind: 'screen' }],
    ['?mode=tv', { kind: 'television' }],
    ['?print=a3', { kind: 'paper', paper: 'a3' }],
    ['?print=', { kind: 'paper', paper: 'a4' }],
    ['?print=../x', { kind: 'paper', paper: 'a4' }],
    ['?changes=a3', { kind: 'changes', paper: 'a3' }],
  ])('%j is %j', (query, mode) => {
    expect(boardMode(query)).toEqual(mode);
  });
});
