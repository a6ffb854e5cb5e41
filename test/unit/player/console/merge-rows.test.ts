import { beforeEach, describe, expect, it, vi } from 'vitest';
import { filmRow } from '../../../../player/console/planning/board/board-edits.ts';
import { dropDraft, keepDraft, keptDraft } from '../../../../player/console/planning/kept-draft.ts';
import { isSameList, mergeRows } from '../../../../player/console/planning/merge-rows.ts';
import type { PlanRow } from '../../../../player/console/planning/plan-rows.ts';

const film = { id: '01h00000000000000000000000', title: '春耕', lengthMs: 60_000 };
const row = (id: string, hour: number, more: Partial<PlanRow> = {}): PlanRow => ({
  ...filmRow(film, id),
  ...{ day: '2026-12-01', clock: `${String(hour).padStart(2, '0')}:00:00`, ...more },
});
const behind = (id: string, more: Partial<PlanRow> = {}) => row(id, 0, { startMode: 'follow', clock: '', ...more });
const gist = (rows: readonly PlanRow[]) =>
  rows.map(({ id, clock, note }) => `${id}${clock.slice(0, 2)}${note}`).join(' ');
const base = [row('a', 8), behind('f'), row('b', 9), row('c', 10)];

describe('two people who change one list', () => {
  it('get both changes where they touched different lines', () => {
    const mine = [row('a', 8, { note: '我' }), behind('f'), row('b', 9), row('c', 10), row('m', 11)];
    const theirs = [row('a', 8), behind('f'), row('t', 7), row('b', 12)];
    const { rows, both, mine: own, theirs: other } = mergeRows(base, mine, theirs);
    expect(gist(rows)).toBe('t07 a08我 f m11 b12');
    expect(both).toEqual([]);
    expect(own.map(({ kind, row: { id } }) => `${kind} ${id}`)).toEqual(['changed a', 'added m']);
    expect(other.map(({ kind, row: { id } }) => `${kind} ${id}`)).toEqual(['added t', 'changed b', 'removed c']);
  });
  it('are told of a line that both changed: mine holds, and what they added behind it stays', () => {
    const mine = [row('a', 8, { note: '我' }), behind('f'), row('b', 9), row('c', 10)];
    const theirs = [row('a', 8, { note: '他' }), behind('f'), behind('x'), row('b', 9), row('c', 10)];
    const { rows, both } = mergeRows(base, mine, theirs);
    expect(gist(rows)).toBe('a08我 f x b09 c10');
    expect(both.map(({ id }) => id)).toEqual(['a']);
  });
  it('lose nothing where one removed what the other changed', () => {
    const without = base.filter(({ id }) => id !== 'b');
    const changed = base.map((each) => (each.id === 'b' ? row('b', 15) : each));
    expect(gist(mergeRows(base, without, changed).rows)).toBe('a08 f b15 c10');
    expect(gist(mergeRows(base, changed, without).rows)).toBe('a08 f c10 b15');
    expect(gist(mergeRows(base, without, base).rows)).toBe('a08 f c10');
  });
  it('keep lines of their own that have no film yet, which no server has', () => {
    const empty = row('e', 18, { filmId: '' });
    const theirs = [...base, row('t', 20)];
    expect(gist(mergeRows([...base, empty], [...base, empty], theirs).rows)).toBe('a08 f b09 c10 e18 t20');
    expect(isSameList([...base, empty], base)).toBe(true);
    expect(isSameList(base, theirs)).toBe(false);
  });
});

describe('changes that a browser keeps', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    stored.clear();
    vi.stubGlobal('localStorage', storageOf(stored));
    return () => vi.unstubAllGlobals();
  });
  const draft = (atMs: number) => ({ rows: base, base: [], personId: 'p', atMs });

  it('are there again, those of the five newest plans, and gone once they are saved', () => {
    for (let n = 1; n <= 7; n += 1) expect(keepDraft(`plan${n}`, draft(n))).toBe(true);
    expect([1, 2, 3, 7].map((n) => keptDraft(`plan${n}`)?.atMs)).toEqual([undefined, undefined, 3, 7]);
    expect(keptDraft('plan7')).toEqual(draft(7));
    dropDraft('plan7');
    expect(keptDraft('plan7')).toBeUndefined();
  });
  it('are not taken where they are too many, unreadable, or of another shape', () => {
    const many = Array.from({ length: 12_000 }, (_, n) => row(`r${n}`, 8));
    expect(keepDraft('plan', { ...draft(1), rows: many })).toBe(false);
    stored.set('yuanbo.plan-draft.plan', '{"rows":[{"id":1}],"base":[],"personId":"p","atMs":1}');
    expect(keptDraft('plan')).toBeUndefined();
    stored.set('yuanbo.plan-draft.plan', '{');
    expect(keptDraft('plan')).toBeUndefined();
  });
});

/** Storage whose keys are its own properties, as those of a browser's are. */
const storageOf = (stored: Map<string, string>): object =>
  new Proxy(
    {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, text: string) => void stored.set(key, text),
      removeItem: (key: string) => void stored.delete(key),
    },
    {
      ownKeys: () => [...stored.keys(), 'getItem', 'setItem', 'removeItem'],
      getOwnPropertyDescriptor: (target, key) =>
        Reflect.getOwnPropertyDescriptor(target, key) ?? { enumerable: true, configurable: true, value: '' },
    },
  );
