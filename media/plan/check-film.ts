import { CELL_MS, cellStartAtMs } from '../grid/cell.ts';
import { civilDateOf } from '../grid/civil-time.ts';
import { mayAirOn } from './air-window.ts';
import { type PlanContext, clock, finding } from './check-context.ts';
import type { PlanFinding } from './finding.ts';
import type { Placement } from './place-items.ts';
import { type FilmFacts, type ReadyFilm, SHORTEST_ITEM_CELLS, hasPackage, isReady } from './plan.ts';

/** What is wrong with the film of an item: known, passed, within its days, in the channel's package and languages, long enough. */
export function checkFilm(placement: Placement, context: PlanContext): PlanFinding[] {
  const { film, item, title, isStandIn } = placement;
  const params = { title, start: clock(placement.fromCell, context.timeZone) };
  if (item.filmId === undefined) return checkShortest(placement, context, title);
  if (!film) return [finding('film_missing', { filmId: item.filmId, start: params.start }, placement)];
  if (film.state === 'withdrawn') return [finding('film_withdrawn', params, placement)];
  if (film.state === 'review' || (film.state === 'refused' && film.isReturned === true))
    return [finding('film_not_passed', { ...params, state: film.state }, placement)];
  if (film.state === 'ready' && film.lacksCertificate === true)
    return [finding('not_channel_ready', params, placement)];
  if (!isReady(film)) return [finding('film_not_ready', { ...params, state: film.state }, placement)];
  const replaced = isStandIn ? [finding('alternate_airs', { ...params, alternate: film.title }, placement)] : [];
  return [...replaced, ...checkAlternates(placement, context), ...checkAiring(placement, film, context)];
}

/** Whether a film may be shown on every day on which the item is on air. */
function isWithinDays(film: FilmFacts, { fromCell, cells }: Placement, timeZone: string): boolean {
  const dateOf = (cell: number): string => civilDateOf(cellStartAtMs(cell), timeZone);
  return mayAirOn(film, dateOf(fromCell), dateOf(fromCell + Math.max(cells, 1) - 1));
}

/** Alternates that would not help. */
function checkAlternates(placement: Placement, { films, package: kind, timeZone }: PlanContext): PlanFinding[] {
  const useless = (placement.item.alternates ?? []).filter((filmId) => {
    const film = films.get(filmId);
    return !isReady(film) || !hasPackage(film, kind) || !isWithinDays(film, placement, timeZone);
  });
  return useless.map((filmId) => {
    const start = clock(placement.fromCell, timeZone);
    const alternate = films.get(filmId)?.title ?? filmId;
    return finding('alternate_not_ready', { title: placement.title, start, alternate }, placement);
  });
}

/** A film that is ready: within its days, there in the channel's package and languages, long enough. */
function checkAiring(placement: Placement, film: ReadyFilm, context: PlanContext): PlanFinding[] {
  const { isStandIn } = placement;
  const title = isStandIn ? film.title : placement.title;
  const params = { title, start: clock(placement.fromCell, context.timeZone) };
  const found: PlanFinding[] = [];
  if (!isWithinDays(film, placement, context.timeZone)) {
    const { airFrom = '', airUntil = '' } = film;
    found.push(finding('film_expired', { ...params, airFrom, airUntil }, placement));
  }
  if (!hasPackage(film, context.package))
    found.push(finding('no_package', { ...params, package: context.package }, placement));
  else found.push(...checkLanguages(placement, film, context));
  return [...found, ...checkShortest(placement, context, title)];
}

/** Time for less than players bear. */
function checkShortest(placement: Placement, { timeZone }: PlanContext, title: string): PlanFinding[] {
  const { fromCell, wantedCells } = placement;
  if (wantedCells >= SHORTEST_ITEM_CELLS) return [];
  const lengths = { seconds: (wantedCells * CELL_MS) / 1000, shortestS: (SHORTEST_ITEM_CELLS * CELL_MS) / 1000 };
  return [finding('item_too_short', { title, start: clock(fromCell, timeZone), ...lengths }, placement)];
}

/** Languages that the channel declares and the film lacks; muxed channels air the main language only. */
function checkLanguages(placement: Placement, film: ReadyFilm, context: PlanContext): PlanFinding[] {
  if (context.package !== 'cmaf') return [];
  const missing = (context.languages ?? []).filter((language) => !(film.facts.languages ?? []).includes(language));
  if (missing.length === 0) return [];
  const params = {
    title: film.title,
    start: clock(placement.fromCell, context.timeZone),
    languages: missing.join(', '),
  };
  return [finding('language_missing', params, placement)];
}
