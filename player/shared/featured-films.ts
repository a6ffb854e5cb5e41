import type { GuideItem } from '../../media/contract/channels.ts';
import type { Film } from '../../media/contract/library.ts';
import type { Call } from './api-client.ts';
import { absenceOf } from './ask-for-url.ts';

/** More of what must be watched stands in the day's list, not on the shelf. */
const mostMustWatch = 8;

/** The featured shelf: films that must be watched about now, then what the county recommends, the newest first; each film once. */
export async function loadFeaturedFilms(
  call: Call,
  loadItems: () => Promise<readonly GuideItem[]>,
): Promise<readonly Film[]> {
  const [items, recommended] = await Promise.all([
    loadItems(),
    call('listFilms', { query: { featured: 'true', state: 'ready', limit: '24' } }),
  ]);
  const ids: readonly string[] = items.map(({ filmId, mustWatch }) => (mustWatch ? (filmId ?? '') : ''));
  const mustWatch = ids.filter((id, at) => id !== '' && ids.indexOf(id) === at).slice(0, mostMustWatch);
  return [...(await loadFilms(call, mustWatch)), ...recommended.items.filter(({ id }) => mustWatch.indexOf(id) < 0)];
}

/** The films of these ids that may be watched, in their order; what was withdrawn is left out. */
export async function loadFilms(call: Call, ids: readonly string[]): Promise<readonly Film[]> {
  const films = await Promise.all(
    ids.map((id) =>
      call('readFilm', { params: { id } }).catch((error: unknown) => {
        const absence = absenceOf(error);
        if (absence === 'gone' || absence === 'closed') return undefined;
        throw error;
      }),
    ),
  );
  return films.reduce<Film[]>((kept, film) => (film?.state === 'ready' ? [...kept, film] : kept), []);
}
