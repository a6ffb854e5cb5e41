import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import { takeTurns } from './turns.ts';

/** RFC 7914 with N = 2^15, r = 8, p = 1: 32 MiB and about 0.1 s (security notes, section 4). */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1_048_576 };
const keyBytes = 32;
/** Two at a time: each takes 32 MiB and a thread of four that the disk also needs. */
const inTurn = takeTurns(2, 100, () => {
  throw new AppError('too_many_requests', 'Too many people sign in at once. Try again in a few seconds.', {
    retryAfterS: 5,
  });
});

/** Makes the stored form of a password, `scrypt$15$8$1$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return ['scrypt', '15', '8', '1', salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Says whether a password is the one stored. Nothing stored takes as long and answers no, so that nobody learns who exists (T29). */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, , , , salt = '', hash = ''] = (stored ?? nobody).split('$');
  const expected = Buffer.from(hash, 'base64url');
  const key = await derive(password, Buffer.from(salt, 'base64url'));
  return kind === 'scrypt' && stored !== undefined && expected.length === keyBytes && timingSafeEqual(key, expected);
}

const nobody = `none$15$8$1$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(keyBytes).toString('base64url')}`;

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
