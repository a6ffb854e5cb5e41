import { useQuery } from '@tanstack/react-query';
import type { Track } from '../../../../media/contract/tracks.ts';
import { call } from '../../session/api.ts';

const isOnItsWay = ({ state, change }: Track): boolean =>
  state === 'uploading' || state === 'making' || (change === 'remove' && state === 'ready');

/** Languages and subtitles of a film; looked at again every 2 s while one of them is on its way. */
export function useTracks(filmId: string) {
  return useQuery({
    queryKey: ['tracks', filmId],
    queryFn: async () => (await call('listTracks', { params: { id: filmId } })).items,
    refetchInterval: (query) => (query.state.data?.some(isOnItsWay) === true ? 2000 : 30_000),
  });
}
