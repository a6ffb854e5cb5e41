import { performance } from 'node:perf_hooks';
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { built, builtFolder } from '../origin/built.mjs';
import { clip, loop } from './films.mjs';
import { ask, begin } from './processes.mjs';
import { judgeAtLeast } from './verdicts.mjs';

const { Queue, QueueEvents } = await import('bullmq');
const { Redis } = await import('ioredis');
const { idOfDigest } = await built('media/contract/ids.js');
const { transcodeJobId, transcodeQueueName } = await built('media/contract/transcode-job.js');
const { nextJobs } = await built('media/film/next-jobs.js');
const { openDiskStorage } = await built('media/storage/disk-storage.js');
const { sourceKey } = await built('media/storage/keys.js');
const shelf = await built('transcoder/shelf.js');

/** What is on the shelf, in the words of `nextJobs`. */
async function factsOf(storage, plan) {
  const audio = new Set();
  const chunks = new Set();
  for (const { language } of plan.audio)
    if ((await shelf.readAudioRecord(storage, plan.revision, language)) !== undefined) audio.add(language);
  for (const chunk of plan.chunks.keys())
    if ((await shelf.readChunkRecord(storage, plan.revision, chunk)) !== undefined) chunks.add(chunk);
  return { audio, chunks, hasManifest: (await shelf.readManifest(storage, plan.revision)) !== undefined };
}

/** Wall seconds of a film's chunks with so many workers, each on a core of its own. */
async function encodeWith(count, folder, source) {
  const data = join(folder, `workers-${count}`);
  mkdirSync(join(data, 'run'), { recursive: true });
  const socket = join(data, 'run', 'redis.sock');
  const children = [
    begin('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', data], { stdio: 'ignore' }),
  ];
  while (statSync(socket, { throwIfNoEntry: false }) === undefined) await pause(20);
  const connections = [];
  const connection = () => {
    const redis = new Redis(socket, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    connections.push(redis);
    return redis;
  };
  const queue = new Queue(transcodeQueueName, { connection: connection() });
  const events = new QueueEvents(transcodeQueueName, { connection: connection() });
  await events.waitUntilReady();
  try {
    for (let core = 0; core < count; core += 1) {
      const worker = ['taskset', '-c', String(core), process.execPath, join(builtFolder, 'transcoder/main.js')];
      const environment = { PATH: process.env.PATH, DATA_DIR: data, LOG_LEVEL: 'error' };
      children.push(
        begin(worker[0], [...worker.slice(1), '--redis', socket], {
          env: environment,
          stdio: ['ignore', 'ignore', 'inherit'],
        }),
      );
    }
    const storage = await openDiskStorage(join(data, 'media'));
    const filmId = idOfDigest(new Uint8Array(32).fill(1));
    const work = { filmId, attempt: 0, sourceKey: sourceKey(filmId) };
    const copy = join(data, 'source');
    await ask('cp', [source, copy]);
    await storage.put(work.sourceKey, { file: copy });
    const add = (job) => queue.add(job.kind, job, { jobId: transcodeJobId(job), attempts: 3 });
    const prepared = await (await add({ kind: 'prepare', ...work, language: 'zh-CN' })).waitUntilFinished(events);
    const plan = await shelf.needPlan(storage, prepared.revision);
    let encodeSeconds = 0;
    for (;;) {
      const facts = await factsOf(storage, plan);
      if (facts.hasManifest) return { seconds: encodeSeconds, chunks: plan.chunks.length };
      const jobs = nextJobs(plan, facts, work);
      const beganMs = performance.now();
      const waiting = await Promise.all(jobs.map(add));
      await Promise.all(waiting.map((job) => job.waitUntilFinished(events)));
      if (jobs.some(({ kind }) => kind === 'chunk')) encodeSeconds += (performance.now() - beganMs) / 1000;
    }
  } finally {
    const [redisServer, ...workers] = children;
    for (const child of [...workers, redisServer]) {
      if (child.exitCode !== null) continue;
      const left = once(child, 'exit');
      child.kill('SIGTERM');
      if (child === redisServer) {
        await events.close();
        await queue.close();
        for (const each of connections) each.disconnect();
      }
      await left;
    }
    rmSync(data, { recursive: true, force: true });
  }
}

/** Two workers on one film beside one, each bound to one core, so that the encoders have one thread. */
export async function measureWorkers(folder) {
  if (availableParallelism() < 2) {
    judgeAtLeast('two workers on one film, speed : one', NaN, 1.9);
    return;
  }
  const short = await clip(folder, 480, 8);
  // 66 cells: chunks of 3, 6 and 15 that two workers can share evenly.
  const source = await loop(short, Number(process.env.SHARED_CELLS ?? 66) / 2, join(folder, 'shared.mp4'));
  const one = await encodeWith(1, folder, source);
  const two = await encodeWith(2, folder, source);
  console.log(
    `\none film in ${one.chunks} chunks: ${one.seconds.toFixed(1)} s with one worker, ${two.seconds.toFixed(1)} s with two`,
  );
  judgeAtLeast('two workers on one film, speed : one', one.seconds / two.seconds, 1.9);
}
