import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Film } from '../../../media/contract/library.ts';
import type { FilmState } from '../../../media/film/film-state.ts';
import { askAgainMs } from '../parts/news-line.ts';
import { call } from '../session/api.ts';
import { isMoving } from './film-status.ts';

/** What the library is searched for; empty texts do not narrow. */
export interface FilmFilter {
  readonly query?: string;
  readonly category?: string;
  readonly state?: FilmState;
  /** Only what the county recommends. */
  readonly featured?: 'true';
}

const lookAgainMs = 2_000;

/** What is uploaded by somebody else is told by nobody; everything else is news. */
const againAfter = (films: readonly Film[]): number | false =>
  films.some(isMoving) && (films.some(({ state }) => state === 'uploading') ? lookAgainMs : askAgainMs(lookAgainMs));

/** Films by filter, page after page; looked at again while one of them moves. */
export function useFilms(filter: FilmFilter) {
  return useInfiniteQuery({
    queryKey: ['films', filter],
    queryFn: ({ pageParam }) =>
      call('listFilms', { query: { ...filter, limit: '50', ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => againAfter(query.state.data?.pages.flatMap(({ items }) => items) ?? []),
  });
}

/** One film; looked at again while it moves. */
export function useFilm(id: string) {
  return useQuery({
    queryKey: ['film', id],
    queryFn: () => call('readFilm', { params: { id } }),
    refetchInterval: (query) => (query.state.data === undefined ? false : againAfter([query.state.data])),
  });
}

/** The technical check of a film, for those who make and judge films: only they are told reviews. */
export function useFilmCheck(film: Film) {
  return useQuery({
    queryKey: ['check', film.id, film.revision, film.rungs === undefined],
    queryFn: () => call('checkFilm', { params: { id: film.id } }),
    enabled: film.reviews !== undefined && film.revision !== undefined,
    staleTime: 60_000,
  });
}

/** Categories, which change seldom. */
export function useCategories() {
  return useQuery({ queryKey: ['categories'], queryFn: () => call('listCategories'), staleTime: 60_000 });
}

/** Name of a category, or its code where it is not known. */
export const categoryName = (
  categories: readonly { readonly code: string; readonly name: string }[] | undefined,
  code: Film['category'],
): string | undefined =>
  code === undefined ? undefined : (categories?.find((one) => one.code === code)?.name ?? code);
