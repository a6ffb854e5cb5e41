import type { Readable } from 'node:stream';

/** Size in bytes and, where the store has one, a validator. */
export type StoredFile = { readonly key: string; readonly bytes: number };

/**
 * Where films live: a folder or an S3 bucket. Keys are `/`-separated, made by keys.ts only, never from user text.
 * What was put is there whole or not at all (rename on disk, one PUT on S3).
 */
export interface Storage {
  /** Puts bytes or a local file (moved when the store is on the same disk, so the local file is gone afterwards). */
  put(key: string, content: Buffer | { readonly file: string }): Promise<void>;
  /** Like `put`, but only where nothing is: answers whether this call's content is the one stored (`If-None-Match: *`). */
  putIfAbsent(key: string, content: Buffer): Promise<boolean>;
  /** Reads [from, to) bytes, the whole file without a range. Rejects with `StorageMissing` where nothing is. */
  read(key: string, range?: { readonly from: number; readonly to: number }): Promise<Buffer>;
  stream(key: string, range?: { readonly from: number; readonly to: number }): Promise<Readable>;
  stat(key: string): Promise<StoredFile | undefined>;
  list(prefix: string): AsyncIterable<StoredFile>;
  remove(key: string): Promise<void>;
  removeAll(prefix: string): Promise<void>;
  /** A path that ffmpeg can read: the file itself on disk, a copy fetched into `folder` on S3. */
  localFile(key: string, folder: string): Promise<string>;
  /** The absolute path of a key when the store is a folder; undefined on S3. Lets the origin read with its own descriptor. */
  pathOf(key: string): string | undefined;
  /** Free bytes, where they can be known. */
  freeBytes(): Promise<number | undefined>;
}

/** Nothing is stored at this key. */
export class StorageMissing extends Error {
  readonly key: string;
  constructor(key: string) {
    super(`Nothing is stored at ${key}.`);
    this.key = key;
  }
}
