import type { Id } from '../../media/contract/ids.ts';
import { DEMO_FILMS } from '../../media/film/demo-films.ts';
import { formatCivilTime } from '../../media/grid/civil-time.ts';

/** A film as the timetable needs it. */
export interface TimetableFilm {
  readonly filmId: Id;
  readonly title: string;
}

/** One row as `PUT /api/plans/{id}/items` takes it. */
export interface TimetableRow {
  readonly id: string;
  readonly filmId: Id;
  readonly start: string;
  readonly startMode: 'hard';
  readonly maxLateMs: number;
  readonly mustWatch: boolean;
  /** Left to townships. */
  readonly open?: boolean;
  readonly durationMs?: number;
}

const halfHourMs = 1_800_000;
/** What begins sooner could be over before the plan is published. */
const leadMs = 120_000;
const firstHour = 6;
const lastHour = 21;
/** Meeting hours of the county: what airs then is to be watched. */
const mustWatchHours = [15, 19];

/** A film at every full and half hour that is yet to come at `atMs`, from 06:00 to 21:00 of the day that begins at an instant, each day in another order. */
export function demoDay(
  films: readonly TimetableFilm[],
  {
    dayAtMs,
    day,
    atMs,
    timeZone,
  }: { readonly dayAtMs: number; readonly day: number; readonly atMs: number; readonly timeZone: string },
): TimetableRow[] {
  const rows: TimetableRow[] = [];
  for (let half = 2 * firstHour; half < 2 * (lastHour + 1); half += 1) {
    const film = films[(half + day * 3) % films.length];
    const startAtMs = dayAtMs + half * halfHourMs;
    if (film === undefined || startAtMs < atMs + leadMs) continue;
    const start = formatCivilTime(startAtMs, timeZone);
    const mustWatch = mustWatchHours.includes(half / 2);
    // Townships may fill the half hours.
    const open = half % 2 === 1 ? { open: true } : {};
    rows.push({
      id: `d${day}h${half}`,
      filmId: film.filmId,
      start,
      startMode: 'hard',
      maxLateMs: 0,
      mustWatch,
      ...open,
    });
  }
  return rows;
}

const townshipItems = 4;
/** As long as the shortest sample film: a slot ends with the film that the county planned in it. */
const townshipItemMs = Math.min(...DEMO_FILMS.map(({ durationMs }) => durationMs));

/** What a township airs of its own: the beginning of another film in each of the first slots that the county leaves open. */
export function townshipRows(countyRows: readonly TimetableRow[], films: readonly TimetableFilm[]): TimetableRow[] {
  return countyRows
    .filter(({ open }) => open === true)
    .slice(0, townshipItems)
    .flatMap(({ id, start, startMode, maxLateMs, mustWatch, filmId: countys }, index) => {
      const others = films.filter(({ filmId }) => filmId !== countys);
      const film = others[index % Math.max(1, others.length)];
      const row = { id, start, startMode, maxLateMs, mustWatch, durationMs: townshipItemMs };
      return film === undefined ? [] : [{ ...row, filmId: film.filmId }];
    });
}
