import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadKey } from '../../../../media/storage/storage-key.ts';
import { StorageMissing, type Storage } from '../../../../media/storage/storage.ts';

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What every store must do; run over each kind. */
export function describeStorage(
  name: string,
  open: () => Promise<{ storage: Storage; close: () => Promise<void> }>,
): void {
  describe(`storage on ${name}`, () => {
    let storage: Storage;
    let close: () => Promise<void>;
    let scratch: string;
    beforeAll(async () => {
      ({ storage, close } = await open());
      scratch = await mkdtemp(join(tmpdir(), 'storage-suite-'));
    });
    afterAll(async () => {
      await close();
      await rm(scratch, { recursive: true, force: true });
    });

    it('gives back what was put, whole or in part', async () => {
      await storage.put('films/a/one', Buffer.from('0123456789'));
      expect((await storage.read('films/a/one')).toString()).toBe('0123456789');
      expect((await storage.read('films/a/one', { from: 2, to: 5 })).toString()).toBe('234');
      expect((await storage.read('films/a/one', { from: 8, to: 50 })).toString()).toBe('89');
      expect((await storage.read('films/a/one', { from: 3, to: 3 })).length).toBe(0);
      expect(Buffer.concat(await collect(await storage.stream('films/a/one'))).toString()).toBe('0123456789');
      expect(Buffer.concat(await collect(await storage.stream('films/a/one', { from: 1, to: 4 }))).toString()).toBe(
        '123',
      );
      expect(await storage.stat('films/a/one')).toEqual({ key: 'films/a/one', bytes: 10 });
    });

    it('replaces on put and keeps on putIfAbsent', async () => {
      await storage.put('films/b', Buffer.from('old'));
      await storage.put('films/b', Buffer.from('new'));
      expect(await storage.putIfAbsent('films/b', Buffer.from('newer'))).toBe(false);
      expect((await storage.read('films/b')).toString()).toBe('new');
      expect(await storage.putIfAbsent('films/c', Buffer.from('first'))).toBe(true);
      expect((await storage.read('films/c')).toString()).toBe('first');
    });

    it('lets one of many racing writers win', async () => {
      const tries = Array.from({ length: 12 }, (_none, index) =>
        storage.putIfAbsent('films/race', Buffer.from(`writer ${String(index)}`)),
      );
      const won = await Promise.all(tries);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await storage.read('films/race')).toString()).toBe(`writer ${String(won.indexOf(true))}`);
    });

    it('takes a local file over, so that it is gone afterwards', async () => {
      const file = join(scratch, 'segment.ts');
      await writeFile(file, 'moved');
      await storage.put('films/d/00000.ts', { file });
      expect((await storage.read('films/d/00000.ts')).toString()).toBe('moved');
      await expect(stat(file)).rejects.toThrow('ENOENT');
    });

    it('says what is missing', async () => {
      await expect(storage.read('films/nothing')).rejects.toThrow(StorageMissing);
      await expect(storage.stream('films/nothing')).rejects.toThrow(StorageMissing);
      expect(await storage.stat('films/nothing')).toBeUndefined();
      await storage.remove('films/nothing');
    });

    it('lists by prefix over more than one page, and removes by prefix', async () => {
      for (const key of ['list/a/1', 'list/a/2', 'list/a/3', 'list/ab/4', 'list/b/5', 'list/b/deep/6'])
        await storage.put(key, Buffer.from(key));
      const keys = async (prefix: string) => (await collect(storage.list(prefix))).map((file) => file.key).sort();
      expect(await keys('list/')).toHaveLength(6);
      expect(await keys('list/a/')).toEqual(['list/a/1', 'list/a/2', 'list/a/3']);
      expect(await keys('list/a')).toHaveLength(4);
      expect(await keys('list/none/')).toEqual([]);
      expect((await collect(storage.list('list/b/')))[0]).toEqual({ key: 'list/b/5', bytes: 8 });
      await storage.removeAll('list/a/');
      expect(await keys('list/')).toEqual(['list/ab/4', 'list/b/5', 'list/b/deep/6']);
      await storage.removeAll('list/b/');
      await storage.remove('list/ab/4');
      expect(await keys('list/')).toEqual([]);
    });

    it('gives a path that a program can read', async () => {
      await storage.put('films/e', Buffer.from('for ffmpeg'));
      const path = await storage.localFile('films/e', scratch);
      expect(await readFile(path, 'utf8')).toBe('for ffmpeg');
      expect(await storage.localFile('films/e', scratch)).toBe(path);
    });

    it('takes no key that could lead elsewhere', async () => {
      const bad = [
        '../x',
        'a/../x',
        '/etc/passwd',
        'a//b',
        'a/./b',
        '.hidden',
        'a/.incoming/b',
        'a\0b',
        'a\\b',
        '',
        'a/',
        'x'.repeat(600),
      ];
      for (const key of bad) {
        await expect(async () => storage.read(key), key).rejects.toThrow(BadKey);
        await expect(async () => storage.put(key, Buffer.from('x')), key).rejects.toThrow(BadKey);
        await expect(async () => storage.putIfAbsent(key, Buffer.from('x')), key).rejects.toThrow(BadKey);
        await expect(async () => storage.remove(key), key).rejects.toThrow(BadKey);
        await expect(async () => storage.stat(key), key).rejects.toThrow(BadKey);
        await expect(async () => storage.localFile(key, scratch), key).rejects.toThrow(BadKey);
      }
      await expect(async () => storage.removeAll('../')).rejects.toThrow(BadKey);
      await expect(async () => collect(storage.list('../'))).rejects.toThrow(BadKey);
    });
  });
}
