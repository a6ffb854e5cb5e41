import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../media/contract/planning.ts';
import { parseCivilTime } from '../../../../media/grid/civil-time.ts';
import { copied, pasted } from '../../../../player/console/planning/board/board-clipboard.ts';
import { cursorAfter, entryAt, neighbour, placeAtMs } from '../../../../player/console/planning/board/board-cursor.ts';
import {
  type BoardWay,
  filmRow,
  moveEntry,
  placeBlock,
  removeEntry,
  resizeEntry,
  slotFilm,
} from '../../../../player/console/planning/board/board-edits.ts';
import { boardEntries, civilText } from '../../../../player/console/planning/board/board-entries.ts';
import { followable, startEntry } from '../../../../player/console/planning/board/board-starts.ts';
import { shownDays, turned, weeksOf } from '../../../../player/console/planning/board/shown-days.ts';
import type { PlanRow } from '../../../../player/console/planning/plan-rows.ts';

const zone = 'Asia/Shanghai';
const film = { id: '01h00000000000000000000000', title: '春耕', lengthMs: 30 * 60_000 };
const day = '2026-12-02';
const row = (id: string, clock: string, more: Partial<PlanRow> = {}): PlanRow => ({
  ...filmRow(film, id),
  ...{ day, clock: clock === '' ? '' : `${clock}:00`, ...more },
});
const follower = (id: string) => row(id, '', { startMode: 'follow' });
const at = (clock: string, on = day): number => {
  const read = parseCivilTime(`${on}T${clock}:00`, zone);
  return read.ok ? read.atMs : NaN;
};
const way = (isRippling: boolean): BoardWay => {
  let made = 0;
  return { zone, isRippling, freshId: () => `n${(made += 1)}` };
};
const entriesOf = (rows: readonly PlanRow[], findings: readonly Finding[] = [], days = [day], nowMs = 0) =>
  boardEntries(rows, days, { zone, findings, nowMs });
const entry = (rows: readonly PlanRow[], id: string, on = day) =>
  entriesOf(rows, [], [on]).find((each) => each.row.id === id)!;
/** `a 19:00-19:30 b 19:30-20:00`. */
const gist = (rows: readonly PlanRow[], on = day): string =>
  entriesOf(rows, [], [on])
    .map((each) => {
      const [start, end] = [each.startAtMs, each.endAtMs].map((ms) => civilText(ms, zone).slice(11, 16));
      return `${each.row.id} ${start}-${end}`;
    })
    .join(' ');

const evening = [row('a', '19:00'), row('b', '19:30'), row('c', '20:00'), row('d', '22:00')];

describe('a slot without a film on the board', () => {
  it('is placed, made longer and shorter as far as anybody wants, and marked as open alone', () => {
    const placed = placeBlock([], [filmRow(slotFilm, '')], at('19:00'), way(true));
    expect(gist(placed)).toBe('n1 19:00-19:30');
    expect(entry(placed, 'n1').marks).toEqual(['open']);
    const longer = resizeEntry(placed, entry(placed, 'n1'), 3 * 3_600_000, way(true));
    expect(gist(longer)).toBe('n1 19:00-22:00');
    expect(gist(resizeEntry(longer, entry(longer, 'n1'), 600_000, way(true)))).toBe('n1 19:00-19:10');
  });
});

describe('items of the board', () => {
  it('say what is wrong with them, each airing with its own findings, and freeze once they have begun', () => {
    const daily = row('daily', '19:00', { repeat: { every: 'day' }, mustWatch: true });
    const late = row('late', '19:20', { startMode: 'soft', maxLateMs: 600_000, day: '2026-12-03' });
    const finding: Finding = {
      ...{ severity: 'error', code: 'film_withdrawn', message: '', itemId: 'daily' },
      params: { start: '2026-12-03 19:00' },
    };
    const entries = entriesOf([daily, late], [finding], [day, '2026-12-03'], at('19:00'));
    expect(entries.map(({ key, marks, isFrozen }) => [key, marks, isFrozen])).toEqual([
      ['daily@2026-12-02', ['mustWatch', 'repeated'], true],
      ['daily@2026-12-03', ['notReady', 'mustWatch', 'repeated'], false],
      ['late@2026-12-03', ['late'], false],
    ]);
    expect(entriesOf([row('a', '19:00'), row('b', '19:20')])[1]?.marks).toEqual(['overlap']);
    expect(entriesOf([row('a', '19:00', { filmId: '', durationMs: 60_000 })])[0]?.marks).toEqual([
      'noFilm',
      'truncated',
    ]);
  });
});

describe('changes on the board', () => {
  it('put a film where it is wanted; what stands right behind moves on until a gap is wide enough', () => {
    expect(gist(placeBlock(evening, [filmRow(film, '')], at('19:30'), way(true)))).toBe(
      'a 19:00-19:30 n1 19:30-20:00 b 20:00-20:30 c 20:30-21:00 d 22:00-22:30',
    );
    expect(gist(placeBlock(evening, [filmRow(film, '')], at('19:30'), way(false)))).toContain('c 20:00-20:30');
  });
  it('move an item with its followers, and with ripple what stands behind', () => {
    const rows = [row('a', '19:00'), follower('f'), row('c', '20:00'), row('d', '22:00')];
    expect(gist(moveEntry(rows, entry(rows, 'a'), at('19:15'), way(true)))).toBe(
      'a 19:15-19:45 f 19:45-20:15 c 20:15-20:45 d 22:00-22:30',
    );
    expect(gist(moveEntry(rows, entry(rows, 'a'), at('18:00'), way(false)))).toBe(
      'a 18:00-18:30 f 18:30-19:00 c 20:00-20:30 d 22:00-22:30',
    );
    // Back before its neighbour: the two change places.
    expect(gist(moveEntry(evening, entry(evening, 'b'), at('19:00'), way(true)))).toBe(
      'b 19:00-19:30 a 19:30-20:00 c 20:00-20:30 d 22:00-22:30',
    );
  });
  it('take a follower out of its block when it is moved, and close the gap on the day that it leaves', () => {
    const rows = [row('a', '19:00'), follower('f'), row('c', '20:00')];
    const moved = moveEntry(rows, entry(rows, 'f'), at('08:00', '2026-12-03'), way(true));
    expect(gist(moved)).toBe('a 19:00-19:30 c 19:30-20:00');
    expect(gist(moved, '2026-12-03')).toBe('f 08:00-08:30');
  });
  it('change one day of a line that repeats and leave the others', () => {
    const rows = [row('daily', '19:00', { repeat: { every: 'day' } }), follower('f')];
    const next = '2026-12-03';
    const moved = moveEntry(rows, entry(rows, 'f', next), at('10:00', next), way(false));
    expect(gist(moved, next)).toBe('n2 10:00-10:30 n1 19:00-19:30');
    expect(gist(moved)).toBe('daily 19:00-19:30 f 19:30-20:00');
    expect(gist(removeEntry(rows, entry(rows, 'daily', next), way(false)), next)).toBe('');
  });
  it('leave what followed a removed item at its time, or move it up with ripple', () => {
    const rows = [row('a', '19:00'), follower('f'), row('c', '20:00')];
    expect(gist(removeEntry(rows, entry(rows, 'a'), way(false)))).toBe('f 19:30-20:00 c 20:00-20:30');
    expect(gist(removeEntry(rows, entry(rows, 'a'), way(true)))).toBe('f 19:00-19:30 c 19:30-20:00');
    expect(gist(removeEntry(evening, entry(evening, 'b'), way(true)))).toBe(
      'a 19:00-19:30 c 19:30-20:00 d 22:00-22:30',
    );
  });
  it('shorten an item to 12 s at least and lengthen it to the whole film at most', () => {
    const shorter = resizeEntry(evening, entry(evening, 'a'), 20 * 60_000, way(true));
    expect(gist(shorter)).toBe('a 19:00-19:20 b 19:20-19:50 c 19:50-20:20 d 22:00-22:30');
    expect(entry(shorter, 'a').marks).toEqual(['truncated']);
    const whole = resizeEntry(shorter, entry(shorter, 'a'), 3_600_000, way(true));
    expect(gist(whole)).toBe(gist(evening));
    expect(whole.find(({ id }) => id === 'a')).not.toHaveProperty('durationMs');
    expect(resizeEntry(evening, entry(evening, 'a'), 0, way(false))[0]?.durationMs).toBe(12_000);
    expect(resizeEntry(evening, entry(evening, 'a'), 3_600_000, way(false))).toBe(evening);
  });
});

describe('how an item begins', () => {
  it('is exact, or waits for the item before; of a line that repeats one day changes alone', () => {
    const soft = startEntry(evening, entry(evening, 'b'), { startMode: 'soft', maxLateMs: 300_000 }, way(true));
    expect(soft[1]).toMatchObject({ clock: '19:30:00', startMode: 'soft', maxLateMs: 300_000 });
    expect(startEntry(soft, entry(soft, 'b'), { startMode: 'hard', maxLateMs: 0 }, way(true))).toEqual(evening);
    const daily = [row('daily', '19:00', { repeat: { every: 'day' } })];
    const next = '2026-12-03';
    const changed = startEntry(daily, entry(daily, 'daily', next), { startMode: 'soft', maxLateMs: 1 }, way(true));
    expect(changed.map(({ id, startMode, day: on }) => [id, startMode, on])).toEqual([
      ['daily', 'hard', day],
      ['n1', 'soft', next],
    ]);
  });
  it('follows what airs before it, and with ripple what stands behind comes up', () => {
    const rows = [row('a', '19:00'), row('b', '19:40'), follower('f'), row('c', '20:40')];
    const follows = startEntry(rows, entry(rows, 'b'), { startMode: 'follow', maxLateMs: 0 }, way(true));
    expect(gist(follows)).toBe('a 19:00-19:30 b 19:30-20:00 f 20:00-20:30 c 20:30-21:00');
    // A start of its own again: what followed it goes on to do so.
    const own = startEntry(follows, entry(follows, 'b'), { startMode: 'hard', maxLateMs: 0 }, way(true));
    expect(gist(own)).toBe(gist(follows));
    expect(own.map(({ startMode, clock }) => [startMode, clock])).toEqual([
      ['hard', '19:00:00'],
      ['hard', '19:30:00'],
      ['follow', ''],
      ['hard', '20:30:00'],
    ]);
  });
  it('never follows the first of a day or what repeats', () => {
    const rows = [row('daily', '18:00', { repeat: { every: 'day' } }), row('a', '19:00'), row('b', '20:00')];
    expect(followable(rows, entry(rows, 'daily'))).toBeUndefined();
    expect(followable(rows, entry(rows, 'a'))).toBeUndefined();
    expect(followable(rows, entry(rows, 'b'))?.[0].id).toBe('a');
    expect(startEntry(rows, entry(rows, 'a'), { startMode: 'follow', maxLateMs: 0 }, way(true))).toBe(rows);
  });
});

describe('the cursor of the board', () => {
  const plan = { first: '2026-12-01', last: '2026-12-31' };
  it('moves over days and slots, never out of the plan or the day', () => {
    const month = { span: 'month', plan } as const;
    const week = { span: 'week', plan } as const;
    expect(cursorAfter({ day: '2026-12-30' }, 'ArrowDown', month)).toEqual({ day: '2026-12-31' });
    expect(cursorAfter({ day: '2026-12-10', clock: '19:00:00' }, 'ArrowLeft', month)).toEqual({ day: '2026-12-09' });
    expect(cursorAfter({ day, clock: '19:07:00' }, 'ArrowDown', week)).toEqual({ day, clock: '19:15:00' });
    expect(cursorAfter({ day, clock: '19:07:00' }, 'ArrowUp', week)).toEqual({ day, clock: '19:00:00' });
    expect(cursorAfter({ day, clock: '00:00:00' }, 'ArrowUp', week)).toEqual({ day, clock: '00:00:00' });
    expect(cursorAfter({ day: '2026-12-10' }, 'Home', week)?.day).toBe('2026-12-07');
    expect(cursorAfter({ day }, 'x', week)).toBeUndefined();
  });
  it('stands on the item that airs then, goes from item to item, and places behind what is there', () => {
    const entries = entriesOf(evening);
    expect(entryAt(entries, { day, clock: '19:45:00' }, zone)?.row.id).toBe('b');
    expect(entryAt(entries, { day }, zone)).toBeUndefined();
    expect(neighbour(entries, { day }, 1, zone)?.row.id).toBe('a');
    expect(neighbour(entries, { day, clock: '19:30:00' }, 1, zone)?.row.id).toBe('c');
    expect(neighbour(entries, { day, clock: '19:30:00' }, -1, zone)?.row.id).toBe('a');
    expect(placeAtMs(entries, { day, clock: '19:45:00' }, zone)).toBe(at('20:00'));
    expect(placeAtMs(entries, { day }, zone)).toBe(at('22:30'));
    expect(placeAtMs(entries, { day: '2026-12-03' }, zone)).toBe(at('19:00', '2026-12-03'));
  });
  it('copies an item to the cursor and a day with its times, never into the past', () => {
    const paste = (what: NonNullable<ReturnType<typeof copied>>, cursor: { day: string; clock?: string }) =>
      pasted(evening, what, {
        ...{ cursor, entries: entriesOf(evening, [], [cursor.day]), way: way(false) },
        refusal: (atMs) => (atMs < at('00:00') ? '已经过去' : undefined),
      });
    const one = copied(evening, entry(evening, 'b'), day)!;
    expect(one.text).toBe('2026-12-02\t19:30:00\t春耕\t');
    expect(gist(paste(one, { day: '2026-12-03', clock: '08:00:00' }) as PlanRow[], '2026-12-03')).toBe(
      'n1 08:00-08:30',
    );
    expect(gist(paste(one, { day: '2026-12-03' }) as PlanRow[], '2026-12-03')).toBe('n1 19:30-20:00');
    expect(paste(one, { day: '2026-12-01' })).toBe('已经过去');
    const whole = copied(evening, undefined, day)!;
    expect(gist(paste(whole, { day: '2026-12-04' }) as PlanRow[], '2026-12-04')).toBe(
      'n1 19:00-19:30 n2 19:30-20:00 n3 20:00-20:30 n4 22:00-22:30',
    );
    expect(copied(evening, undefined, '2026-12-09')).toBeUndefined();
  });
  it('shows a month as whole weeks, and a long plan month by month', () => {
    const page = shownDays('month', '2026-12-10', plan);
    expect([page, weeksOf(page)]).toEqual([{ from: '2026-11-30', to: '2027-01-04' }, 5]);
    const year = { first: '2026-12-01', last: '2027-11-30' };
    expect(shownDays('month', '2027-02-10', year)).toEqual({ from: '2027-02-01', to: '2027-03-01' });
    expect(turned('month', '2027-02-10', 1, year)).toBe('2027-03-01');
    expect(turned('week', '2026-12-03', -1, year)).toBe('2026-12-01');
    expect(weeksOf(shownDays('day', '2026-12-10', plan))).toBe(1);
    expect(shownDays('week', '2026-12-10', plan)).toEqual({ from: '2026-12-07', to: '2026-12-14' });
  });
});
