import { useQuery } from '@tanstack/react-query';
import type { Film } from '../../../../media/contract/library.ts';
import { call } from '../../session/api.ts';
import { isMoving } from '../film-status.ts';

/** Pictures that can stand for a film, once somebody wants to choose. */
export function usePosters(film: Film, enabled: boolean) {
  return useQuery({
    queryKey: ['posters', film.id, film.revision],
    queryFn: async () => (await call('listPosters', { params: { id: film.id } })).items,
    enabled,
  });
}

/** Versions of a film; looked at again every 2 s while one of them is made. */
export function useFilmVersions(filmId: string) {
  return useQuery({
    queryKey: ['versions', filmId],
    queryFn: async () => (await call('listFilmVersions', { params: { id: filmId } })).items,
    refetchInterval: (query) =>
      query.state.data?.some(({ film }) => film !== undefined && isMoving(film)) === true ? 2000 : 30_000,
  });
}

/** Where a film is planned and aired. */
export function useFilmUses(filmId: string) {
  return useQuery({
    queryKey: ['uses', filmId],
    queryFn: () => call('filmUses', { params: { id: filmId } }),
    refetchInterval: 60_000,
  });
}
