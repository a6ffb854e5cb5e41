import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../../../server/accounts/safe-transport.ts';
import { noSessionCookie, readToken, sessionCookie } from '../../../../server/accounts/session-cookie.ts';
import { sessionEndsAtMs } from '../../../../server/accounts/session-ends.ts';

const staff = [{ role: 'producer', place: 'county' }] as const;
const member = [{ role: 'member', place: 'county' }] as const;

describe('the session cookie', () => {
  it('is bound to the host on https and goes with the browser for staff', () => {
    expect(sessionCookie('abc', staff, true)).toBe('__Host-sid=abc; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(sessionCookie('abc', member, false)).toMatch(/^sid=abc; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect(noSessionCookie(true)).toContain('Max-Age=0');
  });

  it('counts under its own name only', () => {
    const read = (cookie: string, secure: boolean) => readToken({ headers: { cookie }, secure })?.token;
    expect(read('a=1; __Host-sid=good; sid=bad', true)).toBe('good');
    expect(read('sid=bad', true)).toBeUndefined();
    expect(read('sid=good', false)).toBe('good');
    expect(read('xsid=bad; sid=', false)).toBeUndefined();
  });

  it('counts less than a bearer token, and a broken header is never anonymous', () => {
    const read = (authorization: string) => readToken({ headers: { authorization, cookie: 'sid=c' }, secure: false });
    expect(read('bearer abc')).toEqual({ token: 'abc', from: 'bearer' });
    expect(read('Basic eDp5')).toEqual({ token: '', from: 'bearer' });
  });
});

describe('the end of a session', () => {
  it('comes for staff after 30 idle minutes, at the latest after 12 hours; for members after 30 idle days', () => {
    const hourMs = 3_600_000;
    expect(sessionEndsAtMs({ createdAtMs: 0, lastSeenAtMs: 5 }, staff)).toBe(5 + hourMs / 2);
    expect(sessionEndsAtMs({ createdAtMs: 0, lastSeenAtMs: 11.9 * hourMs }, staff)).toBe(12 * hourMs);
    expect(sessionEndsAtMs({ createdAtMs: 0, lastSeenAtMs: 5 }, member)).toBe(5 + 30 * 24 * hourMs);
    expect(sessionEndsAtMs({ createdAtMs: 0, lastSeenAtMs: 5 }, [...member, ...staff])).toBe(5 + hourMs / 2);
  });
});

describe('this machine', () => {
  it('is 127.x and ::1 in every spelling that Node uses, and nothing else', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
    expect(['10.0.0.1', '192.168.1.127', '::', '::ffff:10.0.0.1', '', '1127.0.0.1', '::12'].some(isLoopback)).toBe(
      false,
    );
  });
});
