import { built } from '../origin/built.mjs';

const { compilePlan } = await built('media/plan/compile-plan.js');
const { publishPlan } = await built('media/plan/edits.js');
const { emptyTimeline } = await built('media/plan/timeline.js');

export const CELLS_PER_DAY = 21_600;
export const firstCell = 446_000_000;
export const ladder = ['1080p', '720p', '480p', '360p', '216p', 'audio'];

const factsOf = (filmId, segments) => ({
  filmId,
  title: `Film ${filmId}`,
  segments,
  durationMs: segments * 4000,
  rungs: ladder,
  packages: ['ts'],
});

function filmOf(filmId, segments) {
  const facts = factsOf(filmId, segments);
  return { filmId, title: facts.title, state: 'ready', revision: `rev-${filmId}`, facts };
}

/** A library of 300 films, of so many segments each. */
export const filmsOf = (segments) =>
  new Map(Array.from({ length: 300 }, (_, n) => [`f${n}`, filmOf(`f${n}`, segments)]));

/** A channel with nothing planned. */
export const emptyChannel = () =>
  emptyTimeline('county', '2026', firstCell, { revision: 'slate', facts: factsOf('slate', 150) });

const item = (n, cell) => ({
  id: `i${n}`,
  filmId: `f${n % 300}`,
  startAtMs: cell * 4000,
  startMode: 'hard',
  maxLateMs: 0,
  mustWatch: false,
});

/** A list of so many films, one every `everyCells`; every second one is left open to places below. */
export function listOf(count, everyCells) {
  const items = Array.from({ length: count }, (_, n) => ({
    ...item(n, firstCell + n * everyCells),
    ...(n % 2 === 1 ? { open: true } : {}),
  }));
  return { items, fromCell: firstCell, toCell: firstCell + count * everyCells };
}

/** A channel whose timeline has so many entries of 5 to 14 cells, in no order that a search could guess. */
export function channelOf(entries) {
  const cellsOf = (n) => 5 + ((Math.imul(n + 1, 0x9e3779b1) >>> 8) % 10);
  const films = new Map(Array.from({ length: 300 }, (_, n) => [`f${n}`, filmOf(`f${n}`, cellsOf(n))]));
  const items = [];
  let cell = firstCell;
  for (let n = 0; n < entries; n += 1) {
    const film = films.get(`f${(Math.imul(n + 7, 0x85ebca6b) >>> 8) % 300}`);
    items.push({ ...item(n, cell), filmId: film.filmId });
    cell += film.facts.segments;
  }
  return publishPlan(emptyChannel(), firstCell, compilePlan({ items, fromCell: firstCell, toCell: cell }, films));
}
