import { createHash } from 'node:crypto';
import type { Storage } from '../media/storage/storage.ts';

/** Size and digest of one stored file, as records and manifests keep them. */
export type FileFact = { readonly bytes: number; readonly sha256: string };

/** Stores bytes and answers what a record says about them. */
export async function storeFile(storage: Storage, key: string, content: Buffer): Promise<FileFact> {
  await storage.put(key, content);
  return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
