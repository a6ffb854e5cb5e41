import { createWriteStream } from 'node:fs';
import { open, rename, stat, unlink } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { safeKey, safePrefix } from './storage-key.ts';
import { StorageMissing, type Storage, type StoredFile } from './storage.ts';

/** Where a bucket is and who asks; without keys the client looks for them where the SDK does. */
export type S3Place = {
  readonly bucket: string;
  /** Begins every object's name; empty, or ends with a slash. */
  readonly prefix: string;
  readonly endpoint?: string;
  readonly region: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Larger files go up in parts of this size. @defaultValue 32 MiB */
  readonly partBytes?: number;
};

const status = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

function clientFor(place: S3Place): S3Client {
  const { accessKeyId, secretAccessKey } = place;
  return new S3Client({
    region: place.region,
    // Stores of one machine answer to names in the path; checksums in trailers are unknown to some of them.
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 5,
    ...(place.endpoint === undefined ? {} : { endpoint: place.endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
  });
}

type Target = { readonly Bucket: string; readonly Key: string };

/** Sends a large file in parts, four at a time; the store shows it only when all are there. */
async function putInParts(client: S3Client, target: Target, file: string, partBytes: number): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const numbers = Array.from({ length: Math.ceil(size / partBytes) }, (_none, index) => index + 1);
    const parts: { PartNumber: number; ETag: string | undefined }[] = [];
    const sendNext = async (): Promise<void> => {
      for (let PartNumber = numbers.shift(); PartNumber !== undefined; PartNumber = numbers.shift()) {
        const from = (PartNumber - 1) * partBytes;
        const Body = Buffer.alloc(Math.min(partBytes, size - from));
        await handle.read(Body, 0, Body.length, from);
        const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
        parts.push({ PartNumber, ETag });
      }
    };
    await Promise.all([sendNext(), sendNext(), sendNext(), sendNext()]);
    const Parts = parts.sort((a, b) => a.PartNumber - b.PartNumber);
    await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}

/** Films in an S3-compatible bucket. An object is there whole or not at all; `putIfAbsent` is a conditional PUT. */
export function openS3Storage(place: S3Place): Storage {
  const client = clientFor(place);
  const partBytes = place.partBytes ?? 32 * 1_048_576;
  const target = (key: string): Target => ({ Bucket: place.bucket, Key: place.prefix + safeKey(key) });
  const get = async (key: string, range?: { readonly from: number; readonly to: number }) => {
    const Range = range === undefined ? {} : { Range: `bytes=${String(range.from)}-${String(range.to - 1)}` };
    const answer = await client.send(new GetObjectCommand({ ...target(key), ...Range })).catch((error: unknown) => {
      throw status(error) === 404 ? new StorageMissing(key) : error;
    });
    if (answer.Body === undefined) throw new StorageMissing(key);
    return answer.Body;
  };
  const read: Storage['read'] = async (key, range) => {
    if (range !== undefined && range.to <= range.from) return Buffer.alloc(0);
    return Buffer.from(await (await get(key, range)).transformToByteArray());
  };
  const stream: Storage['stream'] = async (key, range) => {
    const body = await get(key, range);
    return body instanceof Readable ? body : Readable.from([await body.transformToByteArray()]);
  };
  async function* list(prefix: string): AsyncGenerator<StoredFile> {
    const Prefix = place.prefix + safePrefix(prefix);
    let more: { ContinuationToken?: string } | undefined = {};
    while (more !== undefined) {
      const page: ListObjectsV2CommandOutput = await client.send(
        new ListObjectsV2Command({ Bucket: place.bucket, Prefix, ...more }),
      );
      for (const { Key, Size } of page.Contents ?? []) {
        if (Key !== undefined) yield { key: Key.slice(place.prefix.length), bytes: Size ?? 0 };
      }
      more = page.NextContinuationToken === undefined ? undefined : { ContinuationToken: page.NextContinuationToken };
    }
  }
  const remove = async (key: string): Promise<void> => {
    await client.send(new DeleteObjectCommand(target(key)));
  };
  return {
    async put(key, content) {
      if (Buffer.isBuffer(content)) {
        await client.send(new PutObjectCommand({ ...target(key), Body: content }));
        return;
      }
      const { size } = await stat(content.file);
      if (size > partBytes) await putInParts(client, target(key), content.file, partBytes);
      else await client.send(new PutObjectCommand({ ...target(key), Body: await readWhole(content.file) }));
      await unlink(content.file);
    },
    async putIfAbsent(key, content) {
      try {
        await client.send(new PutObjectCommand({ ...target(key), Body: content, IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if (status(error) !== 412 && status(error) !== 409) throw error;
        // An answer may have been lost and the request repeated: what is there may be ours.
        return content.equals(await read(key).catch(() => Buffer.alloc(0)));
      }
    },
    read,
    stream,
    async stat(key) {
      const found = await client.send(new HeadObjectCommand(target(key))).catch((error: unknown) => {
        if (status(error) === 404) return undefined;
        throw error;
      });
      return found === undefined ? undefined : { key, bytes: found.ContentLength ?? 0 };
    },
    list,
    remove,
    async removeAll(prefix) {
      for await (const file of list(prefix)) await remove(file.key);
    },
    async localFile(key, folder) {
      const path = join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));
      if ((await stat(path).catch(() => undefined)) !== undefined) return path;
      await pipeline(await stream(key), createWriteStream(`${path}.part`));
      await rename(`${path}.part`, path);
      return path;
    },
    pathOf: () => undefined,
    freeBytes: () => Promise.resolve(undefined),
  };
}

async function readWhole(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
