import type { Caller, SignedIn } from '../http/caller.ts';
import type { Surroundings } from '../surroundings.ts';
import { identify, stillSignedIn } from './identify.ts';
import { type InvitationStore, invitationStore } from './invitation-store.ts';
import { type LoginLimits, loginLimits } from './login-limits.ts';
import type { IdentifiableRequest } from './session-cookie.ts';
import { type SessionStore, sessionStore } from './session-store.ts';
import { type UserStore, userStore } from './user-store.ts';

export interface AccountParts {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly invitations: InvitationStore;
  readonly loginLimits: LoginLimits;
  /** Who sends a request: by bearer token, else by cookie, else anonymous; rejects 401 for a token that is no longer good. */
  readonly identify: (request: IdentifiableRequest) => Promise<Caller>;
  /** The caller of a session as they are now; undefined once it ended. */
  readonly stillSignedIn: (caller: SignedIn) => Promise<SignedIn | undefined>;
}

export function accountParts({ database, clock }: Surroundings): AccountParts {
  const users = userStore(database);
  const sessions = sessionStore(database);
  return {
    users,
    sessions,
    invitations: invitationStore(database),
    loginLimits: loginLimits(),
    identify: (request) => identify({ users, sessions, clock }, request),
    stillSignedIn: (caller) => stillSignedIn({ users, sessions, clock }, caller),
  };
}
