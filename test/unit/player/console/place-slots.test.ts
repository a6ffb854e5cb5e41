import { describe, expect, it } from 'vitest';
import { filmRow, moveEntry, placeBlock } from '../../../../player/console/planning/board/board-edits.ts';
import { boardEntries, civilText } from '../../../../player/console/planning/board/board-entries.ts';
import { boardEvents } from '../../../../player/console/planning/board/board-events.ts';
import { movedBy } from '../../../../player/console/planning/board/moved-entries.ts';
import {
  aroundSlots,
  coveringOf,
  freeParts,
  type Inherited,
  joinedSlots,
  outsideSlots,
  slotStartAtMs,
} from '../../../../player/console/planning/board/place-slots.ts';
import { parseCivilTime } from '../../../../media/grid/civil-time.ts';
import type { PlanRow } from '../../../../player/console/planning/plan-rows.ts';

const zone = 'Asia/Shanghai';
const day = '2026-12-02';
const film = { id: '01h00000000000000000000000', title: '镇里的片', lengthMs: 30 * 60_000 };
const at = (clock: string, on = day): number => {
  const read = parseCivilTime(`${on}T${clock}:00`, zone);
  return read.ok ? read.atMs : NaN;
};
const span = (from: string, to: string) => ({ startAtMs: at(from), endAtMs: at(to) });
const row = (id: string, clock: string): PlanRow => ({ ...filmRow(film, id), day, clock: `${clock}:00` });
const entriesOf = (rows: readonly PlanRow[]) => boardEntries(rows, [day], { zone, findings: [], nowMs: 0 });
const above = (title: string, from: string, to: string, more: Partial<Inherited> = {}): Inherited => ({
  ...{ id: title, title, kind: 'item', mustWatch: false },
  ...span(from, to),
  ...more,
});
const clock = (atMs: number | undefined) => (atMs === undefined ? undefined : civilText(atMs, zone).slice(11, 16));

/** Two slots side by side, and one later. */
const open = [span('19:00', '19:30'), span('19:30', '20:00'), span('21:00', '21:20')];
const slots = joinedSlots(open);
const way = { zone, isRippling: true, freshId: () => 'fresh' };

describe('slots on the board of a place', () => {
  it('are one where they touch, and free where the place has nothing yet', () => {
    expect(slots).toEqual([span('19:00', '20:00'), span('21:00', '21:20')]);
    expect(freeParts(slots, entriesOf([row('a', '19:15')]))).toEqual([
      span('19:00', '19:15'),
      span('19:45', '20:00'),
      span('21:00', '21:20'),
    ]);
    expect(coveringOf(slots, at('19:59'))).toEqual(slots[0]);
    expect(coveringOf(slots, at('20:00'))).toBeUndefined();
  });
  it('refuse what begins or ends outside of them, and what ripple would push out', () => {
    const rows = [row('a', '19:00'), row('b', '19:30')];
    const before = entriesOf(rows);
    const after = (changed: readonly PlanRow[]) => outsideSlots(before, entriesOf(changed), slots)?.row.id;
    expect(after(rows)).toBeUndefined();
    expect(after([...rows, row('c', '20:30')])).toBe('c');
    expect(after([...rows, row('c', '21:00')])).toBe('c');
    expect(after([row('a', '19:00'), { ...row('b', '21:00'), durationMs: 600_000 }])).toBeUndefined();
    const pushed = moveEntry(rows, before[0]!, at('19:10'), way);
    expect(after(pushed)).toBe('b');
    // What stood outside before, as after the county took a slot back, does not hold up other changes.
    const outside = entriesOf([row('old', '12:00')]);
    expect(outsideSlots(outside, entriesOf([row('old', '12:00'), row('a', '19:00')]), slots)).toBeUndefined();
  });
  it('take a film on a whole day where it fits first, else where anything is free, never in the past', () => {
    const on = (lengthMs: number, afterMs: number, rows: readonly PlanRow[]) =>
      clock(slotStartAtMs(day, { lengthMs, afterMs }, { slots, entries: entriesOf(rows), zone }));
    expect(on(film.lengthMs, 0, [])).toBe('19:00');
    expect(on(film.lengthMs, 0, [row('a', '19:00')])).toBe('19:30');
    expect(on(20 * 60_000, 0, [row('a', '19:10')])).toBe('19:40');
    expect(on(film.lengthMs, 0, [row('a', '19:00'), row('b', '19:30')])).toBe('21:00');
    expect(on(film.lengthMs, at('19:10'), [])).toBe('19:11');
    expect(on(film.lengthMs, at('22:00'), [])).toBeUndefined();
  });
});

describe('the programme of the place above', () => {
  const programme = [
    above('早间', '08:00', '09:00'),
    above('县里的片', '19:00', '19:30'),
    above('必看', '20:00', '20:30', { mustWatch: true }),
    above('片库轮播', '20:30', '21:00', { kind: 'filler' }),
  ];
  const inherited = aroundSlots(programme, slots);
  const draw = (viewed: 'week' | 'month', rows: readonly PlanRow[]) =>
    boardEvents(
      {
        ...{ plan: { openSlots: open.map((each) => ({ ...each, title: '县里的片' })) } as never, inherited },
        ...{ entries: entriesOf(rows), chosen: undefined, film: undefined, ghost: undefined, moved: [] },
        ...{ span: viewed, cursor: { day }, isEditable: true },
      },
      zone,
    ).filter(({ extendedProps }) => extendedProps?.['isAround'] === true);

  it('lies locked around the slots, must-watch marked, and what a slot holds is the slot’s own', () => {
    expect(inherited.map(({ title }) => title)).toEqual(['早间', '必看', '片库轮播']);
    expect(
      draw('week', []).map(({ title, display, editable, extendedProps }) => [
        title,
        display,
        editable,
        extendedProps?.['marks'],
      ]),
    ).toEqual([
      ['早间', 'background', false, ['locked']],
      ['必看', 'background', false, ['mustWatch', 'locked']],
      ['片库轮播', 'background', false, []],
      ...open.map(() => ['县里的片', 'background', false, ['open']]),
    ]);
  });
  it('leaves out fillers and filled slots on a month, where the place’s own items come first', () => {
    const month = draw('month', [row('a', '19:00')]);
    expect(
      month.map(({ title, start, extendedProps }) => [title, String(start).slice(11, 16), extendedProps?.['rank']]),
    ).toEqual([
      ['早间', '08:00', 2],
      ['必看', '20:00', 1],
      ['县里的片', '19:30', 1],
      ['县里的片', '21:00', 1],
    ]);
  });
});

describe('what a change moves besides', () => {
  it('is told and drawn at the time that it would have; on a month it is told only', () => {
    const rows = [row('a', '19:00'), row('b', '19:30'), row('c', '21:00')];
    const placed = placeBlock(rows, [filmRow(film, '')], at('19:00'), way);
    const moved = movedBy(entriesOf(rows), entriesOf(placed), 'fresh');
    expect(moved.map(({ row: { id }, startAtMs }) => [id, clock(startAtMs)])).toEqual([
      ['a', '19:30'],
      ['b', '20:00'],
    ]);
    const ghosts = (viewed: 'week' | 'month') =>
      boardEvents(
        {
          ...{ plan: {} as never, inherited: [], entries: entriesOf(rows), chosen: undefined, film, moved },
          ...{ ghost: span('19:00', '19:30'), span: viewed, cursor: { day }, isEditable: true },
        },
        zone,
      ).flatMap(({ id, start }) => (String(id).startsWith('moved-') ? [String(start).slice(11, 16)] : []));
    expect(ghosts('week')).toEqual(['19:30', '20:00']);
    expect(ghosts('month')).toEqual([]);
  });
});
