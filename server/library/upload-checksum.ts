import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../errors.ts';

/** Algorithms of `Upload-Checksum`; "The Server MUST support at least the SHA1 checksum algorithm" (tus 1.0, checksum). */
export const checksumAlgorithms = ['sha1', 'sha256'] as const;

/** What the client says that the body's digest is. */
export interface ExpectedChecksum {
  readonly algorithm: (typeof checksumAlgorithms)[number];
  readonly digest: Buffer;
}

/** Reads `Upload-Checksum: sha1 <base64>`; "400 Bad Request if the checksum algorithm is not supported by the server". */
export function readChecksum(header: string): ExpectedChecksum {
  const [name = '', value = '', ...rest] = header.split(' ');
  const algorithm = checksumAlgorithms.find((known) => known === name);
  const digest = Buffer.from(value, 'base64');
  if (algorithm === undefined || rest.length > 0 || digest.length !== (algorithm === 'sha1' ? 20 : 32)) {
    throw new AppError(
      'bad_request',
      `Upload-Checksum must be one of ${checksumAlgorithms.join(', ')}, a space and the digest in base64.`,
    );
  }
  return { algorithm, digest };
}

/** Name endings of the files that `spoolChecked` makes; one that a crash left behind can be removed. */
export const spoolEnding = '.checking';

/**
 * Writes a body to a temporary file and compares its digest: "460 Checksum Mismatch if the checksums mismatch. In all of
 * these cases the Server MUST NOT [...] update the offset." Bytes join the upload only after this. The caller removes the file.
 */
export async function spoolChecked(
  body: Readable,
  expected: ExpectedChecksum,
  folder: string,
  mostBytes: number,
): Promise<{ readonly file: string; readonly bytes: number }> {
  const file = join(folder, `${randomUUID()}${spoolEnding}`);
  const hash = createHash(expected.algorithm);
  let bytes = 0;
  try {
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > mostBytes) {
            throw new AppError('too_large', `Send at most ${mostBytes} bytes at a time with a checksum.`);
          }
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(file, { flags: 'wx' }),
    );
    if (!hash.digest().equals(expected.digest)) {
      throw new AppError(
        'checksum_mismatch',
        'These bytes were changed on the way; none of them was kept. Send them again.',
      );
    }
    return { file, bytes };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}
