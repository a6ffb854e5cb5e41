import { AppError } from '../errors.ts';
import type { User } from '../../media/contract/accounts.ts';
import type { Caller, SignedIn } from '../http/caller.ts';
import { type IdentifiableRequest, readToken } from './session-cookie.ts';
import { sessionEndsAtMs } from './session-ends.ts';
import type { Session, SessionStore } from './session-store.ts';
import type { UserStore } from './user-store.ts';

/** A session that was seen within this time is not written again. */
const seenStepMs = 60_000;

export interface IdentifyParts {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly clock: () => number;
}

/** Finds who sends a request; roles are read every time, so that a change holds from the next request on (T37). */
export async function identify(parts: IdentifyParts, request: IdentifiableRequest): Promise<Caller> {
  const ip = request.ip ?? '';
  const sent = readToken(request);
  if (sent === undefined) return { kind: 'anonymous', ip };
  const atMs = parts.clock();
  const session = await parts.sessions.byToken(sent.token);
  const user = session === undefined ? undefined : await personOf(parts, session);
  if (session === undefined || user === undefined) {
    // A cookie left over from an old session must not lock anybody out of what is public.
    if (sent.from === 'cookie') return { kind: 'anonymous', ip };
    throw new AppError('sign_in', 'This session has ended. Sign in again.');
  }
  const seen = atMs - session.lastSeenAtMs >= seenStepMs ? { ...session, lastSeenAtMs: atMs } : session;
  if (seen !== session) await parts.sessions.sawAt(session.id, atMs);
  return callerOf(user, seen, ip);
}

/** A caller as they are now, of a session that goes on; undefined where it ended. It is not taken for a request of theirs. */
export async function stillSignedIn(parts: IdentifyParts, { sessionId, ip }: SignedIn): Promise<SignedIn | undefined> {
  const session = await parts.sessions.find(sessionId);
  const user = session === undefined ? undefined : await personOf(parts, session);
  return session === undefined || user === undefined ? undefined : callerOf(user, session, ip);
}

/** Whose a session is, while it lasts. */
async function personOf({ users, clock }: IdentifyParts, session: Session): Promise<User | undefined> {
  const user = await users.find(session.userId);
  const lasts = user !== undefined && !user.disabled && clock() < sessionEndsAtMs(session, user.roles);
  return lasts ? user : undefined;
}

const callerOf = ({ id, username, name, roles }: User, session: Session, ip: string): SignedIn => ({
  ...{ kind: 'user', ip, id, username, name, roles },
  sessionId: session.id,
  passwordAtMs: session.passwordAtMs,
  expiresAtMs: sessionEndsAtMs(session, roles),
});
