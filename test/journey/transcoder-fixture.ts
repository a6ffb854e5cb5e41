import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { idOfDigest } from '../../media/contract/ids.ts';
import type {
  FilmProblem,
  TranscodeJob,
  TranscodeProgress,
  TranscodeResult,
} from '../../media/contract/transcode-job.ts';
import { nextJobs, type FilmWork } from '../../media/film/next-jobs.ts';
import type { EncodePlan, PlannedChunk } from '../../media/film/encode-plan.ts';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import { openDiskStorage } from '../../media/storage/disk-storage.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { chunkCommand } from '../../transcoder/ffmpeg/chunk-arguments.ts';
import { runCommand } from '../../transcoder/ffmpeg/run-command.ts';
import { detectSandbox } from '../../transcoder/ffmpeg/sandbox.ts';
import { runJob } from '../../transcoder/run-job.ts';
import { needPlan, readAudioRecord, readChunkRecord, readManifest } from '../../transcoder/shelf.ts';
import type { TranscoderParts } from '../../transcoder/transcoder-parts.ts';

/** Runs ffmpeg by hand to make a source, or to judge a result; throws with what it said. */
export function ffmpeg(...args: readonly string[]): string {
  const run = spawnSync('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-y', ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`ffmpeg ${args.join(' ')}\n${run.stderr}`);
  return run.stderr;
}

/** Asks ffprobe by hand; throws with what it said. */
export function ffprobe(...args: readonly string[]): string {
  const run = spawnSync('ffprobe', ['-v', 'error', ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`ffprobe ${args.join(' ')}\n${run.stderr}`);
  return run.stdout.trim();
}

/** A moving picture with numbers in it and a tone, encoded fast; `more` stands before the output's name. */
export function makeSource(path: string, picture: string, seconds: number, more: readonly string[] = []): void {
  ffmpeg(
    ...['-f', 'lavfi', '-i', `testsrc2=${picture}:d=${String(seconds)}`],
    ...['-f', 'lavfi', '-i', `sine=f=440:b=2:d=${String(seconds)}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-c:a', 'aac', '-ac', '2', ...more, path],
  );
}

type Finished = {
  readonly plan: EncodePlan;
  readonly manifest: PackageManifest;
  readonly warnings: readonly FilmProblem[];
};

/** A transcoder on a folder of its own, without queue and server. */
export type Bench = {
  readonly folder: string;
  readonly storage: Storage;
  readonly parts: TranscoderParts;
  readonly film: FilmWork;
  /** Puts a source on the shelf. */
  readonly upload: (path: string) => Promise<void>;
  readonly run: (job: TranscodeJob, signal?: AbortSignal) => Promise<TranscodeResult>;
  readonly prepare: () => Promise<TranscodeResult>;
  /** Everything after prepare, asked of `nextJobs` as the server does. */
  readonly finish: (revision: string, attempt?: number) => Promise<Finished>;
  readonly progress: TranscodeProgress[];
  readonly close: () => Promise<void>;
};

/** What the shelf says, in the words of `nextJobs`. */
export async function shelfFacts(storage: Storage, plan: EncodePlan): Promise<Parameters<typeof nextJobs>[1]> {
  const audio = new Set<string>();
  const chunks = new Set<number>();
  for (const { language } of plan.audio)
    if ((await readAudioRecord(storage, plan.revision, language)) !== undefined) audio.add(language);
  for (const chunk of plan.chunks.keys())
    if ((await readChunkRecord(storage, plan.revision, chunk)) !== undefined) chunks.add(chunk);
  return { audio, chunks, hasManifest: (await readManifest(storage, plan.revision)) !== undefined };
}

export async function openBench(store?: Storage): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'transcoder-'));
  const storage = store ?? (await openDiskStorage(join(folder, 'media')));
  const filmId = idOfDigest(randomBytes(32));
  const film: FilmWork = { filmId, attempt: 0, sourceKey: sourceKey(filmId) };
  const parts: TranscoderParts = {
    storage,
    sandbox: detectSandbox(),
    log: pino({ level: 'silent' }),
    sourceFolder: join(folder, 'sources'),
  };
  const progress: TranscodeProgress[] = [];
  const run: Bench['run'] = (job, signal = new AbortController().signal) => {
    const token = randomBytes(6).toString('hex');
    const report = (step: TranscodeProgress): void => void progress.push(step);
    return runJob(parts, job, { token, folder: join(folder, 'work', token), signal, report });
  };
  return {
    folder,
    storage,
    parts,
    film,
    progress,
    run,
    upload: async (path) => {
      const copy = join(folder, randomBytes(6).toString('hex'));
      await copyFile(path, copy);
      await storage.put(film.sourceKey, { file: copy });
    },
    prepare: () => run({ kind: 'prepare', ...film, language: 'zh-CN' }),
    finish: async (revision, attempt = 0) => {
      const plan = await needPlan(storage, revision);
      for (let round = 0; round < 20; round += 1) {
        for (const job of nextJobs(plan, await shelfFacts(storage, plan), { ...film, attempt })) {
          const result = await run(job);
          const manifest = await readManifest(storage, revision);
          if (result.outcome === 'finished' && manifest !== undefined)
            return { plan, manifest, warnings: result.warnings };
        }
      }
      throw new Error('The film does not come to an end.');
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Digests of the frames of a chunk on its highest rung, as they reach the encoder. */
export async function framesOf(bench: Bench, plan: EncodePlan, chunk: PlannedChunk): Promise<string[]> {
  const command = chunkCommand(plan, chunk, bench.storage.pathOf(bench.film.sourceKey) ?? '');
  const folder = await mkdtemp(join(bench.folder, 'frames-'));
  const labels = [...plan.rungs.map((_rung, index) => `[v${String(index)}]`), '[thumbnails]'];
  const outputs = labels.map((label, index) =>
    index === 0
      ? { target: 'frames.md5', options: ['-map', label, '-fps_mode', 'passthrough', '-f', 'framemd5'] }
      : { target: '-', options: ['-map', label, '-f', 'null'] },
  );
  const signal = new AbortController().signal;
  await runCommand({ ...command, outputs }, { sandbox: bench.parts.sandbox, folder, signal, filmSeconds: 60 });
  const lines = (await readFile(join(folder, 'frames.md5'), 'utf8')).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(',').at(-1) ?? '');
}

/** The frames of all chunks one after another, and those of one pass over the whole film. */
export async function joinedAndWhole(bench: Bench, plan: EncodePlan): Promise<{ joined: string[]; whole: string[] }> {
  const seekSeconds = plan.chunks[0]?.seekSeconds ?? 0;
  const whole = await framesOf(bench, plan, { firstCell: 0, cells: plan.segments, seekSeconds });
  const joined: string[] = [];
  for (const chunk of plan.chunks) joined.push(...(await framesOf(bench, plan, chunk)));
  return { joined, whole };
}

/** Bytes of every segment of a rung, in order. */
export async function segmentsOf(storage: Storage, manifest: PackageManifest, rung: string): Promise<Buffer[]> {
  const segments: Buffer[] = [];
  for (const chunk of manifest.ts.chunks)
    for (let cell = chunk.firstSegment; cell < chunk.firstSegment + chunk.segments; cell += 1)
      segments.push(await storage.read(`${chunk.path}/${rung}/${String(cell).padStart(5, '0')}.ts`));
  return segments;
}

/** A rung of the whole film in one file, as a player reads it. */
export async function joinRung(bench: Bench, manifest: PackageManifest, rung: string): Promise<string> {
  const file = join(bench.folder, `${rung}.ts`);
  await writeFile(file, Buffer.concat(await segmentsOf(bench.storage, manifest, rung)));
  return file;
}
