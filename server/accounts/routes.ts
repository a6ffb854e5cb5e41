import type { SessionView } from '../../media/contract/accounts.ts';
import type { Id } from '../../media/contract/ids.ts';
import { idSchema } from '../../media/contract/ids.ts';
import { auditedBy } from '../audit/audited-by.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { AppError, notFound } from '../errors.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { SignedIn } from '../http/caller.ts';
import { pageOf } from '../http/page.ts';
import { present } from '../http/present.ts';
import type { Call, Routes } from '../http/serve.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { acceptInvitation } from './accept-invitation.ts';
import type { AccountParts } from './account-parts.ts';
import { addUser, changeUser, managedUser, mayManage } from './manage-users.ts';
import { type HttpRule, requireSafeTransport } from './safe-transport.ts';
import { noSessionCookie, sessionCookie } from './session-cookie.ts';
import type { Session } from './session-store.ts';
import { type Begun, enterPasswordAgain, signIn } from './sign-in.ts';

type Names =
  | 'signIn'
  | 'currentSession'
  | 'signOut'
  | 'stepUp'
  | 'listSessions'
  | 'endSession'
  | 'endOtherSessions'
  | 'listUserSessions'
  | 'endUserSessions'
  | 'listUsers'
  | 'createUser'
  | 'changeUser'
  | 'inviteAgain'
  | 'acceptInvitation';
type UserNames = 'listUsers' | 'createUser' | 'changeUser' | 'inviteAgain' | 'listUserSessions' | 'endUserSessions';
/** What both doors to a session have. */
type SignInCall = Pick<Call<'signIn'>, 'caller' | 'requestId' | 'atMs' | 'secure' | 'header' | 'setHeader'>;
type Parts = AccountParts &
  PlaceParts &
  AuditParts &
  Pick<Surroundings, 'passwordCost'> & { readonly settings: HttpRule };

export const accountRoutes = (parts: Parts): Routes<Names> => ({ ...sessionRoutes(parts), ...userRoutes(parts) });

const sessionRoutes = (parts: Parts): Routes<Exclude<Names, UserNames>> => ({
  signIn: async (call) => {
    requireSafeTransport(parts.settings, call);
    const begun = await signIn(parts, call.body, from(call)).catch(async (error: unknown) => {
      const refused = auditedBy(call, 'session.refuse', `user/${call.body.username.slice(0, 64)}`);
      // Whoever goes on beyond the limit of tries is counted, not written down each time.
      const isOverLimit = error instanceof AppError && error.code === 'too_many_requests';
      await (isOverLimit ? parts.refusals.note(refused) : parts.audit.write(refused));
      throw error;
    });
    return hand(parts, call, begun, 'session.begin');
  },
  acceptInvitation: async (call) => {
    requireSafeTransport(parts.settings, call);
    return hand(parts, call, await acceptInvitation(parts, call.body, from(call)), 'invitation.accept');
  },
  currentSession: ({ caller: { sessionId, expiresAtMs, passwordAtMs, id, username, name, roles } }) =>
    Promise.resolve({ id: sessionId, expiresAtMs, passwordAtMs, user: { id, username, name, roles: [...roles] } }),
  signOut: async (call) => {
    await parts.sessions.end(call.caller.id, call.caller.sessionId);
    call.setHeader('Set-Cookie', noSessionCookie(call.secure));
    await parts.audit.write(auditedBy(call, 'session.end', `user/${call.caller.username}`));
  },
  stepUp: async (call) => {
    requireSafeTransport(parts.settings, call);
    await enterPasswordAgain(parts, call.caller, { password: call.body.password, atMs: call.atMs });
    await parts.audit.write(auditedBy(call, 'session.step-up', `user/${call.caller.username}`));
    return { passwordAtMs: call.atMs };
  },
  listSessions: async ({ caller, query }) => {
    const all = (await parts.sessions.ofUser(caller.id)).map(sessionViewFor(caller));
    // Two that were seen in one moment could come in either order; who looks for their own finds it first.
    all.sort((a, b) => Number(b.current) - Number(a.current));
    return pageOf(all, query, { keyOf: ({ id }) => id, textOf: ({ agent }) => agent });
  },
  endSession: async (call) => {
    if (!(await parts.sessions.end(call.caller.id, call.params.id))) throw notFound('session');
    await parts.audit.write(auditedBy(call, 'session.end', `session/${call.params.id}`));
  },
  endOtherSessions: async (call) => {
    await parts.sessions.endAll(call.caller.id, call.caller.sessionId);
    await parts.audit.write(auditedBy(call, 'session.end-others', `user/${call.caller.username}`));
  },
});

const userRoutes = (parts: Parts): Routes<UserNames> => ({
  listUsers: async ({ caller, query }) => {
    const limit = query.limit ?? 50;
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor, idSchema);
    const tree = await parts.places.tree();
    const asked = { limit: limit + 1, after, query: query.query };
    const page = await parts.users.page(asked, (user) => mayManage(tree, caller, user.roles));
    const items = page.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      ...(page.length > limit && last !== undefined ? { nextCursor: writeCursor(last.id) } : {}),
    };
  },
  createUser: async (call) => {
    const user = await addUser(parts, call.caller, call.body, call.atMs);
    await parts.audit.write(auditedBy(call, 'user.add', `user/${user.username}`, JSON.stringify(user.roles)));
    return { ...user, invitation: await invite(parts, user.id, call.atMs) };
  },
  changeUser: async (call) => {
    const user = await changeUser(parts, call.caller, call.params.id, present(call.body));
    // Rotation at a change of rights: whoever holds an older session signs in again (ASVS 7.4.3).
    if (call.body.roles !== undefined || user.disabled) {
      await parts.sessions.endAll(user.id, call.caller.sessionId);
    }
    await parts.audit.write(auditedBy(call, 'user.change', `user/${user.username}`, JSON.stringify(call.body)));
    return user;
  },
  inviteAgain: async (call) => {
    const user = await managedUser(parts, call.caller, call.params.id);
    await parts.audit.write(auditedBy(call, 'user.invite', `user/${user.username}`));
    return invite(parts, user.id, call.atMs);
  },
  listUserSessions: async ({ caller, params }) => {
    const user = await managedUser(parts, caller, params.id);
    return { items: (await parts.sessions.ofUser(user.id)).map(sessionViewFor(caller)) };
  },
  endUserSessions: async (call) => {
    const user = await managedUser(parts, call.caller, call.params.id);
    const { session } = call.query;
    if (session === undefined) await parts.sessions.endAll(user.id, call.caller.sessionId);
    else if (session === call.caller.sessionId || !(await parts.sessions.end(user.id, session)))
      throw notFound('session');
    await parts.audit.write(auditedBy(call, 'session.end-others', `user/${user.username}`, session));
  },
});

const sessionViewFor =
  ({ sessionId }: SignedIn) =>
  ({ id, createdAtMs, lastSeenAtMs, agent, ip }: Session): SessionView => ({
    ...{ id, createdAtMs, lastSeenAtMs, agent, ip },
    current: id === sessionId,
  });

async function invite({ invitations }: AccountParts, userId: Id, atMs: number) {
  const { token, expiresAtMs } = await invitations.make(userId, atMs);
  // Behind the #, so that no proxy and no log sees it.
  return { path: `/console/#/invitation/${token}`, expiresAtMs };
}

/** Gives a session to the browser as a cookie and to programs as a token. */
async function hand(parts: Parts, call: SignInCall, begun: Begun, action: string) {
  call.setHeader('Set-Cookie', sessionCookie(begun.token, begun.user.roles, call.secure));
  const { username } = begun.user;
  await parts.audit.write({ ...auditedBy(call, action, `user/${username}`), actor: username });
  return { ...begun, user: { ...begun.user, roles: [...begun.user.roles] } };
}

const from = (call: SignInCall) => ({
  ip: call.caller.ip,
  agent: call.header('user-agent') ?? '',
  atMs: call.atMs,
});
