import { describe, expect, it } from 'vitest';
import type { RehearsalItem } from '../../../../media/contract/rehearsal.ts';
import { idSchema } from '../../../../media/contract/ids.ts';
import { airingAt, cutOffMs, firstInstant, isEmpty } from '../../../../player/console/planning/rehearsal/airing.ts';

const start = Date.UTC(2026, 11, 2, 11);
const film = { kind: 'item', mustWatch: false, filmId: idSchema.parse('0'.repeat(26)) } as const;
/** A film of 118 s from its middle on, a cell of slate, a film of 6 s that is inserted for 20 s. */
const items: readonly RehearsalItem[] = [
  { ...film, id: 'a', title: '甲', startAtMs: start, endAtMs: start + 40_000, filmFromMs: 60_000, filmMs: 118_000 },
  { id: 'b', title: '垫片', kind: 'slate', mustWatch: false, startAtMs: start + 40_000, endAtMs: start + 44_000 },
  { ...film, id: 'c', title: '丙', startAtMs: start + 44_000, endAtMs: start + 64_000, filmFromMs: 0, filmMs: 6000 },
];
const at = (ms: number) => {
  const airing = airingAt(items, start + ms);
  return airing && [airing.item.id, airing.intoMs, airing.filmAtMs];
};

describe('what airs at an instant of a rehearsal', () => {
  it('is the item that holds it, with the place in its film', () => {
    expect(at(0)).toEqual(['a', 0, 60_000]);
    expect(at(39_999)).toEqual(['a', 39_999, 99_999]);
  });

  it('is the next one exactly at its beginning, and slate has no film', () => {
    expect(at(40_000)).toEqual(['b', 0, undefined]);
    expect(at(44_000)).toEqual(['c', 0, 0]);
  });

  it('begins a film again that is shorter than its insertion', () => {
    expect(at(44_000 + 7999)).toEqual(['c', 7999, 7999]);
    expect(at(44_000 + 8000)).toEqual(['c', 8000, 0]);
  });

  it('is nothing outside of the list', () => {
    expect([at(-1), at(64_000)]).toEqual([undefined, undefined]);
  });
});

describe('an item of a rehearsal', () => {
  it('tells how much of its film is cut off', () => {
    expect(items.map(cutOffMs)).toEqual([18_000, 0, 0]);
  });
});

describe('a rehearsal', () => {
  it('begins with the first item, or the first day of an empty plan', () => {
    const planned = { filmId: film.filmId, startMode: 'hard', maxLateMs: 0, mustWatch: false, filmTitle: '' } as const;
    const plan = { from: '2026-12-02', items: [{ ...planned, id: 'a', startAtMs: start, endAtMs: start + 4000 }] };
    expect(firstInstant(plan, 'Asia/Shanghai')).toBe(start);
    expect(firstInstant({ ...plan, items: [] }, 'Asia/Shanghai')).toBe(Date.UTC(2026, 11, 1, 16));
  });

  it('of nothing but slate is empty', () => {
    expect([isEmpty(items), isEmpty(items.slice(1, 2)), isEmpty([])]).toEqual([false, true, true]);
  });
});
