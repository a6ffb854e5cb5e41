import { describe, expect, it } from 'vitest';
import { isCommonPassword } from '../../../../server/accounts/common-passwords.ts';
import { readablePassword } from '../../../../server/accounts/first-admin.ts';
import { hashPassword, isPassword } from '../../../../server/accounts/password.ts';

describe('passwords', () => {
  it('are known again and no other is', async () => {
    const stored = await hashPassword('红星村 1949');
    expect(stored).toMatch(/^scrypt\$15\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await isPassword('红星村 1949', stored)).toBe(true);
    expect(await isPassword('红星村 1950', stored)).toBe(false);
  });

  it('are stored differently each time', async () => {
    expect(await hashPassword('three words here')).not.toBe(await hashPassword('three words here'));
  });

  it('say their own cost, so that those of before are known after it was raised', async () => {
    const before = await hashPassword('three words here', 10);
    expect(before).toMatch(/^scrypt\$10\$8\$1\$/);
    expect(await isPassword('three words here', before, 12)).toBe(true);
    expect(await isPassword('other words here', before, 12)).toBe(false);
    expect(await isPassword('three words here', before.replace('$10$', '$60$'))).toBe(false);
  });

  it('are never right where none is stored, or something else', async () => {
    expect(await isPassword('', undefined)).toBe(false);
    expect(await isPassword('x', 'plain$x')).toBe(false);
    expect(await isPassword('x', '')).toBe(false);
  });

  it('that everybody tries are known in any case and width', () => {
    for (const common of ['password123', 'PassWord123', 'ｑｗｅｒｔｙ１２３', 'admin123456', '88888888']) {
      expect([common, isCommonPassword(common)]).toEqual([common, true]);
    }
    expect(isCommonPassword('three words here')).toBe(false);
  });

  it('made for people can be read out and are all different', () => {
    const made = Array.from({ length: 100 }, readablePassword);
    for (const password of made) expect(password).toMatch(/^[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){3}$/);
    expect(new Set(made).size).toBe(100);
  });
});
