import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, realpath, rename, rm, stat, statfs, unlink } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BadKey, safeKey, safePrefix } from './storage-key.ts';
import { StorageMissing, type Storage, type StoredFile } from './storage.ts';

const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);

/** Files on their way in are here; a name that no key can have, so nobody lists or reads them. */
const incoming = '.incoming';

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Where a key's file is; its folder exists afterwards and is inside the root even when links are followed. */
async function makeRoom(root: string, key: string): Promise<string> {
  const path = join(root, safeKey(key));
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const real = await realpath(folder);
  if (real !== root && !real.startsWith(root + sep)) throw new BadKey(key);
  return path;
}

/** Puts content beside its place, whole and on the disk, so that a rename or a link publishes it. */
async function stage(root: string, content: Buffer | { readonly file: string }): Promise<string> {
  const path = join(root, incoming, randomUUID());
  if (!Buffer.isBuffer(content)) {
    try {
      await syncPath(content.file);
      await rename(content.file, path);
      return path;
    } catch (error) {
      if (!hasCode(error, 'EXDEV')) throw error;
    }
  }
  try {
    const handle = await open(path, 'wx');
    try {
      if (Buffer.isBuffer(content)) await handle.writeFile(content);
      else await pipeline(createReadStream(content.file), handle.createWriteStream({ autoClose: false }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!Buffer.isBuffer(content)) await unlink(content.file);
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function* walk(folder: string, key: string): AsyncGenerator<StoredFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = key === '' ? entry.name : `${key}/${entry.name}`;
    if (entry.name === incoming) continue;
    if (entry.isDirectory()) yield* walk(join(folder, entry.name), child);
    else if (entry.isFile()) {
      const found = await stat(join(folder, entry.name)).catch(() => undefined);
      if (found !== undefined) yield { key: child, bytes: found.size };
    }
  }
}

/** Taken aside first: a worker that has not heard yet begins a new folder instead of filling this one while it is emptied. */
async function removeFolder(root: string, prefix: string): Promise<void> {
  const aside = join(root, incoming, randomUUID());
  try {
    await rename(join(root, safePrefix(prefix).slice(0, -1)), aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true, maxRetries: 5 });
}

/** Films in a folder. What is put is on the disk (fsync) before the call answers, and appears by rename. */
export async function openDiskStorage(folder: string): Promise<Storage> {
  await mkdir(join(resolve(folder), incoming), { recursive: true });
  const root = await realpath(folder);
  await sweepIncoming(root);
  const pathOf = (key: string): string => join(root, safeKey(key));
  const missing = (key: string) => (error: unknown) => {
    throw hasCode(error, 'ENOENT', 'ENOTDIR') ? new StorageMissing(key) : error;
  };
  const openToRead = (key: string) => open(pathOf(key), 'r').catch(missing(key));
  async function* list(prefix: string): AsyncGenerator<StoredFile> {
    const start = safePrefix(prefix)
      .slice(0, prefix.lastIndexOf('/') + 1)
      .replace(/\/$/, '');
    for await (const file of walk(join(root, start), start)) if (file.key.startsWith(prefix)) yield file;
  }
  return {
    async put(key, content) {
      const path = await makeRoom(root, key);
      const staged = await stage(root, content);
      try {
        await rename(staged, path);
      } catch (error) {
        await rm(staged, { force: true });
        throw error;
      }
      await syncPath(dirname(path));
    },
    async putIfAbsent(key, content) {
      const path = await makeRoom(root, key);
      const staged = await stage(root, content);
      try {
        await link(staged, path);
        await syncPath(dirname(path));
        return true;
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false;
        throw error;
      } finally {
        await unlink(staged);
      }
    },
    async read(key, range) {
      const handle = await openToRead(key);
      try {
        if (range === undefined) return await handle.readFile();
        const bytes = Buffer.alloc(Math.max(0, range.to - range.from));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, range.from);
        return bytes.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    async stream(key, range) {
      const handle = await openToRead(key);
      return handle.createReadStream(range === undefined ? {} : { start: range.from, end: Math.max(0, range.to - 1) });
    },
    async stat(key) {
      const found = await stat(pathOf(key)).catch((error: unknown) => {
        if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
        throw error;
      });
      return found?.isFile() === true ? { key, bytes: found.size } : undefined;
    },
    list,
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    async removeAll(prefix) {
      if (prefix.endsWith('/')) await removeFolder(root, prefix);
      else for await (const file of list(prefix)) await rm(pathOf(file.key), { force: true });
    },
    localFile: (key) => Promise.resolve(pathOf(key)),
    pathOf,
    async freeBytes() {
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
  };
}

/** What a killed process left half-way in is of no use to anybody; files of the last day may still be growing. */
async function sweepIncoming(root: string): Promise<void> {
  const folder = join(root, incoming);
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > 86_400_000) await rm(join(folder, name), { force: true });
  }
}
