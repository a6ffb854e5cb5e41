import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TranscodeJob, TranscodeResult } from '../media/contract/transcode-job.ts';
import { cellMs } from '../media/film/chunks.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import type { EncodePlan, PlannedChunk } from '../media/film/encode-plan.ts';
import { houseLadder } from '../media/film/ladder.ts';
import type { PictureCheck } from '../media/film/technical-check.ts';
import { chunkFolder, chunkRecordKey } from '../media/storage/keys.ts';
import { checkFiles } from './ffmpeg/check-arguments.ts';
import { chunkCommand, thumbnailFile } from './ffmpeg/chunk-arguments.ts';
import { readPictureCheck } from './ffmpeg/read-check.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import { TranscodeFailure } from './ffmpeg/run-failure.ts';
import { packageChunk } from './package-chunk.ts';
import { needPlan, readAudioRecord, readChunkRecord, writeFact } from './shelf.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

type ChunkJob = Extract<TranscodeJob, { kind: 'chunk' }>;

/** Encodes and packages one chunk of a planned film on every rung; does nothing when its record is on the shelf. */
export async function encodeChunk(parts: TranscoderParts, job: ChunkJob, attempt: Attempt): Promise<TranscodeResult> {
  const { storage } = parts;
  const done: TranscodeResult = { outcome: 'chunk', chunk: job.chunk };
  if ((await readChunkRecord(storage, job.revision, job.chunk)) !== undefined) return done;
  const plan = await needPlan(storage, job.revision);
  const chunk = plan.chunks[job.chunk];
  if (chunk === undefined) throw new Error(`Revision ${job.revision} has no chunk ${String(job.chunk)}.`);
  const audio = await readAudioRecord(storage, job.revision, plan.options.language);
  if (audio === undefined) throw new Error(`Revision ${job.revision} has no main sound yet: run its audio job first.`);
  await needSpace(parts, plan, chunk);
  const file = await storage.localFile(job.sourceKey, parts.sourceFolder);
  parts.log.info({ chunk: job.chunk, cells: chunk.cells }, 'encode of a chunk begins');
  const errorLines = await encodePictures(parts, plan, chunk, { ...attempt, file });
  const path = chunkFolder(job.revision, job.chunk, attempt.token);
  try {
    const { folder, signal } = attempt;
    const packages = await packageChunk(storage, { plan, chunk, audio, folder, path, signal });
    const thumbnails = await keepThumbnails(parts, attempt, path);
    const { firstCell, cells } = chunk;
    const record: ChunkRecord = {
      ...{ schema: 1, revision: plan.revision, chunk: job.chunk, firstCell, cells, path },
      ...packages,
      thumbnails,
      errorLines,
      check: await readCheck(attempt.folder, plan, chunk),
    };
    const isFirst = await writeFact(storage, chunkRecordKey(job.revision, job.chunk), record);
    if (!isFirst) await storage.removeAll(`${path}/`);
    return done;
  } catch (error) {
    await storage.removeAll(`${path}/`).catch(() => undefined);
    throw error;
  }
}

/** A full disk is noticed before the work, when the worst case of the chunk would not fit twice. */
async function needSpace(parts: TranscoderParts, plan: EncodePlan, chunk: PlannedChunk): Promise<void> {
  const free = await parts.storage.freeBytes();
  const bps = plan.rungs.reduce(
    (sum, rung) => sum + (houseLadder.find(({ name }) => name === rung.name)?.bandwidthBps ?? 0),
    0,
  );
  // Low-rate rungs dominate nothing; a quarter of the bound is what films need in practice, once encoded and once packaged.
  if (free !== undefined && free < (chunk.cells * 4 * bps) / 8 / 2) throw new TranscodeFailure('no_space');
}

/** Encodes the pictures of a chunk into the job's folder; answers how often the decoder complained. */
export async function encodePictures(
  parts: TranscoderParts,
  plan: EncodePlan,
  chunk: PlannedChunk,
  attempt: Attempt & { readonly file: string },
): Promise<number> {
  const frames = chunk.cells * 4 * (plan.rungs[0]?.frameRate ?? plan.frameRate);
  const startedAt = performance.now();
  const { logLines } = await runCommand(chunkCommand(plan, chunk, attempt.file), {
    sandbox: parts.sandbox,
    folder: attempt.folder,
    signal: attempt.signal,
    filmSeconds: chunk.cells * 4,
    leadSeconds: Math.max(0, plan.originSeconds + chunk.firstCell * 4 - chunk.seekSeconds),
    onProgress: (name, value) => {
      if (name !== 'frame') return;
      const ratio = Math.min(1, value / frames);
      const elapsed = (performance.now() - startedAt) / 1000;
      attempt.report({ phase: 'encoding', ratio, speed: (ratio * chunk.cells * 4) / elapsed });
    },
  });
  return logLines;
}

/** What the filters of the technical check left. */
async function readCheck(folder: string, { frameRate }: EncodePlan, chunk: PlannedChunk): Promise<PictureCheck> {
  const { picture, content } = checkFiles;
  const [seen, box] = await Promise.all([picture, content].map((name) => readFile(join(folder, name), 'utf8')));
  const fromMs = chunk.firstCell * cellMs;
  return readPictureCheck(seen ?? '', box ?? '', { fromMs, toMs: fromMs + chunk.cells * cellMs, frameRate });
}

async function keepThumbnails(parts: TranscoderParts, attempt: Attempt, path: string): Promise<boolean> {
  const file = join(attempt.folder, thumbnailFile);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || found.size === 0) return false;
  await parts.storage.put(`${path}/${thumbnailFile}`, { file });
  return true;
}
