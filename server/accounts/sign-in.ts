import type { User } from '../../media/contract/accounts.ts';
import type { Id } from '../../media/contract/ids.ts';
import { AppError } from '../errors.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AccountParts } from './account-parts.ts';
import { isPassword } from './password.ts';
import { sessionEndsAtMs } from './session-ends.ts';

/** Where a sign-in comes from. */
export interface SignInFrom {
  readonly ip: string;
  readonly agent: string;
  readonly atMs: number;
}
/** A session just begun, with its token: told once. */
export interface Begun {
  readonly token: string;
  readonly expiresAtMs: number;
  readonly user: Omit<User, 'disabled'>;
}

type Checking = Pick<AccountParts, 'users' | 'sessions' | 'loginLimits'> & Pick<Surroundings, 'passwordCost'>;

const refused = () =>
  new AppError('sign_in', 'Username or password is wrong. Try again, or ask the office for a new link.');

/** Checks a password and begins a session; the same words and the same time whoever does not exist (T29). */
export async function signIn(
  { users, sessions, loginLimits, passwordCost }: Checking,
  given: { readonly username: string; readonly password: string },
  from: SignInFrom,
): Promise<Begun> {
  await loginLimits.take(given.username, from.ip);
  const found = await users.credentials(given.username);
  const usable = found?.user.disabled === false ? found : undefined;
  const right = await isPassword(given.password, usable?.passwordHash, passwordCost);
  if (usable === undefined || !right) throw refused();
  await loginLimits.forgive(given.username, from.ip);
  return beginSession({ sessions }, usable.user, from);
}

/** Begins a session of somebody whose right to it was just shown. */
export async function beginSession(
  { sessions }: Pick<AccountParts, 'sessions'>,
  user: User,
  from: SignInFrom,
): Promise<Begun> {
  const { session, token } = await sessions.begin(user.id, from.atMs, from);
  const { id, username, name, roles } = user;
  return { token, expiresAtMs: sessionEndsAtMs(session, roles), user: { id, username, name, roles } };
}

/** Checks the password again before something grave; counts as a try of this account. */
export async function enterPasswordAgain(
  { users, sessions, loginLimits, passwordCost }: Checking,
  caller: { readonly id: Id; readonly username: string; readonly ip: string; readonly sessionId: Id },
  given: { readonly password: string; readonly atMs: number },
): Promise<void> {
  await loginLimits.take(caller.username, caller.ip);
  const found = await users.credentialsOf(caller.id);
  if (!(await isPassword(given.password, found?.passwordHash, passwordCost))) {
    throw new AppError('forbidden', 'The password is wrong. Enter it again.');
  }
  await loginLimits.forgive(caller.username, caller.ip);
  await sessions.enteredPasswordAt(caller.sessionId, given.atMs);
}
