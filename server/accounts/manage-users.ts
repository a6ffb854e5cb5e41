import type { RoleAtPlace, User } from '../../media/contract/accounts.ts';
import type { Id } from '../../media/contract/ids.ts';
import { AppError, notFound } from '../errors.ts';
import { type Caller, grants, type PlaceTree } from '../http/caller.ts';
import { newId } from '../new-id.ts';
import type { PlaceStore } from '../places/place-store.ts';
import type { UserChange, UserStore } from './user-store.ts';
import { usernameKeyOf } from './user-store.ts';

type Parts = { readonly users: UserStore; readonly places: PlaceStore };

/** Names that would be taken for the office itself (corpus i06). */
const reserved = [
  'admin',
  'administrator',
  'root',
  'system',
  'anonymous',
  'station',
  'yuanbo',
  '系统',
  '管理员',
  '超级管理员',
];

/** Adds a person; 404 for a role at a place out of scope, 422 for a reserved name, 409 for a taken one. */
export async function addUser(
  { users, places }: Parts,
  caller: Caller,
  given: { readonly username: string; readonly name: string; readonly roles: readonly RoleAtPlace[] },
  atMs: number,
): Promise<User> {
  requireGrantable(await places.tree(), caller, given.roles);
  if (reserved.includes(usernameKeyOf(given.username))) {
    const message = 'That username is reserved. Choose another.';
    throw new AppError('invalid', `username: ${message}`, { fields: [{ path: 'username', message }] });
  }
  const { username, name, roles } = given;
  return users.add({ id: newId(atMs), username, name, roles: [...roles], disabled: false }, atMs);
}

/** Changes a person within the caller's scope; the last administrator stays (409 `last_admin`). */
export async function changeUser(parts: Parts, caller: Caller, id: Id, change: UserChange): Promise<User> {
  const before = await managedUser(parts, caller, id);
  if (change.roles !== undefined) requireGrantable(await parts.places.tree(), caller, change.roles);
  const after = await parts.users.change(id, change);
  if (after === undefined) throw notFound('person');
  const county = before.roles.find(({ role }) => role === 'admin');
  if (county !== undefined && (await parts.users.countWith(county)) === 0) {
    // Counted after the change and taken back: two who demote each other at once cannot both succeed.
    await parts.users.change(id, { roles: before.roles, disabled: before.disabled });
    throw new AppError('last_admin', 'This is the last administrator. Make somebody else one first.');
  }
  return after;
}

/** A person whom the caller may manage; 404 for anybody else. */
export async function managedUser({ users, places }: Parts, caller: Caller, id: Id): Promise<User> {
  const user = await users.find(id);
  if (user === undefined || !mayManage(await places.tree(), caller, user.roles)) throw notFound('person');
  return user;
}

/** Administrators manage everybody below their place, townships only members of their own (permission matrix). */
export const mayManage = (tree: PlaceTree, caller: Caller, roles: readonly RoleAtPlace[]): boolean =>
  grants(caller, 'manage-users').some(({ reach, place }) =>
    roles.every((held) => tree.isWithin(held.place, place) && (reach === 'all' || held.role === 'member')),
  );

function requireGrantable(tree: PlaceTree, caller: Caller, roles: readonly RoleAtPlace[]): void {
  if (mayManage(tree, caller, roles)) return;
  const asMembers = roles.map(({ place }) => ({ role: 'member' as const, place }));
  if (!mayManage(tree, caller, asMembers)) throw notFound('place');
  throw new AppError('forbidden', 'Your roles let you add members only. Ask the county office for other roles.');
}
