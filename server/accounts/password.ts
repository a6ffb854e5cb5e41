import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import { takeTurns } from './turns.ts';

/** Binary logarithm of scrypt's N, with r = 8 and p = 1 (RFC 7914): 15 takes 32 MiB and about 0.1 s (security notes, section 4). */
export const houseCost = 15;
/** Stored passwords beyond this are not tried: one would take 256 MiB. */
const highestCost = 18;
const keyBytes = 32;
/** Two at a time: each takes 32 MiB and a thread of four that the disk also needs. */
const inTurn = takeTurns(2, 100, () => {
  throw new AppError('too_many_requests', 'Too many people sign in at once. Try again in a few seconds.', {
    retryAfterS: 5,
  });
});

/** Makes the stored form of a password, `scrypt$15$8$1$salt$hash`; it says its own cost, so that a later one can be higher. */
export async function hashPassword(password: string, cost = houseCost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost, '8', '1', salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Says whether a password is the one stored. Nothing stored takes as long and answers no, so that nobody learns who exists (T29). */
export async function isPassword(password: string, stored: string | undefined, cost = houseCost): Promise<boolean> {
  const [, logN, salt, hash] = form.exec(stored ?? '') ?? [];
  const isReadable = logN !== undefined && Number(logN) <= highestCost;
  const expected = Buffer.from(hash ?? '', 'base64url');
  const key = await derive(password, Buffer.from(salt ?? nobodysSalt, 'base64url'), isReadable ? Number(logN) : cost);
  return isReadable && expected.length === keyBytes && timingSafeEqual(key, expected);
}

const form = /^scrypt\$(\d{1,2})\$8\$1\$([\w-]{22})\$([\w-]{43})$/;
const nobodysSalt = Buffer.alloc(16).toString('base64url');

const derive = (password: string, salt: Buffer, cost: number): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        const needs = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 * 128 * 2 ** cost * 8 };
        scrypt(password.normalize('NFKC'), salt, keyBytes, needs, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
