import { AppError } from '../errors.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AccountParts } from './account-parts.ts';
import { isCommonPassword } from './common-passwords.ts';
import { hashPassword } from './password.ts';
import { beginSession, type Begun, type SignInFrom } from './sign-in.ts';

/** Sets the password that the reader of a one-time link chose, ends old sessions and signs in; 410 for a used or old link. */
export async function acceptInvitation(
  {
    users,
    sessions,
    invitations,
    passwordCost,
  }: Pick<AccountParts, 'users' | 'sessions' | 'invitations'> & Pick<Surroundings, 'passwordCost'>,
  given: { readonly token: string; readonly password: string },
  from: SignInFrom,
): Promise<Begun> {
  if ((await invitations.whose(given.token, from.atMs)) === undefined) throw usedUp();
  requireGoodPassword(given.password);
  const passwordHash = await hashPassword(given.password, passwordCost);
  const userId = await invitations.take(given.token, from.atMs);
  const user = userId === undefined ? undefined : await users.find(userId);
  if (user === undefined || user.disabled) throw usedUp();
  await users.setPassword(user.id, passwordHash);
  await sessions.endAll(user.id);
  return beginSession({ sessions }, user, from);
}

/** ASVS 6.2.4: not one of the passwords that everybody tries first. */
export function requireGoodPassword(password: string): void {
  if (!isCommonPassword(password)) return;
  const message = 'Everybody tries this password first. Choose another, for example three words that you remember.';
  throw new AppError('invalid', `password: ${message}`, { fields: [{ path: 'password', message }] });
}

const usedUp = () =>
  new AppError('expired', 'This link was used or is older than 24 hours. Ask the office for a new one.');
