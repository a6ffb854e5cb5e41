import { z } from 'zod';
import { atMsSchema, endpoint, listOf, pageQuery, personTextSchema } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';
import { roleSchema } from './permissions.ts';

export const roleAtPlaceSchema = z.strictObject({ role: roleSchema, place: codeSchema });
export type RoleAtPlace = z.infer<typeof roleAtPlaceSchema>;

/** Letters of any script, digits, `.`, `_`, `-`; 2 to 32. */
export const usernameSchema = z
  .string()
  .regex(/^[\p{L}\p{N}._-]{2,32}$/u, 'Use 2 to 32 letters, digits, dots, dashes or underscores.');
/** ASVS 6.2: length, not composition. */
export const passwordSchema = z.string().min(8, 'Use at least 8 characters.').max(128, 'Use at most 128 characters.');

export const userSchema = z.object({
  id: idSchema,
  username: z.string(),
  name: z.string(),
  roles: z.array(roleAtPlaceSchema),
  disabled: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

const sessionUser = userSchema.omit({ disabled: true });
const session = z.object({ token: z.string(), expiresAtMs: atMsSchema, user: sessionUser });
/** One sign-in of somebody. */
const sessionSchema = z.object({
  id: idSchema,
  createdAtMs: atMsSchema,
  lastSeenAtMs: atMsSchema,
  /** Program that signed in. */
  agent: z.string(),
  /** Address that it came from; empty where it is not known. */
  ip: z.string(),
  /** The session that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionSchema>;
const byId = z.strictObject({ id: idSchema });
/** A link that lets its reader choose a password once, within 24 hours. */
const invitation = z.object({ path: z.string(), expiresAtMs: atMsSchema });

/** Strangers may send this much and no more. */
const smallBody = 16_384;

export const accounts = {
  signIn: endpoint({
    method: 'POST',
    path: '/api/sessions',
    who: 'public',
    summary: 'Sign in with a password.',
    status: 201,
    bodyBytes: smallBody,
    body: z.strictObject({ username: z.string().max(200), password: z.string().max(1024) }),
    reply: session,
  }),
  currentSession: endpoint({
    method: 'GET',
    path: '/api/sessions/current',
    who: 'signed-in',
    summary: 'Who am I, until when.',
    reply: z.object({ id: idSchema, expiresAtMs: atMsSchema, passwordAtMs: atMsSchema, user: sessionUser }),
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/api/sessions/current',
    who: 'signed-in',
    summary: 'End this session.',
    status: 204,
  }),
  stepUp: endpoint({
    method: 'POST',
    path: '/api/sessions/current/step-up',
    who: 'signed-in',
    summary: 'Enter the password again before something grave.',
    bodyBytes: smallBody,
    body: z.strictObject({ password: z.string().max(1024) }),
    reply: z.object({ passwordAtMs: atMsSchema }),
  }),
  listSessions: endpoint({
    method: 'GET',
    path: '/api/sessions',
    who: 'manage-own-sessions',
    summary: 'My sessions, at most five, this one first; `query` finds the program that signed in.',
    query: z.strictObject(pageQuery),
    reply: listOf(sessionSchema),
  }),
  endOtherSessions: endpoint({
    method: 'DELETE',
    path: '/api/sessions',
    who: 'manage-own-sessions',
    summary: 'End all of my sessions but this one.',
    status: 204,
  }),
  listUserSessions: endpoint({
    method: 'GET',
    path: '/api/users/:id/sessions',
    who: 'end-sessions',
    summary: 'Sessions of somebody.',
    params: byId,
    reply: z.object({ items: z.array(sessionSchema) }),
  }),
  endUserSessions: endpoint({
    method: 'DELETE',
    path: '/api/users/:id/sessions',
    who: 'end-sessions',
    summary: 'End the sessions of somebody, or one of them; never the one that asks.',
    status: 204,
    params: byId,
    query: z.strictObject({ session: idSchema.optional() }),
  }),
  endSession: endpoint({
    method: 'DELETE',
    path: '/api/sessions/:id',
    who: 'manage-own-sessions',
    summary: 'End one of my sessions.',
    status: 204,
    params: byId,
  }),
  listUsers: endpoint({
    method: 'GET',
    path: '/api/users',
    who: 'manage-users',
    summary: 'People.',
    query: z.strictObject(pageQuery),
    reply: listOf(userSchema),
  }),
  createUser: endpoint({
    method: 'POST',
    path: '/api/users',
    who: 'manage-users',
    summary: 'Add a person; the reply carries a one-time link to choose a password.',
    status: 201,
    stepUp: true,
    body: z.strictObject({
      username: usernameSchema,
      name: personTextSchema(60),
      roles: z.array(roleAtPlaceSchema).min(1).max(20),
    }),
    reply: userSchema.extend({ invitation }),
  }),
  changeUser: endpoint({
    method: 'PATCH',
    path: '/api/users/:id',
    who: 'manage-users',
    summary: 'Change name or roles, disable or enable.',
    stepUp: true,
    params: byId,
    body: z.strictObject({
      name: personTextSchema(60).optional(),
      roles: z.array(roleAtPlaceSchema).min(1).max(20).optional(),
      disabled: z.boolean().optional(),
    }),
    reply: userSchema,
  }),
  inviteAgain: endpoint({
    method: 'POST',
    path: '/api/users/:id/invitations',
    who: 'manage-users',
    summary: 'A new one-time link for somebody who lost the password.',
    status: 201,
    stepUp: true,
    params: byId,
    reply: invitation,
  }),
  acceptInvitation: endpoint({
    method: 'POST',
    path: '/api/invitations/accept',
    who: 'public',
    summary: 'Choose a password by a one-time link, and sign in.',
    status: 201,
    bodyBytes: smallBody,
    body: z.strictObject({ token: z.string().max(100), password: passwordSchema }),
    reply: session,
  }),
};
