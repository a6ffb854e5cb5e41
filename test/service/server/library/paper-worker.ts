import { createHash } from 'node:crypto';
import { UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { idOfDigest, type Id } from '../../../../media/contract/ids.ts';
import {
  transcodeJobSchema,
  transcodeQueueName,
  type TranscodeJob,
  type TranscodeResult,
} from '../../../../media/contract/transcode-job.ts';
import { cellsOf, splitIntoChunks } from '../../../../media/film/chunks.ts';
import type { EncodePlan } from '../../../../media/film/encode-plan.ts';
import { filmProblem } from '../../../../media/film/film-problem-text.ts';
import type { PackageManifest } from '../../../../media/film/package-manifest.ts';
import {
  audioRecordKey,
  chunkRecordKey,
  chunksPrefix,
  encodePlanKey,
  manifestKey,
} from '../../../../media/storage/keys.ts';
import type { Storage } from '../../../../media/storage/storage.ts';

/** A worker that fills the shelf with papers instead of pictures: for tests of what the server does around it. */
export interface PaperWorker {
  /** Every job it was given, in order. */
  readonly jobs: TranscodeJob[];
  /** Stops at once; what it is at stays as after kill -9. */
  readonly stop: () => Promise<void>;
  /** Ends its job first. */
  readonly finish: () => Promise<void>;
}

/** What it does with a source: a text `refuse`, `fail` or a number of seconds of film. */
export interface PaperOptions {
  /** Called before each job; may wait, and may throw to fail it. */
  readonly before?: (job: TranscodeJob) => Promise<void> | void;
  /** How long its lock on a job outlives it. @defaultValue 2000 */
  readonly lockMs?: number;
}

/** The revision that this worker gives to these bytes. */
export const paperRevision = (content: Buffer) => idOfDigest(createHash('sha256').update(content).digest());

/** Starts it on a Redis. */
export async function startPaperWorker(
  address: string,
  storage: Storage,
  options: PaperOptions = {},
): Promise<PaperWorker> {
  const redis = new Redis(address, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const jobs: TranscodeJob[] = [];
  const worker = new Worker(
    transcodeQueueName,
    async (given) => {
      const job = transcodeJobSchema.parse(given.data);
      jobs.push(job);
      await options.before?.(job);
      await given.updateProgress({ phase: job.kind === 'chunk' ? 'encoding' : 'probing', ratio: 0.5, speed: 2 });
      return work(storage, job);
    },
    { connection: redis, lockDuration: options.lockMs ?? 2000, stalledInterval: 500, maxStalledCount: 3 },
  );
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  return {
    jobs,
    stop: async () => {
      await worker.close(true);
      redis.disconnect();
    },
    finish: async () => {
      await worker.close();
      redis.disconnect();
    },
  };
}

async function work(storage: Storage, job: TranscodeJob): Promise<TranscodeResult> {
  const json = (key: string, value: unknown) => storage.putIfAbsent(key, Buffer.from(JSON.stringify(value)));
  if (job.kind === 'tracks') throw new UnrecoverableError('encoder_failed');
  if (job.kind === 'verify') return lookAgain(storage, job);
  const content = await storage.read(job.sourceKey);
  const revision = paperRevision(content);
  switch (job.kind) {
    case 'prepare': {
      const text = content.toString('utf8');
      if (text === 'refuse') return { outcome: 'refused', problem: filmProblem('unsupported_container') };
      if (text === 'fail') throw new UnrecoverableError('no_space');
      const plan = planOf(content, job.language);
      await json(encodePlanKey(revision), plan);
      return {
        outcome: 'planned',
        revision,
        sourceSha256: plan.sourceSha256,
        durationMs: plan.durationMs,
        chunks: plan.chunks.length,
        languages: ['zh-CN'],
        rungs: ['360p'],
        warnings: [],
      };
    }
    case 'audio':
      await json(audioRecordKey(revision, job.language), {});
      return { outcome: 'audio', language: job.language };
    case 'chunk':
      await json(chunkRecordKey(revision, job.chunk), {});
      return { outcome: 'chunk', chunk: job.chunk };
    case 'finish':
      for (const chunk of planOf(content, 'zh-CN').chunks.keys())
        if ((await storage.stat(chunkRecordKey(revision, chunk))) === undefined)
          return { outcome: 'incomplete', revision, findings: [`chunk ${chunk} is missing`] };
      await json(manifestKey(revision), manifestOf(planOf(content, 'zh-CN')));
      return { outcome: 'finished', revision, warnings: [filmProblem('damaged', { detail: 'x' })] };
  }
}

const durationOf = (content: Buffer): number => Math.max(1, Number.parseInt(content.toString('utf8'), 10) || 0) * 1000;

/** The plan that this worker makes of these bytes. */
export function planOf(content: Buffer, language: string): EncodePlan {
  const durationMs = durationOf(content);
  const segments = cellsOf(durationMs);
  return {
    schema: 1,
    revision: paperRevision(content),
    recipe: 'paper',
    sourceSha256: createHash('sha256').update(content).digest('hex'),
    sourceBytes: content.length,
    demuxer: 'mov',
    options: { language, loudnessLufs: -23, with1440p: false, hevc2160p: false, highestRung: '2160p', package: 'auto' },
    facts: { container: 'mov', streams: 0, audio: [], subtitles: [] },
    originSeconds: 0,
    durationMs,
    pictureEndMs: durationMs,
    segments,
    frameRate: 25,
    complexity: 'busy',
    picture: { width: 640, height: 360 },
    rungs: [{ name: '360p', width: 640, height: 360, frameRate: 25 }],
    soundAlone: false,
    chunks: splitIntoChunks(segments).map((chunk) => ({ ...chunk, seekSeconds: 0 })),
    audio: [{ language, name: language, channels: 0 }],
    subtitles: [],
    chapters: [],
    cmaf: false,
    conversions: [],
    warnings: [],
  };
}

const manifestOf = (plan: EncodePlan): PackageManifest => ({
  schema: 1,
  revision: plan.revision,
  recipe: plan.recipe,
  sourceSha256: plan.sourceSha256,
  durationMs: plan.durationMs,
  segments: plan.segments,
  frameRate: 25,
  ts: {
    rungs: [
      {
        name: '360p',
        width: 640,
        height: 360,
        codecs: 'avc1.4d401e,mp4a.40.2',
        frameRate: 25,
        bandwidthBps: 900_000,
        averageBps: 500_000,
        peakBps: 800_000,
        files: [],
      },
    ],
    chunks: [],
  },
  languages: ['zh-CN'],
  subtitles: [],
  posters: [],
  loudness: { measuredLufs: null, targetLufs: -23 },
  conversions: [],
  marks: [],
  channelReady: { cellMs: 4000, rungs: ['360p'], audioLayout: 'stereo-48000-aac-lc' },
});

/** Damage is a chunk without its record here; what real files must be is looked at by tests of the transcoder. */
async function lookAgain(
  storage: Storage,
  { revision, fromPart }: { readonly revision: Id; readonly fromPart?: number | undefined },
): Promise<TranscodeResult> {
  const there = [];
  for await (const { key } of storage.list(chunksPrefix(revision))) there.push(key);
  const findings = there.includes(chunkRecordKey(revision, 0)) ? [] : ['chunk 0 is missing'];
  if (findings.length > 0) await storage.remove(manifestKey(revision));
  const isHalf = fromPart === undefined && findings.length === 0;
  return { outcome: 'verified', revision, findings, ...(isHalf ? { next: { part: 1, of: 2 } } : {}) };
}
