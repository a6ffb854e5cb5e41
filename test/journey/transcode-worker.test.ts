import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, QueueEvents, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelChannelName,
  cancelledKey,
  transcodeJobId,
  transcodeProgressSchema,
  transcodeQueueName,
  transcodeResultSchema,
  workerNamesKey,
  workerReportKey,
  workerReportSchema,
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

const root = resolve(import.meta.dirname, '../..');
const main = join(root, 'dist/transcoder/main.js');
const filmId = idOfDigest(new Uint8Array(32).fill(1));

let data: string;
let film: string;
let redisServer: ChildProcess;
let redis: Redis;
let queue: Queue;
let events: QueueEvents;
let storage: Storage;
const connections: Redis[] = [];
const workers: ChildProcess[] = [];
/** When Redis heard each report of progress, by job. */
const reports = new Map<string, number[]>();

const connect = (): Redis => {
  const connection = new Redis(join(data, 'run', 'redis.sock'), { maxRetriesPerRequest: null });
  connection.on('error', () => undefined);
  connections.push(connection);
  return connection;
};

async function until(what: string, condition: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${String(withinMs)} ms in vain: ${what}`);
    await pause(25);
  }
}

// One film and one queue for all: what a worker leaves behind in one test is what the next one's worker finds.
beforeAll(async () => {
  // The worker runs as people run it: compiled.
  spawnSync('npx', ['tsc', '-b', 'transcoder'], { cwd: root, stdio: 'ignore' });
  await stat(main);
  data = await mkdtemp(join(tmpdir(), 'worker-data-'));
  await mkdir(join(data, 'run'));
  const socket = join(data, 'run', 'redis.sock');
  redisServer = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', data], {
    stdio: 'ignore',
  });
  film = join(data, 'film.mp4');
  // Grain makes it slow enough to be killed in the middle.
  makeSource(film, 's=640x360:r=25', 48, ['-vf', 'noise=alls=40:allf=t']);
  await until('redis listens', async () => (await stat(socket).catch(() => undefined)) !== undefined, 20_000);
  redis = connect();
  queue = new Queue(transcodeQueueName, { connection: connect() });
  events = new QueueEvents(transcodeQueueName, { connection: connect() });
  events.on('progress', ({ jobId, data: report }, eventId) => {
    if (!transcodeProgressSchema.safeParse(report).success) return;
    reports.set(jobId, [...(reports.get(jobId) ?? []), Number.parseInt(eventId, 10)]);
  });
  await events.waitUntilReady();
  storage = await openDiskStorage(join(data, 'media'));
  const to = join(data, 'media', sourceKey(filmId));
  await mkdir(dirname(to), { recursive: true });
  await copyFile(film, to);
});
afterAll(async () => {
  for (const worker of workers) await end(worker, 'SIGKILL');
  await events.close();
  await queue.close();
  for (const connection of connections) connection.disconnect();
  await end(redisServer, 'SIGKILL');
  await rm(data, { recursive: true, force: true });
});

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const left = once(child, 'exit');
  child.kill(signal);
  const [code] = (await left) as [number | null];
  return code;
}

function startWorker(): ChildProcess {
  const environment = { PATH: process.env['PATH'] ?? '', DATA_DIR: data, LOG_LEVEL: 'error' };
  const worker = spawn(process.execPath, [main, '--redis', join(data, 'run', 'redis.sock')], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(worker);
  return worker;
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
const areEncodersGone = async () => (await encodersIn(join(data, 'work'))).length === 0;

let attempt = 0;
const work = () => ({ filmId, attempt, sourceKey: sourceKey(filmId) });
const add = (job: TranscodeJob): Promise<Job> => queue.add(job.kind, job, { jobId: transcodeJobId(job), attempts: 3 });
const resultOf = async (job: Job) => transcodeResultSchema.parse(await job.waitUntilFinished(events));

/** Prepares the film and answers its revision. */
async function prepare(): Promise<Id> {
  const result = await resultOf(await add({ kind: 'prepare', ...work(), language: 'zh-CN' }));
  if (result.outcome !== 'planned') throw new Error(JSON.stringify(result));
  return result.revision;
}

/** Asks for what is missing on the shelf, as the server does. */
async function ask(revision: Id): Promise<readonly Job[]> {
  const plan = await needPlan(storage, revision);
  return Promise.all(nextJobs(plan, await shelfFacts(storage, plan), work()).map(add));
}

/** Does what the server does until the manifest is there. */
async function drive(revision: Id): Promise<void> {
  while ((await readManifest(storage, revision)) === undefined)
    for (const job of await ask(revision)) await resultOf(job);
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

/** Waits until the second chunk is being encoded: its encoder has written something, and is held there. */
async function inTheMiddle(revision: Id): Promise<Job> {
  await ask(revision);
  const hasFirst = async () => (await readChunkRecord(storage, revision, 0)) !== undefined;
  await until('the first chunk is whole', hasFirst, 120_000);
  const second = (await queue.getJob(transcodeJobId({ kind: 'chunk', ...work(), revision, chunk: 1 }))) as Job;
  const isEncoding = async (): Promise<boolean> => {
    if (!(await second.isActive())) return false;
    const [encoder] = await encodersIn(join(data, 'work'));
    if (encoder === undefined) return false;
    const folder = await readlink(`/proc/${String(encoder)}/cwd`).catch(() => '');
    const begun = await stat(join(folder, '360p.mp4')).catch(() => undefined);
    if ((begun?.size ?? 0) === 0) return false;
    // A quick machine would be done before a lost lock is noticed.
    process.kill(encoder, 'SIGSTOP');
    return true;
  };
  await until('the second chunk is being encoded', isEncoding, 60_000);
  return second;
}

let revision: Id;

describe('a worker in the middle of a chunk', { timeout: 240_000 }, () => {
  it('told to cancel the film stops its encoder at once and does not try again', async () => {
    startWorker();
    revision = await prepare();
    const second = await inTheMiddle(revision);
    const askedAt = performance.now();
    await redis.set(cancelledKey(filmId), attempt);
    await redis.publish(cancelChannelName, filmId);
    // Promised within 10 s; held to three times that on a busy machine.
    await until('the encoder is gone', areEncodersGone, 30_000);
    process.stdout.write(
      `MEASURED: an encoder is gone ${String(Math.round(performance.now() - askedAt))} ms after cancel.\n`,
    );
    await until('the job is given up', () => second.isFailed(), 10_000);
    const reason = (await queue.getJob(second.id ?? ''))?.failedReason ?? '';
    expect(problemOfFailure(reason).code).toBe('cancelled');
    await Promise.all(workers.map((worker) => end(worker, 'SIGTERM')));
    expect(await encodersIn(join(data, 'work'))).toEqual([]);
    attempt += 1;
    await queue.drain(true);
  });

  it('asked to stop returns its job without losing an attempt and is gone within 10 s', async () => {
    const first = startWorker();
    const second = await inTheMiddle(revision);
    const askedAt = Date.now();
    expect(await end(first, 'SIGTERM')).toBe(0);
    expect(Date.now() - askedAt).toBeLessThan(10_000);
    expect(await encodersIn(join(data, 'work'))).toEqual([]);
    expect(await second.getState()).toBe('waiting');
    expect((await queue.getJob(second.id ?? ''))?.attemptsMade).toBe(0);
    expect(await readdir(join(data, 'run', 'workers'))).toEqual([]);
  });

  it('whose lock is lost with everything in Redis stops, and goes on when it is asked anew', async () => {
    startWorker();
    await inTheMiddle(revision);
    await redis.flushall();
    await until('it has given the lost job up', areEncodersGone, 20_000);
    expect(await readChunkRecord(storage, revision, 1)).toBeUndefined();
    await inTheMiddle(revision);
  });

  it('killed leaves no encoder behind, and two others go on at the last whole chunk', async () => {
    const before = await filesBelow(`revisions/${revision}/chunks/`);
    expect([...before.keys()].some((key) => key.endsWith('/chunks/00000.json'))).toBe(true);
    const second = await inTheMiddle(revision);
    await end(workers.at(-1) as ChildProcess, 'SIGKILL');
    await until('ffmpeg is gone', areEncodersGone, 5000);
    startWorker();
    startWorker();
    const isBack = async () => (await second.isActive()) && !(await areEncodersGone());
    await until('the chunk is taken up again', isBack, 30_000);
    await drive(revision);
    const after = await filesBelow(`revisions/${revision}/chunks/`);
    for (const [key, content] of before) if (key.includes('/00000')) expect(after.get(key), key).toBe(content);
    const plan = await needPlan(storage, revision);
    const folders = new Set([...after.keys()].filter((key) => !key.endsWith('.json')).map((key) => key.split('/')[3]));
    expect(folders.size).toBe(plan.chunks.length);
    expect(await readdir(join(data, 'work', 'jobs'))).toHaveLength(2);
    expect((await queue.getJob(second.id ?? ''))?.attemptsMade).toBeLessThanOrEqual(1);
  });
});

describe('a worker', { timeout: 240_000 }, () => {
  it('sets a job aside that it cannot read, and goes on', async () => {
    const nonsense = await queue.add('chunk', { kind: 'chunk', revision: '../../etc' }, { attempts: 3 });
    await until('the nonsense has failed', () => nonsense.isFailed(), 20_000);
    expect((await queue.getJob(nonsense.id ?? ''))?.failedReason).toContain('This is no transcode job');
    attempt += 1;
    expect(await prepare()).toBe(revision);
  });

  it('on another machine needs only the addresses of Redis and of the store, and says that it is there', async () => {
    for (const worker of workers) await end(worker, 'SIGTERM');
    const elsewhere = await mkdtemp(join(tmpdir(), 'worker-elsewhere-'));
    const worker = spawn(process.execPath, [main], {
      cwd: elsewhere,
      env: {
        PATH: process.env['PATH'] ?? '',
        REDIS_URL: join(data, 'run', 'redis.sock'),
        MEDIA_STORE: pathToFileURL(join(data, 'media')).href,
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    workers.push(worker);
    attempt += 1;
    expect(await prepare()).toBe(revision);
    const name = (await redis.smembers(workerNamesKey)).find((known) => known.endsWith(`-${String(worker.pid)}`)) ?? '';
    const report = workerReportSchema.parse(JSON.parse((await redis.get(workerReportKey(name))) ?? '{}'));
    expect(report).toMatchObject({ name, pid: worker.pid, concurrency: 1, jobIds: [] });
    await end(worker, 'SIGTERM');
    expect(await redis.get(workerReportKey(name))).toBeNull();
    await rm(elsewhere, { recursive: true, force: true });
    startWorker();
  });

  it('has told how far it is, at most every 2 s', () => {
    const undisturbed = transcodeJobId({ kind: 'chunk', ...work(), attempt: 1, revision, chunk: 2 });
    const times = reports.get(undisturbed) ?? [];
    expect(times.length).toBeGreaterThan(0);
    times.forEach((atMs, index) => expect(atMs - (times[index - 1] ?? 0)).toBeGreaterThan(1900));
  });
});

describe('a full disk', { timeout: 240_000 }, () => {
  it('ends a job with its cause and leaves no half-made files', async (context) => {
    const can = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /mnt']).status === 0;
    if (!can) {
      process.stdout.write('SKIPPED: a small disk cannot be mounted here (user namespaces are closed).\n');
      context.skip();
    }
    for (const worker of workers) await end(worker, 'SIGTERM');
    const small = join(data, 'small');
    await mkdir(small);
    const { size } = await stat(film);
    // Room for the source, the sound and a part of the second chunk.
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
    attempt += 1;
    expect(await prepare()).toBe(revision);
    const job = await queue.add('chunk', { kind: 'chunk', ...work(), revision, chunk: 1 }, { jobId: 'full-0' });
    await until('the job has failed', () => job.isFailed(), 120_000);
    const reason = (await queue.getJob('full-0'))?.failedReason ?? '';
    expect(problemOfFailure(reason).code, reason).toBe('no_space');
    // The worker's own view of its disk, through its root.
    const view = `/proc/${String(worker.pid)}/root${small}`;
    const left = await readdir(`${view}/media/revisions/${revision}`, { recursive: true, withFileTypes: true });
    const files = left.filter((entry) => entry.isFile()).map((entry) => entry.name);
    expect(files.sort()).toEqual(['high.aac', 'low.aac', 'plan.json', 'zh-CN.json']);
    expect(await readdir(`${view}/media/.incoming`)).toEqual([]);
    const [own = ''] = await readdir(`${view}/work/jobs`);
    expect(await readdir(`${view}/work/jobs/${own}`)).toEqual(['sources']);
    expect(await readFile(`${view}/media/revisions/${revision}/plan.json`, 'utf8')).toContain(revision);
  });
});
