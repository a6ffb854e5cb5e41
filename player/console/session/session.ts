import { createContext, useContext } from 'react';
import type { RoleAtPlace } from '../../../media/contract/accounts.ts';
import { type Action, reachOf } from '../../../media/contract/permissions.ts';

/** Who works here. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly RoleAtPlace[];
}

/** The signed-in person and how to leave. */
export interface Session {
  readonly person: Person;
  readonly signOut: () => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session; only used below the sign-in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('There is no session above this screen.');
  return session;
}

/**
 * Says whether a person's roles allow an action at all, or on a thing of this owner: what would be refused is not offered.
 * Places are left to the server.
 */
export const mayDo = (person: Person, action: Action, ownerId?: string): boolean =>
  person.roles.some(({ role }) => {
    const reach = reachOf(action, role);
    return reach !== undefined && (reach !== 'own' || ownerId === undefined || ownerId === person.id);
  });
