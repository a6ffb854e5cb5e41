import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../../server/process/make-folder.ts';
import { readOrMakeSecret } from '../../../../server/process/secret-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuanbo-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the secret', () => {
  it('is made once, for this user only, and the same for all who start at once', async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => readOrMakeSecret(folder)));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^[\w-]{43}$/);
    expect(await readOrMakeSecret(folder)).toBe(secrets[0]);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret']);
  });

  it('that was cut short is not quietly made anew', async () => {
    writeFileSync(join(folder, 'secret'), 'short');
    chmodSync(join(folder, 'secret'), 0o600);
    await expect(readOrMakeSecret(folder)).rejects.toThrow(/remove it/);
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('short');
  });
});

describe('a folder', () => {
  it('is made with those above it, for this user only', async () => {
    const path = join(folder, 'a', 'b', 'c');
    await Promise.all([makeFolder(path), makeFolder(path)]);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('that a file system refuses ends in an error, not in a circle', async () => {
    await expect(makeFolder('/proc/nothing/here')).rejects.toThrow();
  });
});
