import { useQuery } from '@tanstack/react-query';
import { call } from '../../session/api.ts';

/** Day templates of the county, by name. */
export const useDayTemplates = (isWanted = true) =>
  useQuery({
    queryKey: ['day-templates'],
    queryFn: () => call('listDayTemplates', { query: {} }),
    enabled: isWanted,
  });

/** Seasons of the county, by name. */
export const useSeasons = (isWanted = true) =>
  useQuery({ queryKey: ['seasons'], queryFn: () => call('listSeasons', { query: {} }), enabled: isWanted });
