import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue, QueueEvents, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOfDigest } from '../../../media/contract/ids.ts';
import { transcodeQueueName, type TranscodeJob } from '../../../media/contract/transcode-job.ts';
import { problemOfFailure } from '../../../media/film/film-problem-text.ts';
import { openDiskStorage } from '../../../media/storage/disk-storage.ts';
import { sourceKey } from '../../../media/storage/keys.ts';
import { detectSandbox } from '../../../transcoder/ffmpeg/sandbox.ts';
import { startWorker } from '../../../transcoder/worker.ts';
import { startRedis, type TestRedis } from '../start-redis.ts';

let folder: string;
let redis: TestRedis;
let queue: Queue;
let events: QueueEvents;
const connections: Redis[] = [];
const connect = (): Redis => {
  const connection = new Redis(redis.address, { maxRetriesPerRequest: null });
  connections.push(connection);
  return connection;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poison-'));
  redis = await startRedis();
  queue = new Queue(transcodeQueueName, { connection: connect() });
  events = new QueueEvents(transcodeQueueName, { connection: connect() });
  await events.waitUntilReady();
});
afterAll(async () => {
  await events.close();
  await queue.close();
  for (const connection of connections) connection.disconnect();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A worker of this machine died over a job; so many had died over it before. Answers the job as the next worker left it. */
async function afterCrash(name: string, crashesBefore: number): Promise<Job> {
  const filmId = idOfDigest(new Uint8Array(32).fill(crashesBefore + 1));
  const data: TranscodeJob = { kind: 'prepare', filmId, attempt: 0, sourceKey: sourceKey(filmId), language: 'zh-CN' };
  const job = await queue.add('prepare', data, { jobId: name, attempts: 3 });
  const dead = new Worker(transcodeQueueName, undefined, { connection: connect(), skipStalledCheck: true });
  await dead.getNextJob('token of the dead');
  await dead.close(true);
  const bookFolder = join(folder, 'book');
  await mkdir(bookFolder, { recursive: true });
  const jobs = [{ jobId: name, token: 'token of the dead' }];
  // No process has this id: the kernel's highest is 4,194,304.
  const page = { host: hostname(), pid: 5_000_000, born: '1', jobs };
  await writeFile(join(bookFolder, 'dead.json'), JSON.stringify(page));
  await redis.client.set(`yuanbo:transcode:crashes:${name}`, crashesBefore);
  const storage = await openDiskStorage(join(folder, 'media'));
  const parts = { storage, sandbox: detectSandbox(), log: pino({ level: 'silent' }) };
  const worker = await startWorker({
    ...{ parts, redis: connect(), concurrency: 1, bookFolder, workFolder: join(folder, 'work') },
  });
  await job.waitUntilFinished(events, 20_000).catch(() => undefined);
  await worker.stop();
  return (await queue.getJob(name)) as Job;
}

describe('a film over which workers die', () => {
  it('is tried again after the second time', async () => {
    const job = await afterCrash('second', 1);
    // It was taken up: its source is what it lacks.
    expect(problemOfFailure(job.failedReason).code).toBe('source_missing');
  });

  it('is set aside after the third time, in plain words', async () => {
    const job = await afterCrash('third', 2);
    expect(await job.isFailed()).toBe(true);
    expect(problemOfFailure(job.failedReason).code).toBe('worker_crashed');
  });
});
