import type { RoleAtPlace } from '../../media/contract/accounts.ts';
import type { Id } from '../../media/contract/ids.ts';
import { type Action, countyCode, isOfTheCounty, type Reach, reachOf } from '../../media/contract/permissions.ts';

/** Who sends a request: somebody signed in, or anybody. */
export type Caller =
  | { readonly kind: 'anonymous'; readonly ip: string }
  | {
      readonly kind: 'user';
      readonly ip: string;
      readonly id: Id;
      readonly username: string;
      readonly name: string;
      readonly roles: readonly RoleAtPlace[];
      readonly sessionId: Id;
      /** When this session's password was last entered. */
      readonly passwordAtMs: number;
      readonly expiresAtMs: number;
    };
export type SignedIn = Extract<Caller, { kind: 'user' }>;

/** A thing that permissions speak of: where it belongs and whose it is. */
export type Scope = { readonly place: string; readonly ownerId?: Id | undefined };

/** Says whether `inner` is `outer` or lies below it. */
export type PlaceTree = { readonly isWithin: (inner: string, outer: string) => boolean };

/** The reaches that a caller's roles give for an action, with the place that each role sits at. */
export function grants(caller: Caller, action: Action): readonly { readonly reach: Reach; readonly place: string }[] {
  if (caller.kind === 'anonymous') {
    const reach = reachOf(action, 'anonymous');
    return reach === undefined ? [] : [{ reach, place: '' }];
  }
  return caller.roles.flatMap(({ role, place }) => {
    const reach = reachOf(action, role);
    if (reach === undefined || (isOfTheCounty(action) && place !== countyCode)) return [];
    return [{ reach, place }];
  });
}

/** Says whether a caller may do an action at all, to something. */
export const may = (caller: Caller, action: Action): boolean => grants(caller, action).length > 0;

/** Says whether a caller may do an action to this thing; use-cases answer 404 where not. */
export function mayTo(tree: PlaceTree, caller: Caller, action: Action, scope: Scope): boolean {
  return grants(caller, action).some(({ reach, place }) => {
    if (reach === 'own') return caller.kind === 'user' && scope.ownerId === caller.id;
    return caller.kind === 'anonymous' || tree.isWithin(scope.place, place);
  });
}
