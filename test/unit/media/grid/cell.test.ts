import { describe, expect, it } from 'vitest';
import { ceilCell, cellAt, cellStartAtMs, cellsOf, isOnGrid } from '../../../../media/grid/cell.ts';

describe('a cell of the house grid', () => {
  it('is four seconds of Unix time, from its first millisecond to its last', () => {
    expect(cellAt(3999)).toBe(0);
    expect(cellAt(4000)).toBe(1);
    expect(cellAt(7999)).toBe(1);
    expect(cellStartAtMs(446_000_000)).toBe(1_784_000_000_000);
  });
  it('begins at every whole minute', () => {
    for (let minute = 0; minute < 60; minute += 1) expect(isOnGrid(Date.UTC(2026, 11, 1, 19, minute))).toBe(true);
    expect(isOnGrid(Date.UTC(2026, 11, 1, 19, 30, 2))).toBe(false);
    expect(isOnGrid(Number.NaN)).toBe(false);
  });
  it('rounds an instant up to the next cell, and a length up to whole cells', () => {
    expect([ceilCell(0), ceilCell(1), ceilCell(4000)]).toEqual([0, 1, 1]);
    expect([cellsOf(0), cellsOf(1), cellsOf(4000), cellsOf(4001)]).toEqual([0, 1, 1, 2]);
  });
});
