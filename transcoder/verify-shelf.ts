import { createHash } from 'node:crypto';
import type { AudioRecord } from '../media/film/audio-record.ts';
import { certify } from '../media/film/channel-certificate.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import type { EncodePlan } from '../media/film/encode-plan.ts';
import type { FilmTrouble } from '../media/film/film-problem-text.ts';
import { soundRung } from '../media/film/ladder.ts';
import { segmentNumber } from '../media/storage/keys.ts';
import { StorageMissing, type Storage } from '../media/storage/storage.ts';
import type { DamagedPart } from './drop-part.ts';
import { thumbnailFile } from './ffmpeg/chunk-arguments.ts';
import { decodeCommand } from './ffmpeg/picture-arguments.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import { failVerification, TranscodeFailure } from './ffmpeg/run-failure.ts';
import { segmentKey, type FinishWork } from './film-extras.ts';
import { segmentParameters } from './segment-parameters.ts';
import { readAudioRecord, readChunkRecord } from './shelf.ts';
import type { FileFact } from './stored-file.ts';

/** Rungs of package ts, highest first. */
const rungNames = ({ rungs, soundAlone }: EncodePlan): readonly string[] => [
  ...rungs.map(({ name }) => name),
  ...(soundAlone ? [soundRung.name] : []),
];

/** What is on the shelf of what the plan asks for, and in words what is not. */
export type FoundShelf = {
  readonly chunks: readonly ChunkRecord[];
  readonly audio: readonly AudioRecord[];
  readonly missing: readonly string[];
};

/** Every record that the plan asks for; a chunk with other cells than planned throws, for making it again gives the same. */
export async function readShelf(storage: Storage, plan: EncodePlan): Promise<FoundShelf> {
  const { revision } = plan;
  const chunks = await Promise.all(
    plan.chunks.map(async (planned, index) => {
      const record = await readChunkRecord(storage, revision, index);
      if (record === undefined) return [];
      const isWhole = record.firstCell === planned.firstCell && record.cells === planned.cells;
      const isFull = rungNames(plan).every(
        (name, at) => record.ts[at]?.name === name && record.ts[at].files.length === planned.cells,
      );
      return isWhole && isFull ? [record] : failVerification(`chunk ${index} has other cells than planned`);
    }),
  );
  const audio = await Promise.all(
    plan.audio.map(async ({ language }) => {
      const record = await readAudioRecord(storage, revision, language);
      return record === undefined ? [] : [record];
    }),
  );
  return {
    chunks: chunks.flat(),
    audio: audio.flat(),
    missing: [
      ...chunks.flatMap((found, index) => (found.length === 0 ? [`chunk ${index} is missing`] : [])),
      ...audio.flatMap((found, at) =>
        found.length === 0 ? [`the sound in ${plan.audio[at]?.language ?? ''} is missing`] : [],
      ),
    ],
  };
}

type Recorded = readonly (readonly [key: string, fact: FileFact])[];

const cellFiles = (folder: string, files: readonly FileFact[], extension: string, firstCell = 0): Recorded =>
  files.map((fact, at) => [`${folder}/${segmentNumber(firstCell + at)}.${extension}`, fact] as const);

/** Files of a part by key, as its record says. */
function recordedFiles(record: ChunkRecord | AudioRecord): Recorded {
  const { path, cmaf } = record;
  if ('language' in record) {
    const sounds = (['high', 'low'] as const).map((quality) => [`${path}/${quality}.aac`, record[quality]] as const);
    if (record.cmaf === undefined) return sounds;
    return [...sounds, [`${path}/init.mp4`, record.cmaf.initFile], ...cellFiles(path, record.cmaf.files, 'm4s')];
  }
  const { firstCell, ts } = record;
  return [
    ...ts.flatMap(({ name, files }) => cellFiles(`${path}/${name}`, files, 'ts', firstCell)),
    ...(Array.isArray(cmaf) ? cmaf : []).flatMap(({ name, files, initFile }): Recorded => [
      [`${path}/cmaf/${name}/init.mp4`, initFile],
      ...cellFiles(`${path}/cmaf/${name}`, files, 'm4s', firstCell),
    ]),
  ];
}

/** Bytes of all files of a part, as its record says. */
export const recordedBytes = (record: ChunkRecord | AudioRecord): number =>
  recordedFiles(record).reduce((sum, [, { bytes }]) => sum + bytes, 0);

/** What of a stored file differs from its record, in words; undefined where nothing does. */
async function differenceOf(storage: Storage, key: string, { bytes, sha256 }: FileFact): Promise<string | undefined> {
  const hash = createHash('sha256');
  let found = 0;
  try {
    for await (const piece of await storage.stream(key)) {
      hash.update(piece as Buffer);
      found += (piece as Buffer).length;
    }
  } catch (error) {
    if (error instanceof StorageMissing) return `${key} is missing`;
    // A bad sector: the disk answers, and never with this file.
    if (error instanceof Error && 'code' in error && error.code === 'EIO') return `${key} cannot be read`;
    throw error;
  }
  if (found !== bytes) return `${key} has ${found} bytes, not ${bytes}`;
  return hash.digest('hex') === sha256 ? undefined : `${key} has other bytes than were recorded`;
}

/** The first file of a part that is not as recorded, in words. */
async function damageOf(
  storage: Storage,
  record: ChunkRecord | AudioRecord,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const [key, fact] of recordedFiles(record)) {
    signal.throwIfAborted();
    const finding = await differenceOf(storage, key, fact);
    if (finding !== undefined) return finding;
  }
  if (!('thumbnails' in record) || !record.thumbnails) return undefined;
  const thumbnails = `${record.path}/${thumbnailFile}`;
  return (await storage.stat(thumbnails)) === undefined ? `${thumbnails} is missing` : undefined;
}

/** Parts with a file that is not there as its record says: same length, same SHA-256. Says after each part how far it is. */
export async function damagedParts(
  { parts, attempt }: Pick<FinishWork, 'parts' | 'attempt'>,
  records: readonly (ChunkRecord | AudioRecord)[],
  step: (ratio: number) => void,
): Promise<readonly DamagedPart[]> {
  const damaged: DamagedPart[] = [];
  for (const [index, record] of records.entries()) {
    const finding = await damageOf(parts.storage, record, attempt.signal);
    if (finding !== undefined) damaged.push({ record, finding });
    step((index + 1) / records.length);
  }
  return damaged;
}

/** A decoder that gave up, and no trouble of the machine. */
const decodingTroubles: readonly FilmTrouble[] = [
  'encoder_failed',
  'encoder_failed/source_unreadable',
  'unreadable/undecodable',
];

/** The first and the last chunk, where their segments on some rung do not decode without one complaint. */
export async function undecodableParts({ parts, attempt, plan, chunks }: FinishWork): Promise<readonly DamagedPart[]> {
  const { storage, sandbox } = parts;
  const cells = [...new Set([0, plan.segments - 1])];
  const keys = rungNames(plan).flatMap((name) => cells.map((cell) => segmentKey(chunks, name, cell)));
  const files = await Promise.all(keys.map((key) => storage.localFile(key, attempt.folder)));
  const { folder, signal } = attempt;
  const complaint = await runCommand(decodeCommand(files), { sandbox, folder, signal, filmSeconds: 60 }).then(
    ({ log }) => log,
    (error: unknown) => {
      if (error instanceof TranscodeFailure && decodingTroubles.includes(error.trouble)) return error.message;
      throw error;
    },
  );
  const [line = ''] = complaint.trim().split('\n');
  if (line === '') return [];
  const ends = new Set([chunks[0], chunks.at(-1)].flatMap((record) => record ?? []));
  return [...ends].map((record) => ({ record, finding: `decoding: ${line}` }));
}

/** What players have to be set up for, as read from the segments; records of earlier versions did not tell. */
export async function certificateOf({ parts, plan, chunks }: FinishWork): Promise<ReturnType<typeof certify>> {
  const rungs = await Promise.all(
    plan.rungs.map(async ({ name }, at) => ({
      name,
      chunks: await Promise.all(
        chunks.map(
          async ({ ts, firstCell }) =>
            ts[at]?.parameters ?? segmentParameters(await parts.storage.read(segmentKey(chunks, name, firstCell))),
        ),
      ),
    })),
  );
  return certify(rungs);
}
