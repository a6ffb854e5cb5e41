import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import { fillWithFilms } from '../../../../media/plan/fill-with-films.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import { withFillerRounds } from '../../../../media/plan/guide-rounds.ts';
import { isReady } from '../../../../media/plan/plan.ts';
import { at, channel, day, film, filmTable, item, midnightCell } from './plan-of-a-day.ts';

const pool = [film('z', 10), film('x', 20), film('y', 30), film('tiny', 2)].filter(isReady);
const names = (runs: ReturnType<typeof fillWithFilms>): string[] => runs.map(({ revision }) => revision.slice(4));
const planned = (fromCell: number, cells: number) => ({
  fromCell,
  cells,
  revision: 'rev-item',
  firstSegment: 0,
  itemId: 'i',
});

describe('a hole in a plan', () => {
  it('is filled with whole films in a fair round, by id and not by the order they came in', () => {
    expect(names(fillWithFilms(pool, [], 0, 125))).toEqual(['x', 'y', 'z', 'x', 'y', 'z']);
    expect(names(fillWithFilms([...pool].reverse(), [], 0, 125))).toEqual(['x', 'y', 'z', 'x', 'y', 'z']);
  });
  it('goes on with the round of the hole before, passing over films that are too long for it', () => {
    expect(names(fillWithFilms(pool, [planned(20, 5), planned(40, 5)], 0, 75))).toEqual([
      ...['x', 'item'],
      ...['z', 'item'],
      'y',
    ]);
  });
  it('that is too short for every film stays a hole, and two cells of a film are never shown', () => {
    expect(fillWithFilms(pool, [planned(9, 5)], 0, 23)).toEqual([planned(9, 5)]);
    expect(fillWithFilms([], [planned(100, 5)], 0, 500)).toEqual([planned(100, 5)]);
  });
});

describe('the guide of a filled plan', () => {
  const films = filmTable(film('a', 30), film('x', 20), film('y', 30));
  const plan = compilePlan(day(item('ia', 'a', at(1, 0))), films, [film('x', 20), film('y', 30)].filter(isReady));
  const timeline = publishPlan(channel(), midnightCell, plan);
  const one = midnightCell + 900;

  it('names each filler, twice in a row as two', () => {
    const rows = guideRows(timeline, one, one + 130);
    expect(rows.map(({ kind, title, toCell, fromCell }) => [kind, title, toCell - fromCell])).toEqual([
      ['item', 'Film a', 30],
      ['filler', 'Film x', 20],
      ['filler', 'Film y', 30],
      ['filler', 'Film x', 20],
      ['filler', 'Film y', 30],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
  it('is for people one row a round', () => {
    const rows = withFillerRounds(guideRows(timeline, midnightCell, one + 130));
    expect(rows.map(({ kind }) => kind)).toEqual(['filler', 'item', 'filler']);
    expect(rows.map(({ fromCell, toCell }) => [fromCell - midnightCell, toCell - midnightCell])).toEqual([
      [0, 900],
      [900, 930],
      [930, 1030],
    ]);
    expect(rows[0]).toMatchObject({ title: '片库轮播', startAtMs: at(0, 0), endAtMs: at(1, 0) });
  });
});
