import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Queue, QueueEvents, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  cancelChannelName,
  transcodeJobId,
  transcodeQueueName,
  transcodeResultSchema,
  type TranscodeJob,
} from '../../media/contract/transcode-job.ts';
import { idOfDigest, type Id } from '../../media/contract/ids.ts';
import { problemOfFailure } from '../../media/film/film-problem-text.ts';
import { nextJobs } from '../../media/film/next-jobs.ts';
import { openDiskStorage } from '../../media/storage/disk-storage.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { needPlan, readChunkRecord, readManifest } from '../../transcoder/shelf.ts';
import { makeSource, shelfFacts } from './transcoder-fixture.ts';

const main = resolve(import.meta.dirname, '../../dist/transcoder/main.js');
const root = resolve(import.meta.dirname, '../..');

let shared: string;
let film: string;
beforeAll(async () => {
  // The worker runs as people run it: compiled.
  spawnSync('npx', ['tsc', '-b', 'transcoder'], { cwd: root, stdio: 'ignore' });
  await stat(main);
  shared = await mkdtemp(join(tmpdir(), 'worker-film-'));
  film = join(shared, 'film.mp4');
  // Grain makes it slow enough to be killed in the middle.
  makeSource(film, 's=640x360:r=25', 40, ['-vf', 'noise=alls=40:allf=t']);
});
afterAll(() => rm(shared, { recursive: true, force: true }));

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
async function until(what: string, condition: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${String(withinMs)} ms in vain: ${what}`);
    await sleep(50);
  }
}

/** Encoders at work in a folder, by what the kernel says of every process. */
async function encodersIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      return cwd.startsWith(folder) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

let data: string;
let redisServer: ChildProcess;
let connections: Redis[];
let queue: Queue;
let events: QueueEvents;
let storage: Storage;
let workers: ChildProcess[];
let filmId: Id;
let films = 0;

const connect = (): Redis => {
  const redis = new Redis(join(data, 'run', 'redis.sock'), { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  connections.push(redis);
  return redis;
};

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'worker-data-'));
  await mkdir(join(data, 'run'));
  const socket = join(data, 'run', 'redis.sock');
  redisServer = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', data], {
    stdio: 'ignore',
  });
  await until('redis listens', async () => (await stat(socket).catch(() => undefined)) !== undefined, 20_000);
  connections = [];
  workers = [];
  queue = new Queue(transcodeQueueName, { connection: connect() });
  events = new QueueEvents(transcodeQueueName, { connection: connect() });
  await events.waitUntilReady();
  storage = await openDiskStorage(join(data, 'media'));
  films += 1;
  filmId = idOfDigest(new Uint8Array(32).fill(films));
  const to = join(data, 'media', sourceKey(filmId));
  await mkdir(dirname(to), { recursive: true });
  await copyFile(film, to);
});
afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await events.close();
  await queue.close();
  for (const redis of connections) redis.disconnect();
  redisServer.kill('SIGKILL');
  await sleep(200);
  await rm(data, { recursive: true, force: true });
});

function startWorker(): ChildProcess {
  const environment = { PATH: process.env['PATH'] ?? '', DATA_DIR: data, LOG_LEVEL: 'warn' };
  const worker = spawn(process.execPath, [main, '--redis', join(data, 'run', 'redis.sock')], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(worker);
  return worker;
}

const work = () => ({ filmId, attempt: 0, sourceKey: sourceKey(filmId) });
const add = (job: TranscodeJob): Promise<Job> => queue.add(job.kind, job, { jobId: transcodeJobId(job), attempts: 3 });
const resultOf = async (job: Job) => transcodeResultSchema.parse(await job.waitUntilFinished(events));

/** Prepares the film and answers its revision. */
async function prepare(): Promise<string> {
  const result = await resultOf(await add({ kind: 'prepare', ...work(), language: 'zh-CN' }));
  if (result.outcome !== 'planned') throw new Error(JSON.stringify(result));
  return result.revision;
}

/** Does what the server does until the manifest is there. */
async function drive(revision: string): Promise<void> {
  const plan = await needPlan(storage, revision);
  while ((await readManifest(storage, revision)) === undefined) {
    const jobs = await Promise.all(nextJobs(plan, await shelfFacts(storage, plan), work()).map(add));
    for (const job of jobs) await resultOf(job);
  }
}

async function filesBelow(prefix: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { key } of storage.list(prefix)) {
    const { mtimeMs } = await stat(storage.pathOf(key) ?? '');
    const digest = createHash('sha256')
      .update(await storage.read(key))
      .digest('hex');
    files.set(key, `${digest} ${String(mtimeMs)}`);
  }
  return files;
}

/** Waits until the second chunk is being encoded. */
async function inTheMiddle(revision: string): Promise<Job> {
  const plan = await needPlan(storage, revision);
  const jobs = await Promise.all(nextJobs(plan, await shelfFacts(storage, plan), work()).map(add));
  const second = jobs[1];
  if (second === undefined) throw new Error('The film has one chunk only.');
  const hasFirst = async () => (await readChunkRecord(storage, revision, 0)) !== undefined;
  await until('the first chunk is whole', hasFirst, 120_000);
  const isEncoding = async () => (await second.isActive()) && (await encodersIn(join(data, 'work'))).length > 0;
  await until('the second chunk is being encoded', isEncoding, 60_000);
  await sleep(200);
  return second;
}

describe('a worker', { timeout: 480_000 }, () => {
  it('killed in the middle of a chunk leaves no encoder behind, and the next one goes on at the last whole chunk', async () => {
    const first = startWorker();
    const revision = await prepare();
    const second = await inTheMiddle(revision);
    const before = await filesBelow(`revisions/${revision}/chunks/`);
    expect([...before.keys()].some((key) => key.endsWith('/chunks/00000.json'))).toBe(true);
    first.kill('SIGKILL');
    await until('ffmpeg is gone', async () => (await encodersIn(join(data, 'work'))).length === 0, 5000);
    const killedAt = Date.now();
    startWorker();
    const isBack = async () => (await second.isActive()) && (await encodersIn(join(data, 'work'))).length > 0;
    await until('the chunk is taken up again', isBack, 30_000);
    process.stdout.write(`taken up again after ${String(Date.now() - killedAt)} ms\n`);
    await drive(revision);
    const after = await filesBelow(`revisions/${revision}/chunks/`);
    for (const [key, content] of before) if (key.includes('/00000')) expect(after.get(key), key).toBe(content);
    const plan = await needPlan(storage, revision);
    const folders = new Set([...after.keys()].filter((key) => !key.endsWith('.json')).map((key) => key.split('/')[3]));
    expect(folders.size).toBe(plan.chunks.length);
    expect(await readdir(join(data, 'work', 'jobs'))).toHaveLength(1);
    expect((await queue.getJob(second.id ?? ''))?.attemptsMade).toBeLessThanOrEqual(1);
  });

  it('asked to stop returns its job without losing an attempt and is gone within 10 s', async () => {
    const first = startWorker();
    const revision = await prepare();
    const second = await inTheMiddle(revision);
    const askedAt = Date.now();
    const left = new Promise<number | null>((done) => first.once('exit', (code) => done(code)));
    first.kill('SIGTERM');
    expect(await left).toBe(0);
    expect(Date.now() - askedAt).toBeLessThan(10_000);
    expect(await encodersIn(join(data, 'work'))).toEqual([]);
    expect(await second.getState()).toBe('waiting');
    expect((await queue.getJob(second.id ?? ''))?.attemptsMade).toBe(0);
    expect(await readdir(join(data, 'run', 'workers'))).toEqual([]);
    startWorker();
    expect(await resultOf(second)).toEqual({ outcome: 'chunk', chunk: 1 });
  });

  it('told to cancel a film stops its encoder at once and does not try again', async () => {
    startWorker();
    const revision = await prepare();
    const second = await inTheMiddle(revision);
    await connect().publish(cancelChannelName, filmId);
    await until('the encoder is gone', () => second.isFailed(), 10_000);
    const reason = (await queue.getJob(second.id ?? ''))?.failedReason ?? '';
    expect(problemOfFailure(reason).code).toBe('cancelled');
  });

  it('sets a job aside that it cannot read, and goes on', async () => {
    startWorker();
    const nonsense = await queue.add('chunk', { kind: 'chunk', revision: '../../etc' }, { attempts: 3 });
    await until('the nonsense has failed', () => nonsense.isFailed(), 20_000);
    expect((await queue.getJob(nonsense.id ?? ''))?.failedReason).toContain('This is no transcode job');
    expect(await prepare()).toHaveLength(26);
  });
});

describe('a full disk', { timeout: 480_000 }, () => {
  it('ends a job with its cause and leaves no half-made files', async (context) => {
    const can = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /mnt']).status === 0;
    if (!can) {
      process.stdout.write('SKIPPED: a small disk cannot be mounted here (user namespaces are closed).\n');
      context.skip();
    }
    const small = join(data, 'small');
    await mkdir(small);
    const { size } = await stat(film);
    // Room for the source, the sound and a part of the first chunk.
    const room = size + 4_100_000;
    const script = [
      `mount -t tmpfs -o size=${String(room)} none ${small}`,
      `mkdir -p ${small}/media/sources/${filmId}`,
      `cp ${film} ${small}/media/${sourceKey(filmId)}`,
      `exec ${process.execPath} ${main} --redis ${join(data, 'run', 'redis.sock')}`,
    ].join(' && ');
    const worker = spawn('unshare', ['-rm', 'sh', '-c', script], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: small, LOG_LEVEL: 'fatal' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    workers.push(worker);
    const revision = await prepare();
    const job = await queue.add('chunk', { kind: 'chunk', ...work(), revision, chunk: 1 }, { jobId: 'full-0' });
    await until('the job has failed', () => job.isFailed(), 120_000);
    const reason = (await queue.getJob('full-0'))?.failedReason ?? '';
    expect(problemOfFailure(reason).code, reason).toBe('no_space');
    // The worker's own view of its disk, through its root.
    const view = `/proc/${String(worker.pid)}/root${small}`;
    expect((await readdir(`${view}/media/revisions/${revision}`)).sort()).toEqual(['audio', 'plan.json']);
    const [own = ''] = await readdir(`${view}/work/jobs`);
    expect(await readdir(`${view}/work/jobs/${own}`)).toEqual(['sources']);
    expect(await readFile(`${view}/media/revisions/${revision}/plan.json`, 'utf8')).toContain(revision);
  });
});
