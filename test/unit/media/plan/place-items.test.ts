import { describe, expect, it } from 'vitest';
import { cellAt } from '../../../../media/grid/cell.ts';
import { placeItems } from '../../../../media/plan/place-items.ts';
import type { PlanItem } from '../../../../media/plan/plan.ts';
import { at, day, film, filmTable, item, midnightCell } from './plan-of-a-day.ts';

const films = filmTable(film('long', 450), film('short', 15), film('late', 100, { state: 'encoding' }));

/** Where items land: id, cells behind midnight, cells on air. */
function landed(...items: PlanItem[]): [string, number, number][] {
  return placeItems(day(...items), films).placements.map((each) => [
    each.item.id,
    each.fromCell - midnightCell,
    each.cells,
  ]);
}

describe('placing items on the grid', () => {
  it('starts a hard item exactly, and cuts what still runs', () => {
    expect(landed(item('a', 'long', at(0, 0)), item('b', 'short', at(0, 10)))).toEqual([
      ['a', 0, 150],
      ['b', 150, 15],
    ]);
  });
  it('lets a soft item wait for its predecessor, but no longer than it allows', () => {
    const soft = (maxLateMs: number) => item('b', 'short', at(0, 20), { startMode: 'soft', maxLateMs });
    expect(landed(item('a', 'long', at(0, 0)), soft(600_000))).toEqual([
      ['a', 0, 450],
      ['b', 450, 15],
    ]);
    expect(landed(item('a', 'long', at(0, 0)), soft(300_000))).toEqual([
      ['a', 0, 375],
      ['b', 375, 15],
    ]);
  });
  it('starts a follower when the item before it in the list ends', () => {
    expect(landed(item('a', 'short', at(1, 0)), item('b', 'short'), item('c', 'long'))).toEqual([
      ['a', 900, 15],
      ['b', 915, 15],
      ['c', 930, 450],
    ]);
  });
  it('takes rows in order of time, and followers with the row they follow', () => {
    expect(landed(item('a', 'short', at(2, 0)), item('b', 'short'), item('c', 'short', at(1, 0)))).toEqual([
      ['c', 900, 15],
      ['a', 1800, 15],
      ['b', 1815, 15],
    ]);
  });
  it('gives a part of a film the time it asks for, in whole cells, and never more than the film', () => {
    expect(landed(item('a', 'long', at(0, 0), { durationMs: 60_001 }))).toEqual([['a', 0, 16]]);
    expect(landed(item('a', 'short', at(0, 0), { durationMs: 900_000 }))).toEqual([['a', 0, 15]]);
  });
  it('keeps room for a film that is not ready, as far as its length is known', () => {
    expect(landed(item('a', 'late', at(0, 0)), item('b', 'short'))).toEqual([
      ['a', 0, 100],
      ['b', 100, 15],
    ]);
    expect(landed(item('a', 'unknown', at(0, 0)), item('b', 'short'))).toEqual([
      ['a', 0, 0],
      ['b', 0, 15],
    ]);
  });
  it('lets the first alternate that is ready stand in, never longer than the film or the time asked for', () => {
    const standIn = (filmId: string, more: Partial<PlanItem> = {}) =>
      landed(
        item('a', filmId, at(0, 0), { alternates: ['unknown', 'late', 'long', 'short'], ...more }),
        item('b', 'short'),
      );
    expect(standIn('late')).toEqual([
      ['a', 0, 100],
      ['b', 100, 15],
    ]);
    expect(standIn('unknown')[0]).toEqual(['a', 0, 450]);
    expect(standIn('unknown', { durationMs: 60_000 })[0]).toEqual(['a', 0, 15]);
    expect(standIn('short')[0]).toEqual(['a', 0, 15]);
  });
  it('says which rows have no place', () => {
    const noStart: PlanItem = { id: 'b', filmId: 'short', startMode: 'hard', maxLateMs: 0, mustWatch: false };
    expect(placeItems(day(item('a', 'short'), noStart), films)).toMatchObject({
      placements: [],
      unplaced: [{ row: 1 }, { row: 2 }],
    });
  });
  it('floors a start that is off the grid, which the check refuses', () => {
    expect(placeItems(day(item('a', 'short', at(0, 0, 6))), films).placements[0]?.fromCell).toBe(cellAt(at(0, 0, 4)));
  });
});
