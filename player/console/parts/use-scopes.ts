import { type Action, countyCode, reachOf } from '../../../media/contract/permissions.ts';
import { useSession } from '../session/session.ts';
import { usePlaces } from './use-names.ts';

/** One choice of a list of places. */
export interface ScopeOption {
  readonly value: string;
  readonly label: string;
}

/** Places that a person may do an action for, from the top down; `county` names the whole. Stations have nothing of their own. */
export function useScopes(action: Action, county: string): readonly ScopeOption[] {
  const { person } = useSession();
  const places = usePlaces().data?.items ?? [];
  const parentOf = new Map(places.map(({ code, parent }) => [code, parent]));
  const own = new Set(person.roles.filter(({ role }) => reachOf(action, role) !== undefined).map(({ place }) => place));
  const isWithinOwn = (code: string | undefined, level = 0): boolean =>
    code !== undefined && level < 8 && (own.has(code) || isWithinOwn(parentOf.get(code), level + 1));
  return places
    .filter(({ code, kind }) => kind !== 'station' && isWithinOwn(code))
    .map(({ code, name }) => ({ value: code, label: code === countyCode ? county : name }));
}
