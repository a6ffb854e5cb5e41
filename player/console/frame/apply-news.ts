import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Film } from '../../../media/contract/library.ts';
import type { Changed, NewsNoun } from '../../../media/contract/news.ts';

/** First words of the keys under which screens keep what they read of a thing. */
const readOf: Readonly<Record<NewsNoun, readonly string[]>> = {
  film: ['films', 'film', 'tracks', 'queue', 'first-steps'],
  // The plan that somebody works on is not read again behind their back.
  plan: ['plans', 'versions', 'first-steps'],
  channel: ['channels', 'desk', 'on-air'],
  alarm: ['alarms'],
  queue: ['queue'],
  place: ['places', 'first-steps'],
  category: ['categories', 'first-steps'],
  user: ['users', 'session', 'first-steps'],
  session: ['sessions'],
  settings: ['settings'],
  'day-template': ['day-templates'],
  season: ['seasons'],
};
/** What was read once for good, or is being worked on. */
const kept: ReadonlySet<unknown> = new Set(['screen', 'plan', 'plan-to-copy', 'preview', 'playback']);

interface FilmPage {
  readonly items: readonly Film[];
}
type FilmPages = InfiniteData<FilmPage>;

/** Brings what the screens know up to a change; what cannot be taken from it is read again. */
export async function applyNews(queries: QueryClient, changed: Changed): Promise<void> {
  if (changed.noun === 'film' && isOnlyProgress(queries, changed)) {
    queries.setQueriesData<Film>({ queryKey: ['film', changed.id] }, (film) => film && movedOn(film, changed));
    queries.setQueriesData<FilmPages>({ queryKey: ['films'] }, (known) => known && withPages(known, changed));
    return;
  }
  await Promise.all(readOf[changed.noun].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

/** Reads everything again that could have changed. */
export const readAllAgain = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => !kept.has(queryKey[0]) });

/** Whether the state is the one that every screen knows: then nothing else of the film changed. */
function isOnlyProgress(queries: QueryClient, { id, state, progress }: Changed): boolean {
  if (progress === undefined) return false;
  const pages = queries.getQueriesData<FilmPages>({ queryKey: ['films'] });
  const listed = pages.flatMap(([, known]) => known?.pages.flatMap(({ items }) => items) ?? []);
  const opened = queries.getQueryData<Film>(['film', id]);
  return [...listed, ...(opened === undefined ? [] : [opened])].every((film) => film.id !== id || film.state === state);
}

const movedOn = (film: Film, { progress }: Changed): Film =>
  progress === undefined || film.paused === true ? film : { ...film, progress };

const withPages = (known: FilmPages, changed: Changed): FilmPages => ({
  ...known,
  pages: known.pages.map((page) => ({
    ...page,
    items: page.items.map((film) => (film.id === changed.id ? movedOn(film, changed) : film)),
  })),
});
