import { CELL_MS } from '../grid/cell.ts';
import { type PlanContext, clock, finding } from './check-context.ts';
import type { PlanFinding } from './finding.ts';
import type { Placement } from './place-items.ts';
import { type ReadyFilm, SHORTEST_ITEM_CELLS, hasPackage, isReady } from './plan.ts';

/** What is wrong with the film of an item: known, passed, there in the channel's package, long enough. */
export function checkFilm(placement: Placement, context: PlanContext): PlanFinding[] {
  const { film, item, title, isStandIn } = placement;
  const start = (): string => clock(placement.fromCell, context.timeZone);
  if (!film) return [finding('film_missing', { filmId: item.filmId, start: start() }, placement)];
  if (film.state === 'withdrawn') return [finding('film_withdrawn', { title, start: start() }, placement)];
  if (film.state === 'ready' && film.lacksCertificate === true)
    return [finding('not_channel_ready', { title, start: start() }, placement)];
  if (!isReady(film)) return [finding('film_not_ready', { title, start: start(), state: film.state }, placement)];
  const replaced = isStandIn
    ? [finding('alternate_airs', { title, start: start(), alternate: film.title }, placement)]
    : [];
  return [...replaced, ...checkAlternates(placement, context), ...checkAiring(placement, film, context)];
}

/** Alternates that would not help. */
function checkAlternates(placement: Placement, { films, package: kind, timeZone }: PlanContext): PlanFinding[] {
  const useless = (placement.item.alternates ?? []).filter((filmId) => {
    const film = films.get(filmId);
    return !isReady(film) || !hasPackage(film, kind);
  });
  return useless.map((filmId) => {
    const start = clock(placement.fromCell, timeZone);
    const alternate = films.get(filmId)?.title ?? filmId;
    return finding('alternate_not_ready', { title: placement.title, start, alternate }, placement);
  });
}

/** A film that may air: there in the channel's package, long enough. */
function checkAiring(placement: Placement, film: ReadyFilm, context: PlanContext): PlanFinding[] {
  const { wantedCells, isStandIn } = placement;
  const params = (): PlanFinding['params'] => ({
    title: isStandIn ? film.title : placement.title,
    start: clock(placement.fromCell, context.timeZone),
  });
  const found: PlanFinding[] = [];
  if (!hasPackage(film, context.package))
    found.push(finding('no_package', { ...params(), package: context.package }, placement));
  if (wantedCells < SHORTEST_ITEM_CELLS) {
    const shortestS = (SHORTEST_ITEM_CELLS * CELL_MS) / 1000;
    found.push(
      finding('item_too_short', { ...params(), seconds: (wantedCells * CELL_MS) / 1000, shortestS }, placement),
    );
  }
  return found;
}
