import { AppError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { type IdentifiableRequest, readToken } from './session-cookie.ts';
import { sessionEndsAtMs } from './session-ends.ts';
import type { SessionStore } from './session-store.ts';
import type { UserStore } from './user-store.ts';

/** A session that was seen within this time is not written again. */
const seenStepMs = 60_000;

/** Finds who sends a request; roles are read every time, so that a change holds from the next request on (T37). */
export async function identify(
  parts: { readonly users: UserStore; readonly sessions: SessionStore; readonly clock: () => number },
  request: IdentifiableRequest,
): Promise<Caller> {
  const ip = request.ip ?? '';
  const sent = readToken(request);
  if (sent === undefined) return { kind: 'anonymous', ip };
  const atMs = parts.clock();
  const session = await parts.sessions.byToken(sent.token);
  const user = session === undefined ? undefined : await parts.users.find(session.userId);
  if (session === undefined || user === undefined || user.disabled || atMs >= sessionEndsAtMs(session, user.roles)) {
    // A cookie left over from an old session must not lock anybody out of what is public.
    if (sent.from === 'cookie') return { kind: 'anonymous', ip };
    throw new AppError('sign_in', 'This session has ended. Sign in again.');
  }
  const seen = atMs - session.lastSeenAtMs >= seenStepMs ? { ...session, lastSeenAtMs: atMs } : session;
  if (seen !== session) await parts.sessions.sawAt(session.id, atMs);
  return {
    kind: 'user',
    ip,
    id: user.id,
    username: user.username,
    name: user.name,
    roles: user.roles,
    sessionId: session.id,
    passwordAtMs: session.passwordAtMs,
    expiresAtMs: sessionEndsAtMs(seen, user.roles),
  };
}
