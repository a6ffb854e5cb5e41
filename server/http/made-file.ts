import { createHash } from 'node:crypto';
import type { SentFile } from './send-file.ts';

/** A file that was made for this request and lies in memory. */
export function madeFile(filename: string, type: string, bytes: Buffer): SentFile {
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
  return { filename, type, bytes: bytes.length, etag, read: (from, to) => once(bytes.subarray(from, to)) };
}

async function* once(bytes: Buffer): AsyncIterable<Buffer> {
  yield await Promise.resolve(bytes);
}
