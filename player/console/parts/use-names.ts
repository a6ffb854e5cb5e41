import { useQuery } from '@tanstack/react-query';
import { call } from '../session/api.ts';

/** Places, which change seldom. */
export function usePlaces() {
  return useQuery({ queryKey: ['places'], queryFn: () => call('listPlaces'), staleTime: 60_000 });
}

/** Channels that this person may see. */
export function useChannels() {
  return useQuery({ queryKey: ['channels'], queryFn: () => call('listChannels'), staleTime: 60_000 });
}

type Named = readonly { readonly code: string; readonly name: string }[];

const nameIn = (items: Named | undefined, code: string): string =>
  items?.find((item) => item.code === code)?.name ?? code;

/** Tells the name of a place, or its code where it is not known. */
export function usePlaceName(): (code: string) => string {
  const places = usePlaces().data?.items;
  return (code) => nameIn(places, code);
}

/** Tells the name of a channel, or its code where it is not known. */
export function useChannelName(): (code: string) => string {
  const channels = useChannels().data?.items;
  return (code) => nameIn(channels, code);
}
