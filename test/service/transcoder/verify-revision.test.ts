import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOfDigest } from '../../../media/contract/ids.ts';
import type { AudioRecord } from '../../../media/film/audio-record.ts';
import type { ChunkRecord } from '../../../media/film/chunk-record.ts';
import {
  audioRecordKey,
  chunkRecordKey,
  encodePlanKey,
  manifestKey,
  segmentNumber,
} from '../../../media/storage/keys.ts';
import { openDiskStorage } from '../../../media/storage/disk-storage.ts';
import type { Storage } from '../../../media/storage/storage.ts';
import { detectSandbox } from '../../../transcoder/ffmpeg/sandbox.ts';
import { verifyRevision, type VerifyPace } from '../../../transcoder/verify-revision.ts';
import { planOf } from '../server/library/paper-worker.ts';

const plan = planOf(Buffer.from('300 seconds'), 'zh-CN');
const { revision } = plan;
const filmId = idOfDigest(createHash('sha256').update('film').digest());
let folder: string;
let storage: Storage;

const segment = (cell: number): Buffer => Buffer.alloc(100, `cell ${cell} `);
const factOf = (content: Buffer) => ({
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});
const pathOf = (chunk: number): string => `revisions/${revision}/chunks/${segmentNumber(chunk)}-a`;
const put = (key: string, fact: object) => storage.put(key, Buffer.from(JSON.stringify(fact)));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yuanbo-verify-'));
  storage = await openDiskStorage(folder);
  await put(encodePlanKey(revision), plan);
  for (const [chunk, { firstCell, cells }] of plan.chunks.entries()) {
    const numbers = Array.from({ length: cells }, (_, at) => firstCell + at);
    for (const cell of numbers) await storage.put(`${pathOf(chunk)}/360p/${segmentNumber(cell)}.ts`, segment(cell));
    const files = numbers.map((cell) => factOf(segment(cell)));
    await put(chunkRecordKey(revision, chunk), {
      ...{ schema: 1, revision, chunk, firstCell, cells, path: pathOf(chunk), thumbnails: false, errorLines: 0 },
      ts: [{ name: '360p', codecs: 'avc1.4d401e,mp4a.40.2', files }],
    } satisfies ChunkRecord);
  }
  const sound = Buffer.from('sound');
  const path = `revisions/${revision}/audio/zh-CN-a`;
  for (const name of ['high', 'low']) await storage.put(`${path}/${name}.aac`, sound);
  const file = { ...factOf(sound), cellOffsets: [] };
  await put(audioRecordKey(revision, 'zh-CN'), {
    ...{ schema: 1, revision, language: 'zh-CN', path, measuredLufs: null, gainDb: 0, errorLines: 0 },
    ...{ high: file, low: file },
  } satisfies AudioRecord);
  await put(manifestKey(revision), {});
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const look = (fromPart: number | undefined, pace: VerifyPace, from = storage) =>
  verifyRevision(
    { storage: from, log: pino({ level: 'silent' }), sandbox: detectSandbox(), sourceFolder: '' },
    {
      ...{ kind: 'verify', filmId, attempt: 0, revision, askedAtMs: 1 },
      ...(fromPart === undefined ? {} : { fromPart }),
    },
    { token: 'a', folder: '', signal: new AbortController().signal, report: () => undefined },
    pace,
  );
const fast = { sliceMs: 60_000, bytesPerSecond: 1e9 };
const parts = plan.chunks.length + 1;

describe('a look at the stored files of a revision', () => {
  it('reads a slice at a time and goes on where it stopped', async () => {
    let from: number | undefined;
    const seen: number[] = [];
    for (;;) {
      const result = await look(from, { sliceMs: 0, bytesPerSecond: 1e9 });
      if (result.outcome !== 'verified') throw new Error(result.outcome);
      expect(result.findings).toEqual([]);
      if (result.next === undefined) break;
      expect(result.next.of).toBe(parts);
      seen.push((from = result.next.part));
    }
    expect(seen).toEqual(Array.from({ length: parts - 1 }, (_, at) => at + 1));
    expect(await look(undefined, fast)).toEqual({ outcome: 'verified', revision, findings: [] });
  });

  it('reads no faster than it may', async () => {
    const beganMs = performance.now();
    await look(undefined, { sliceMs: 60_000, bytesPerSecond: 15_000 });
    // 7,500 bytes of pictures and 10 of sound.
    expect(performance.now() - beganMs).toBeGreaterThan(450);
  });

  it('takes a file on a bad sector for damaged, and a store that does not answer for away', async () => {
    const bad = `${pathOf(2)}/360p/${segmentNumber(plan.chunks[2]?.firstCell ?? 0)}.ts`;
    const failing = (code: string): Storage => ({
      ...storage,
      read: (key, range) => storage.read(key, range),
      stream: (key) => (key === bad ? Promise.reject(Object.assign(new Error(code), { code })) : storage.stream(key)),
    });
    await expect(look(undefined, fast, failing('ECONNREFUSED'))).rejects.toThrow('ECONNREFUSED');
    expect(await storage.stat(manifestKey(revision))).toBeDefined();
    expect(await look(2, fast, failing('EIO'))).toMatchObject({ findings: [`${bad} cannot be read`] });
    expect(await storage.stat(manifestKey(revision))).toBeUndefined();
    expect(await storage.stat(chunkRecordKey(revision, 2))).toBeUndefined();
    expect(await storage.stat(chunkRecordKey(revision, 1))).toBeDefined();
  });
});
