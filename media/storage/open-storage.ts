import { fileURLToPath } from 'node:url';
import { openDiskStorage } from './disk-storage.ts';
import type { S3Place } from './s3-storage.ts';
import type { Storage } from './storage.ts';

/** How to reach an S3 store; taken from the settings `S3_*`. */
export type S3Access = Pick<S3Place, 'endpoint' | 'region' | 'accessKeyId' | 'secretAccessKey'>;

/** Opens what `MEDIA_STORE` names: `file:///folder` or `s3://bucket/prefix`. Throws a sentence with the cure on anything else. */
export async function openStorage(place: string, access: S3Access = { region: 'us-east-1' }): Promise<Storage> {
  if (place.startsWith('file:///')) return openDiskStorage(fileURLToPath(place));
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9.-]{3,63})(?:\/(.*))?$/.exec(place) ?? [];
  if (bucket === undefined) throw new Error(`MEDIA_STORE is ${place}; write file:///folder or s3://bucket/prefix.`);
  const prefix = path.replace(/^\/+|\/+$/g, '');
  // The SDK is large: who stores on a disk never loads it.
  const { openS3Storage } = await import('./s3-storage.ts');
  return openS3Storage({ ...access, bucket, prefix: prefix === '' ? '' : `${prefix}/` });
}
