import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import { type FillerTurns, fillWithFilms } from '../../../../media/plan/fill-with-films.ts';
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

const fill = (
  runs: Parameters<typeof fillWithFilms>[2],
  toCell: number,
  turns: Partial<FillerTurns> = {},
  films = pool,
) => fillWithFilms(films, { seed: 'county', restCells: 0, ...turns }, runs, { fromCell: 0, toCell });

describe('a hole in a plan', () => {
  it('is filled with whole films in fair rounds, whatever order they came in', () => {
    const shown = names(fill([], 300));
    expect(shown).toHaveLength(15);
    for (let round = 0; round < 15; round += 3) expect(shown.slice(round, round + 3).sort()).toEqual(['x', 'y', 'z']);
    shown.slice(1).forEach((name, index) => expect(name).not.toBe(shown[index]));
    expect(names(fill([], 300, {}, [...pool].reverse()))).toEqual(shown);
  });
  it('has an order of its own on each channel', () => {
    const orders = ['county', 'a', 'b', 'c', 'd', 'e'].map((seed) => names(fill([], 300, { seed })).join(''));
    expect(new Set(orders).size).toBeGreaterThan(3);
  });
  it('goes on with the round of the hole before, passing over films that are too long for it', () => {
    const shown = names(fill([planned(30, 5)], 65));
    expect(shown.filter((name) => name !== 'item').sort()).toEqual(['x', 'y', 'z']);
  });
  it('that is too short for every film stays a hole, and two cells of a film are never shown', () => {
    expect(fill([planned(9, 5)], 23)).toEqual([planned(9, 5)]);
    expect(fill([planned(100, 5)], 500, {}, [])).toEqual([planned(100, 5)]);
  });
  it('keeps a minute free for cards before what is planned, where films have five', () => {
    const free = (gap: number): number => {
      const runs = fill([planned(gap, 5)], gap + 5, { freeCells: 15 });
      const last = runs.filter(({ itemId }) => itemId !== 'i').at(-1);
      return gap - (last === undefined ? 0 : last.fromCell + last.cells);
    };
    expect(free(120)).toBeGreaterThanOrEqual(15);
    expect(free(120)).toBeLessThan(25);
    expect(free(60)).toBe(0);
  });
  it('shows no film again before it rested, but waits for the first one that did', () => {
    const [only] = pool;
    const starts = (turns: Partial<FillerTurns>, runs: Parameters<typeof fill>[0] = []) =>
      fill(runs, 120, turns, [only!])
        .filter(({ revision }) => revision === only!.revision)
        .map(({ fromCell }) => fromCell);
    expect(starts({ restCells: 40 })).toEqual([0, 50, 100]);
    const again = { ...planned(60, 10), revision: only!.revision };
    expect(starts({ restCells: 40 }, [again])).toEqual([0, 60, 110]);
    expect(
      starts({
        restCells: 40,
        around: [
          { ...again, fromCell: -20 },
          { ...again, fromCell: 125 },
        ],
      }),
    ).toEqual([30]);
    expect(starts({ restCells: 1 }).slice(0, 3)).toEqual([0, 13, 26]);
  });
});

describe('a plan that takes effect in the middle of a day', () => {
  const whole = fill([planned(100, 20)], 400, { restCells: 40 });

  it('lets the filler on air go on, and the turns of the day too: unchanged it airs what it aired', () => {
    for (const fromCell of [65, 95, 130, 205]) {
      const aired = whole.filter((run) => run.fromCell < fromCell);
      const running = aired.find((run) => run.fromCell + run.cells > fromCell && run.itemId !== 'i');
      const around = aired.map((run) => ({ ...run, cells: Math.min(run.cells, fromCell - run.fromCell) }));
      const begun = { fromCell, ...(running === undefined ? {} : { running }) };
      const again = fill([planned(100, 20)], 400, { restCells: 40, around, begun });
      const shown = (runs: typeof whole) => runs.filter((run) => run.fromCell >= fromCell && run.firstSegment === 0);
      expect(shown(again)).toEqual(shown(whole));
      const cut = again.find((run) => run.fromCell === fromCell && run.firstSegment > 0);
      if (running !== undefined) expect(cut).toMatchObject({ cells: running.fromCell + running.cells - fromCell });
    }
  });
  it('cuts the filler on air where an item begins', () => {
    const running = { fromCell: 60, cells: 30, revision: 'rev-y', firstSegment: 0, itemId: 'filler-rev-y' };
    const [first, second] = fill([planned(80, 20)], 200, { around: [running], begun: { fromCell: 70, running } });
    expect(first).toEqual({ ...running, fromCell: 70, cells: 10, firstSegment: 10 });
    expect(second).toEqual(planned(80, 20));
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
      ['filler', 'Film y', 30],
      ['filler', 'Film x', 20],
      ['filler', 'Film y', 30],
      ['filler', 'Film x', 20],
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
