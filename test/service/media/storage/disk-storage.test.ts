import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from '../../../../media/storage/open-storage.ts';
import { BadKey } from '../../../../media/storage/storage-key.ts';
import { describeStorage } from './storage-suite.ts';

const openInNewFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'disk-storage-'));
  const storage = await openStorage(pathToFileURL(folder).href);
  return { storage, folder, close: () => rm(folder, { recursive: true, force: true }) };
};

describeStorage('disk', openInNewFolder);

describe('storage on disk', () => {
  let opened: Awaited<ReturnType<typeof openInNewFolder>>;
  beforeAll(async () => {
    opened = await openInNewFolder();
  });
  afterAll(() => opened.close());

  it('says where a file is and how much room is left', async () => {
    expect(opened.storage.pathOf('films/a')).toBe(join(opened.folder, 'films/a'));
    expect(await opened.storage.freeBytes()).toBeGreaterThan(0);
  });

  it('writes through no link that leads out of its folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await symlink(outside, join(opened.folder, 'linked'));
    await expect(opened.storage.put('linked/x', Buffer.from('x'))).rejects.toThrow(BadKey);
    await expect(opened.storage.putIfAbsent('linked/x', Buffer.from('x'))).rejects.toThrow(BadKey);
    expect(await readdir(outside)).toEqual([]);
    await rm(outside, { recursive: true });
  });

  it('removes a folder while a worker that does not know yet still writes to it', async () => {
    const worker = new AbortController();
    const write = async (name: string) => {
      await mkdir(join(opened.folder, 'taken-away'), { recursive: true });
      await writeFile(join(opened.folder, 'taken-away', name), 'x');
    };
    const writing = (async () => {
      for (let n = 0; !worker.signal.aborted; n += 1) await write(String(n)).catch(() => undefined);
    })();
    for (let round = 0; round < 30; round += 1) await opened.storage.removeAll('taken-away/');
    worker.abort();
    await writing;
    await opened.storage.removeAll('taken-away/');
    expect(await readdir(opened.folder)).not.toContain('taken-away');
  });

  it('shows no reader a file that is half there', async () => {
    const whole = Buffer.alloc(2_000_000, 1);
    await opened.storage.put('films/busy', whole);
    let isWriting = true;
    const write = async (): Promise<void> => {
      for (let round = 0; round < 20; round += 1) await opened.storage.put('films/busy', whole);
      isWriting = false;
    };
    const read = async (): Promise<void> => {
      while (isWriting) expect((await opened.storage.read('films/busy')).length).toBe(whole.length);
    };
    await Promise.all([write(), read(), read()]);
  });

  it('leaves nothing behind when a put fails', async () => {
    await mkdir(join(opened.folder, 'films/folder'), { recursive: true });
    await writeFile(join(opened.folder, 'films/folder/x'), '');
    await expect(opened.storage.put('films/folder', Buffer.from('x'))).rejects.toThrow();
    await expect(opened.storage.put('films/f', { file: '/nowhere/at/all' })).rejects.toThrow('ENOENT');
    expect(await readdir(join(opened.folder, '.incoming'))).toEqual([]);
  });
});

it('says how to name a place that is neither a folder nor a bucket', async () => {
  await expect(openStorage('ftp://somewhere')).rejects.toThrow('write file:///folder or s3://bucket/prefix');
});
