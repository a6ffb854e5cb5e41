import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { TranscodeJob, TranscodeResult } from '../media/contract/transcode-job.ts';
import type { AudioRecord } from '../media/film/audio-record.ts';
import { cellMs } from '../media/film/chunks.ts';
import type { EncodePlan, PlannedAudio } from '../media/film/encode-plan.ts';
import { audioQualities } from '../media/film/ladder.ts';
import { soundMendOf } from '../media/film/sound-mend.ts';
import { audioFolder, audioRecordKey, segmentNumber } from '../media/storage/keys.ts';
import {
  audioCommand,
  audioFile,
  changesShape,
  gainFor,
  loudnessCommand,
  readLevels,
  readLoudness,
  steadyCommand,
  steadySound,
  type Sound,
} from './ffmpeg/audio-arguments.ts';
import { checkFiles } from './ffmpeg/check-arguments.ts';
import { readSoundCheck } from './ffmpeg/read-check.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import { TranscodeFailure } from './ffmpeg/run-failure.ts';
import { aacFramesUntil, adtsFrameBytes, adtsFrames } from './package/adts.ts';
import { audioInit, audioSegment } from './package/write-fmp4.ts';
import { needPlan, readAudioRecord, writeFact } from './shelf.ts';
import { storeFile, type FileFact } from './stored-file.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

type AudioJob = Extract<TranscodeJob, { kind: 'audio' }>;

/** Encodes one language of a planned film, once for the whole film; does nothing when that is on the shelf. */
export async function encodeAudio(parts: TranscoderParts, job: AudioJob, attempt: Attempt): Promise<TranscodeResult> {
  const { storage } = parts;
  const done: TranscodeResult = { outcome: 'audio', language: job.language };
  if ((await readAudioRecord(storage, job.revision, job.language)) !== undefined) return done;
  const plan = await needPlan(storage, job.revision);
  const track = plan.audio.find((planned) => planned.language === job.language);
  if (track === undefined) throw new Error(`Revision ${job.revision} has no language ${job.language}.`);
  const file = await storage.localFile(job.sourceKey, parts.sourceFolder);
  const path = audioFolder(job.revision, job.language, attempt.token);
  const record = await encodeSound(parts, { plan, track, file }, path, attempt);
  const isFirst = await writeFact(storage, audioRecordKey(job.revision, job.language), record);
  if (!isFirst) await storage.removeAll(`${path}/`);
  return done;
}

/** Encodes a track into a folder of the storage, and answers the record of it. */
export async function encodeSound(
  parts: TranscoderParts,
  { plan, track, file }: Sound,
  path: string,
  attempt: Attempt,
): Promise<AudioRecord> {
  const made = await makeSound(parts, plan, track, { ...attempt, file });
  const indexes = {
    high: await indexAdts(join(attempt.folder, audioFile('high')), plan.segments),
    low: await indexAdts(join(attempt.folder, audioFile('low')), plan.segments),
  };
  const cmaf = plan.cmaf ? await sliceSound(parts, attempt, path, indexes.high.cellOffsets) : undefined;
  for (const quality of Object.keys(indexes)) {
    const name = `${quality}.aac`;
    await parts.storage.put(`${path}/${name}`, { file: join(attempt.folder, name) });
  }
  return {
    schema: 1,
    revision: plan.revision,
    language: track.language,
    path,
    ...indexes,
    ...(cmaf === undefined ? {} : { cmaf }),
    ...made,
  };
}

/** Measures, then encodes; answers what the record says about loudness. */
async function makeSound(
  parts: TranscoderParts,
  plan: EncodePlan,
  track: PlannedAudio,
  attempt: Attempt & { readonly file: string },
): Promise<Pick<AudioRecord, 'measuredLufs' | 'gainDb' | 'mended' | 'errorLines' | 'check'>> {
  const lengthUs = plan.segments * 4_000_000;
  const startedAt = performance.now();
  const run = (from: number) => ({
    sandbox: parts.sandbox,
    folder: attempt.folder,
    signal: attempt.signal,
    filmSeconds: lengthUs / 1e6,
    onProgress: (name: string, value: number) => {
      if (name !== 'out_time_us') return;
      const ratio = Math.min(1, from + Math.max(0, value) / lengthUs / 2);
      const speed = ((ratio * lengthUs) / 1000 / (performance.now() - startedAt)) * 1;
      attempt.report({ phase: 'audio', ratio, speed });
    },
  });
  const measure = async (sound: Sound): Promise<string> => (await runCommand(loudnessCommand(sound), run(0))).log;
  let sound: Sound = { plan, track, file: attempt.file };
  let log = track.stream === undefined ? '' : await measure(sound);
  if (changesShape(log)) {
    await runCommand(steadyCommand(sound), run(0));
    sound = steadySound(sound, attempt.folder);
    log = await measure(sound);
  }
  const levels = track.channels === 2 ? readLevels(log) : undefined;
  const mended = levels === undefined ? undefined : soundMendOf(levels);
  if (mended !== undefined) {
    sound = { ...sound, mend: mended };
    log = await measure(sound);
  }
  const measuredLufs = readLoudness(log);
  const gainDb = gainFor(measuredLufs, plan.options.loudnessLufs);
  const { logLines } = await runCommand(audioCommand(sound, gainDb), run(0.5));
  const texts = await readTexts(attempt.folder);
  const check = readSoundCheck({ log, ...texts }, measuredLufs, plan.segments * cellMs);
  return { measuredLufs, gainDb, errorLines: logLines, check, ...(mended === undefined ? {} : { mended }) };
}

/** What the filters of the technical check left; a film without sound was not measured. */
async function readTexts(folder: string): Promise<Record<'loudness' | 'clipping' | 'silence', string>> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
  const { loudness, clipping, silence } = checkFiles;
  return { loudness: await read(loudness), clipping: await read(clipping), silence: await read(silence) };
}

/** Finds where each cell begins in an ADTS file, after the encoder's one frame of priming; rejects when sound is missing. */
async function indexAdts(path: string, cells: number): Promise<FileFact & { cellOffsets: number[] }> {
  const { size } = await stat(path);
  const wanted = Array.from({ length: cells + 1 }, (_none, cell) => aacFramesUntil(cell) + 1);
  const cellOffsets: number[] = [];
  const hash = createHash('sha256');
  let rest = Buffer.alloc(0);
  let restAt = 0;
  let frames = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) {
    hash.update(piece as Buffer);
    const bytes = Buffer.concat([rest, piece as Buffer]);
    let at = 0;
    while (at + 7 <= bytes.length) {
      const length = adtsFrameBytes(bytes, at);
      if (at + length > bytes.length) break;
      if (frames === wanted[cellOffsets.length]) cellOffsets.push(restAt + at);
      frames += 1;
      at += length;
    }
    rest = bytes.subarray(at);
    restAt += at;
  }
  if (frames === wanted[cellOffsets.length]) cellOffsets.push(size);
  if (cellOffsets.length !== cells + 1) {
    const finding = `${String(frames)} AAC frames where ${String(aacFramesUntil(cells) + 1)} are needed`;
    throw new TranscodeFailure('verify_failed', { finding });
  }
  return { bytes: size, sha256: hash.digest('hex'), cellOffsets };
}

type ReadSound = (from: number, to: number) => Promise<Buffer>;

async function sliceSound(
  parts: TranscoderParts,
  attempt: Attempt,
  path: string,
  offsets: readonly number[],
): Promise<NonNullable<AudioRecord['cmaf']>> {
  const local = await open(join(attempt.folder, audioFile('high')));
  try {
    return await storeSound(parts, { path, offsets, signal: attempt.signal }, async (from, to) => {
      const bytes = Buffer.alloc(to - from);
      await local.read(bytes, 0, bytes.length, from);
      return bytes;
    });
  } finally {
    await local.close();
  }
}

/** Writes the segments of package cmaf, one a cell, from an ADTS file of the high quality whose cells begin at `offsets`. */
export async function storeSound(
  { storage }: TranscoderParts,
  where: { readonly path: string; readonly offsets: readonly number[]; readonly signal: AbortSignal },
  read: ReadSound,
): Promise<NonNullable<AudioRecord['cmaf']>> {
  const { path, offsets, signal } = where;
  const initFile = await storeFile(storage, `${path}/init.mp4`, audioInit(audioQualities.high));
  const files: FileFact[] = [];
  for (let cell = 0; cell + 1 < offsets.length; cell += 1) {
    signal.throwIfAborted();
    const bytes = await read(offsets[cell] ?? 0, offsets[cell + 1] ?? 0);
    const segment = audioSegment(cell, aacFramesUntil(cell), adtsFrames(bytes));
    files.push(await storeFile(storage, `${path}/${segmentNumber(cell)}.m4s`, segment));
  }
  const sizes = files.map((file) => file.bytes);
  const averageBps = Math.round((sizes.reduce((sum, size) => sum + size, 0) * 2) / sizes.length);
  return { initFile, files, averageBps, peakBps: Math.max(...sizes) * 2 };
}
