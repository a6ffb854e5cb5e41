import { randomBytes } from 'node:crypto';
import type { RoleAtPlace, User } from '../../media/contract/accounts.ts';
import { AppError } from '../errors.ts';
import { newId } from '../new-id.ts';
import { hashPassword } from './password.ts';
import type { UserStore } from './user-store.ts';

/** Somebody whom the server itself makes: the first administrator, the people of the demo. */
export interface BuiltInUser {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly RoleAtPlace[];
  /** Cost of the password's stored form. @defaultValue that of the house */
  readonly passwordCost?: number | undefined;
}

/**
 * Makes a person with a password in one write; answers false where there is one of that name already, as when another
 * replica was quicker. For first start and demo only.
 */
export async function addBuiltInUser(
  users: UserStore,
  { username, name, roles, passwordCost }: BuiltInUser,
  password: string,
  atMs: number,
): Promise<boolean> {
  const user: User = { id: newId(atMs), username, name, roles: [...roles], disabled: false };
  try {
    await users.add(user, atMs, await hashPassword(password, passwordCost));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'name_taken') return false;
    throw error;
  }
}

/** A password that can be read out and typed: 16 letters and digits without those that look alike, in groups of four. */
export function readablePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  // 31 letters and 256 values: those above 247 would make the first letters likelier, so they are left out.
  const picked = [...randomBytes(64)].filter((byte) => byte < 248).map((byte) => letters[byte % 31] ?? '');
  return [0, 4, 8, 12].map((from) => picked.slice(from, from + 4).join('')).join('-');
}
