import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { AudioRecord } from '../media/film/audio-record.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import type { EncodePlan, PlannedChunk, PlannedRung } from '../media/film/encode-plan.ts';
import { audioCodec, hevcRung, houseLadder, soundRung, windingRung, type AudioQuality } from '../media/film/ladder.ts';
import type { ByteRange } from '../media/film/package-manifest.ts';
import { segmentNumber } from '../media/storage/keys.ts';
import type { Storage } from '../media/storage/storage.ts';
import { segmentFindings } from './conform.ts';
import { rungFile } from './ffmpeg/chunk-arguments.ts';
import { TranscodeFailure } from './ffmpeg/run-failure.ts';
import { aacFramesUntil, adtsFrames } from './package/adts.ts';
import { parameterSets, readEncodedPictures, type EncodedPictures } from './package/encoded-pictures.ts';
import { cellTicks, reorderFrames, type SegmentFrames, type VideoFrame } from './package/frames.ts';
import { keyFrameRanges } from './package/key-frame-ranges.ts';
import { videoInit, videoSegment } from './package/write-fmp4.ts';
import { soundSegment, tsBaseTicks, tsSegment } from './package/write-ts-segment.ts';
import { segmentParameters } from './segment-parameters.ts';
import { storeFile, type FileFact } from './stored-file.ts';

/** A chunk whose pictures are encoded, on its way to the shelf. */
export type ChunkToPackage = {
  readonly plan: EncodePlan;
  readonly chunk: PlannedChunk;
  readonly audio: AudioRecord;
  /** Local folder with the encoder's files. */
  readonly folder: string;
  /** Storage folder of this attempt. */
  readonly path: string;
  readonly signal: AbortSignal;
};

/** Compares what the encoder left with what was planned; throws `verify_failed`. */
function verifyPictures(rung: PlannedRung, chunk: PlannedChunk, encoded: EncodedPictures): void {
  const { pictures } = encoded;
  const wanted = chunk.cells * 4 * rung.frameRate;
  const gop = rung.frameRate * 2;
  const codec = [...houseLadder, hevcRung].find(({ name }) => name === rung.name)?.codec;
  const fail = (finding: string): never => {
    throw new TranscodeFailure('verify_failed', { finding: `${rung.name}: ${finding}` });
  };
  if (pictures.length !== wanted) fail(`${pictures.length} pictures where ${wanted} are needed`);
  if (encoded.codec !== codec) fail(`its codec is ${encoded.codec}`);
  pictures.forEach((picture, index) => {
    if (picture.isKey !== (index % gop === 0)) fail(`picture ${index} breaks the rhythm of key frames`);
    if (picture.isKey && picture.shownAs !== index) fail(`key frame ${index} is not shown in its place`);
    if (picture.shownAs < index - reorderFrames) fail(`picture ${index} is decoded too late`);
  });
}

/** The frames of one cell of a rung, read from the encoder's file in one go. */
async function readCell(
  file: FileHandle,
  encoded: EncodedPictures,
  place: { readonly firstCell: number; readonly cell: number; readonly frameRate: number },
): Promise<Pick<SegmentFrames, 'cell' | 'frameTicks' | 'video'>> {
  const perCell = place.frameRate * 4;
  const offset = (place.cell - place.firstCell) * perCell;
  const pictures = encoded.pictures.slice(offset, offset + perCell);
  const from = pictures[0]?.at ?? 0;
  const last = pictures.at(-1);
  const bytes = Buffer.allocUnsafe(last === undefined ? 0 : last.at + last.bytes - from);
  await file.read(bytes, 0, bytes.length, from);
  const frameTicks = 90_000 / place.frameRate;
  const startTicks = place.firstCell * cellTicks;
  const video = pictures.map(({ at, bytes: size, isKey, shownAs }, index): VideoFrame => ({
    data: bytes.subarray(at - from, at - from + size),
    isKey,
    ptsTicks: startTicks + shownAs * frameTicks,
    decodeIndex: place.cell * perCell + index,
  }));
  return { cell: place.cell, frameTicks, video };
}

/** The AAC frames that start in a cell. */
async function readSound(storage: Storage, audio: AudioRecord, quality: AudioQuality, cell: number) {
  const { cellOffsets } = audio[quality];
  const range = { from: cellOffsets[cell] ?? 0, to: cellOffsets[cell + 1] ?? 0 };
  const bytes = await storage.read(`${audio.path}/${quality}.aac`, range);
  return { audio: adtsFrames(bytes), firstAudioFrame: aacFramesUntil(cell) };
}

function verifySegment(segment: Buffer, rung: { readonly name: string; readonly frameRate: number }, cell: number) {
  const [finding] = segmentFindings(segment, { cell, frameRate: rung.frameRate, baseTicks: tsBaseTicks });
  if (finding === undefined) return;
  throw new TranscodeFailure('verify_failed', { finding: `${rung.name}, ${segmentNumber(cell)}: ${finding}` });
}

/** The rung with sound alone: pictures take no part in it. */
async function packageSound(storage: Storage, work: ChunkToPackage): Promise<ChunkRecord['ts'][number]> {
  const { chunk, audio, path } = work;
  const { name } = soundRung;
  const files: FileFact[] = [];
  for (let cell = chunk.firstCell; cell < chunk.firstCell + chunk.cells; cell += 1) {
    work.signal.throwIfAborted();
    const segment = soundSegment({ cell, ...(await readSound(storage, audio, soundRung.audio, cell)) });
    verifySegment(segment, { name, frameRate: 0 }, cell);
    files.push(await storeFile(storage, `${path}/${name}/${segmentNumber(cell)}.ts`, segment));
  }
  return { name, codecs: audioCodec, files };
}

type PackagedRung = {
  readonly ts: ChunkRecord['ts'][number];
  readonly cmaf: NonNullable<ChunkRecord['cmaf']>[number] | undefined;
};

/** What the encoder left of a rung, compared with the plan. */
async function verifiedPictures(rung: PlannedRung, { chunk, folder }: ChunkToPackage) {
  const local = join(folder, rungFile(rung.name));
  const encoded = await readEncodedPictures(local).catch((cause: unknown) => {
    throw new TranscodeFailure('verify_failed', { finding: `${rung.name}: ${String(cause)}` }, cause);
  });
  verifyPictures(rung, chunk, encoded);
  return { local, encoded };
}

/** A rung that is in package cmaf alone. */
async function packageHevc(
  storage: Storage,
  rung: PlannedRung,
  work: ChunkToPackage,
): Promise<NonNullable<PackagedRung['cmaf']>> {
  const { firstCell, cells } = work.chunk;
  const { local, encoded } = await verifiedPictures(rung, work);
  const folder = `${work.path}/cmaf/${rung.name}`;
  const files: FileFact[] = [];
  const file = await open(local);
  try {
    for (let cell = firstCell; cell < firstCell + cells; cell += 1) {
      work.signal.throwIfAborted();
      const pictures = await readCell(file, encoded, { firstCell, cell, frameRate: rung.frameRate });
      files.push(await storeFile(storage, `${folder}/${segmentNumber(cell)}.m4s`, videoSegment(pictures)));
    }
  } finally {
    await file.close();
  }
  const init = videoInit(rung.width, rung.height, encoded.config, 'hvc1');
  return {
    ...{ name: rung.name, codecs: encoded.codec, files },
    initFile: await storeFile(storage, `${folder}/init.mp4`, init),
  };
}

async function packageRung(storage: Storage, rung: PlannedRung, work: ChunkToPackage): Promise<PackagedRung> {
  const { plan, chunk, path } = work;
  const { local, encoded } = await verifiedPictures(rung, work);
  const quality = houseLadder.find(({ name }) => name === rung.name)?.audio ?? 'high';
  const file = await open(local);
  const ts: FileFact[] = [];
  const cmaf: FileFact[] = [];
  const keyFrames: ByteRange[][] = [];
  let parameters: ChunkRecord['ts'][number]['parameters'];
  try {
    for (let cell = chunk.firstCell; cell < chunk.firstCell + chunk.cells; cell += 1) {
      work.signal.throwIfAborted();
      const pictures = await readCell(file, encoded, { firstCell: chunk.firstCell, cell, frameRate: rung.frameRate });
      const sound = await readSound(storage, work.audio, quality, cell);
      const frames: SegmentFrames = { ...pictures, ...sound, parameterSets: parameterSets(encoded.config) };
      const segment = tsSegment(frames);
      verifySegment(segment, rung, cell);
      keyFrames.push(keyFrameRanges(segment));
      parameters ??= segmentParameters(segment);
      ts.push(await storeFile(storage, `${path}/${rung.name}/${segmentNumber(cell)}.ts`, segment));
      if (plan.cmaf)
        cmaf.push(
          await storeFile(storage, `${path}/cmaf/${rung.name}/${segmentNumber(cell)}.m4s`, videoSegment(frames)),
        );
    }
  } finally {
    await file.close();
  }
  const { codec } = encoded;
  const init = videoInit(rung.width, rung.height, encoded.config);
  return {
    ts: {
      name: rung.name,
      codecs: `${codec},${audioCodec}`,
      ...(parameters === undefined ? {} : { parameters }),
      files: ts,
      ...(rung.name === windingRung(plan.rungs) ? { keyFrames } : {}),
    },
    cmaf: plan.cmaf
      ? {
          name: rung.name,
          codecs: codec,
          files: cmaf,
          initFile: await storeFile(storage, `${path}/cmaf/${rung.name}/init.mp4`, init),
        }
      : undefined,
  };
}

/**
 * Muxes every rung of a chunk by copy, one segment a cell, each checked by our own inspector before it is stored. Chunks need
 * nothing of each other: timestamps are the film's, and counters are whole turns in every segment.
 */
export async function packageChunk(storage: Storage, work: ChunkToPackage): Promise<Pick<ChunkRecord, 'ts' | 'cmaf'>> {
  const rungs: PackagedRung[] = [];
  for (const rung of work.plan.rungs) rungs.push(await packageRung(storage, rung, work));
  const cmaf = rungs.flatMap((rung) => (rung.cmaf === undefined ? [] : [rung.cmaf]));
  if (work.plan.hevc !== undefined) cmaf.push(await packageHevc(storage, work.plan.hevc, work));
  const sound = work.plan.soundAlone ? [await packageSound(storage, work)] : [];
  return { ts: [...rungs.map((rung) => rung.ts), ...sound], ...(cmaf.length === 0 ? {} : { cmaf }) };
}
