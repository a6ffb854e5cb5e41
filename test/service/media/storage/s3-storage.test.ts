import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from '../../../../media/storage/open-storage.ts';
import { openS3Storage } from '../../../../media/storage/s3-storage.ts';
import { startS3Double, type S3Double } from './s3-double.ts';
import { describeStorage } from './storage-suite.ts';

const keys = { region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' };

describeStorage('an S3 double', async () => {
  const double = await startS3Double('county');
  const storage = await openStorage('s3://county/films', { ...keys, endpoint: double.endpoint });
  return { storage, close: double.close };
});

describe('storage on S3', () => {
  let double: S3Double;
  beforeAll(async () => {
    double = await startS3Double('county');
  });
  afterAll(() => double.close());
  const open = () =>
    openS3Storage({ ...keys, endpoint: double.endpoint, bucket: 'county', prefix: 'p/', partBytes: 100_000 });

  it('keeps everything below its prefix', async () => {
    await open().put('a/b', Buffer.from('x'));
    expect([...double.objects.keys()]).toEqual(['p/a/b']);
  });

  it('sends a large file in parts that come together in order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 's3-parts-'));
    const content = Buffer.from(Array.from({ length: 450_001 }, (_none, index) => (index * 7) & 255));
    await writeFile(join(folder, 'large'), content);
    await open().put('large', { file: join(folder, 'large') });
    expect(double.objects.get('p/large')?.equals(content)).toBe(true);
    expect(double.requests.filter((request) => request === 'PUT p/large')).toHaveLength(5);
    await rm(folder, { recursive: true });
  });

  it('knows its own record when the answer to a conditional put was lost', async () => {
    double.loseAnswers('PUT', 1);
    expect(await open().putIfAbsent('record', Buffer.from('mine'))).toBe(true);
    expect(await open().putIfAbsent('record', Buffer.from('other'))).toBe(false);
  });

  it('has no path and does not know how much room is left', async () => {
    expect(open().pathOf('a')).toBeUndefined();
    expect(await open().freeBytes()).toBeUndefined();
  });
});
