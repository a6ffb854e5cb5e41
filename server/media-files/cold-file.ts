import { type FileHandle, open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Storage, StorageMissing } from '../../media/storage/storage.ts';

/** One read of a cold file: the larger, the cheaper (perf notes, section 2: 64 KB to 2 MB is the whole story). */
const largeReadBytes = 2 * 1_048_576;
/** What is read at once while all large buffers are lent out: many slow readers must not take all memory (fault F25). */
const smallReadBytes = 65_536;
const largeBuffers = 16;

/** Buffers that are lent for one read and one write each. */
export interface ReadBuffers {
  /** A large buffer, or a small one of its own when all are lent. */
  readonly borrow: (bytes: number) => Buffer;
  readonly giveBack: (buffer: Buffer) => void;
}

/** At most 16 buffers of 2 MB, made when first needed and kept. */
export function createReadBuffers(): ReadBuffers {
  const free: Buffer[] = [];
  let made = 0;
  return {
    borrow: (bytes) => {
      if (bytes <= smallReadBytes) return Buffer.allocUnsafeSlow(bytes);
      const kept = free.pop();
      if (kept !== undefined) return kept;
      if (made === largeBuffers) return Buffer.allocUnsafeSlow(smallReadBytes);
      made += 1;
      return Buffer.allocUnsafeSlow(largeReadBytes);
    },
    giveBack: (buffer) => {
      if (buffer.length === largeReadBytes) free.push(buffer);
    },
  };
}

/** A stored file that is open to be sent. */
export interface ColdFile {
  readonly bytes: number;
  /** Sends [from, to) behind a head that was written, and ends the reply; rejects when the client goes or the file is short. */
  readonly send: (response: ServerResponse, from: number, to: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Resolves when the bytes have left for the kernel, so that their buffer may be used again; rejects when the client is gone. */
const written = (response: ServerResponse, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    response.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });

async function sendFromDisk(
  file: FileHandle,
  buffers: ReadBuffers,
  response: ServerResponse,
  part: { readonly from: number; readonly to: number },
): Promise<void> {
  let at = part.from;
  while (at < part.to) {
    const buffer = buffers.borrow(part.to - at);
    try {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, part.to - at), at);
      if (bytesRead === 0) throw new Error('The file became shorter while it was sent.');
      await written(response, buffer.subarray(0, bytesRead));
      at += bytesRead;
    } finally {
      buffers.giveBack(buffer);
    }
  }
  response.end();
}

async function openOnDisk(path: string, key: string, buffers: ReadBuffers): Promise<ColdFile> {
  try {
    const file = await open(path, 'r');
    return {
      bytes: (await file.stat()).size,
      send: (response, from, to) => sendFromDisk(file, buffers, response, { from, to }),
      close: () => file.close(),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new StorageMissing(key);
    throw error;
  }
}

/**
 * Opens a stored file that is not worth memory: with one descriptor of its own and large reads from disk, as a stream from
 * S3. Rejects with `StorageMissing` before anything is sent; whoever opens it closes it.
 */
export async function openColdFile(storage: Storage, key: string, buffers: ReadBuffers): Promise<ColdFile> {
  const path = storage.pathOf(key);
  if (path !== undefined) return openOnDisk(path, key, buffers);
  const stored = await storage.stat(key);
  if (stored === undefined) throw new StorageMissing(key);
  return {
    bytes: stored.bytes,
    send: async (response, from, to) => pipeline(await storage.stream(key, { from, to }), response),
    close: () => Promise.resolve(),
  };
}
