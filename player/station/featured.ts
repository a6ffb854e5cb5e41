import type { GuideItem } from '../../media/contract/channels.ts';
import type { Film } from '../../media/contract/library.ts';

const shelfSize = 8;

/** The featured shelf: films that must be watched about now, then the newest; `films` are the newest first. */
export function featuredFilms(films: readonly Film[], items: readonly GuideItem[]): readonly Film[] {
  const mustWatch = new Set(items.filter((item) => item.mustWatch).map(({ filmId }) => filmId));
  const first = films.filter(({ id }) => mustWatch.has(id));
  return [...first, ...films.filter(({ id }) => !mustWatch.has(id))].slice(0, shelfSize);
}
