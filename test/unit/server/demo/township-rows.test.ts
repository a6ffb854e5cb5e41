import { describe, expect, it } from 'vitest';
import { idSchema } from '../../../../media/contract/ids.ts';
import { DEMO_FILMS } from '../../../../media/film/demo-films.ts';
import { demoDay, townshipRows } from '../../../../server/demo/demo-timetable.ts';

const film = (letter: string) => ({ filmId: idSchema.parse(letter.repeat(26)), title: letter });
const films = [film('a'), film('b'), film('c')];
const dayAtMs = Date.UTC(2026, 11, 1) - 8 * 3_600_000;
const rows = demoDay(films, { dayAtMs, day: 0, atMs: dayAtMs, timeZone: 'Asia/Shanghai' });

describe('the sample county’s half hours', () => {
  it('are open, and never what must be watched', () => {
    const open = rows.filter((row) => row.open === true);
    expect(open.length).toBe(rows.length / 2);
    expect(open.every(({ start, mustWatch }) => start.slice(14, 16) === '30' && !mustWatch)).toBe(true);
  });

  it('are filled by the township with other films than the county’s, never longer than a slot', () => {
    const own = townshipRows(rows, films);
    expect(own.map(({ start }) => start.slice(11, 16))).toEqual(['06:30', '07:30', '08:30', '09:30']);
    for (const row of own) {
      for (const { durationMs } of DEMO_FILMS) expect(row.durationMs).toBeLessThanOrEqual(durationMs);
      expect(rows.find(({ start }) => start === row.start)?.filmId).not.toBe(row.filmId);
    }
    expect(townshipRows(rows, [])).toEqual([]);
  });
});
