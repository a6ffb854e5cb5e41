import { absenceOf } from '../shared/ask-for-url.ts';
import { remember, remembered } from '../shared/remembered.ts';
import { call } from './member.ts';

const name = 'signed-in';

/** Whether somebody signed in on this device, as far as it knows; the server decides each time. */
export const isSignedIn = (): boolean => remembered(name) === '1';

/** Signs in; the session of a member lasts until it was not used for 30 days. */
export async function signIn(username: string, password: string): Promise<void> {
  await call('signIn', { body: { username, password } });
  remember(name, '1');
}

/** Who is signed in; undefined where nobody is any more. */
export async function whoAmI(): Promise<{ readonly name: string } | undefined> {
  try {
    return { name: (await call('currentSession')).user.name };
  } catch (error) {
    if (absenceOf(error) !== 'closed') throw error;
    remember(name, '0');
    return undefined;
  }
}

/** Ends the session on this device. */
export async function signOut(): Promise<void> {
  await call('signOut').catch((error: unknown) => {
    if (absenceOf(error) !== 'closed') throw error;
  });
  remember(name, '0');
}
