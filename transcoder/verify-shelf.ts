import type { AudioRecord } from '../media/film/audio-record.ts';
import { certify } from '../media/film/channel-certificate.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import type { EncodePlan } from '../media/film/encode-plan.ts';
import type { FilmTrouble } from '../media/film/film-problem-text.ts';
import { soundRung } from '../media/film/ladder.ts';
import { chunkRecordKey, segmentNumber } from '../media/storage/keys.ts';
import { decodeCommand } from './ffmpeg/picture-arguments.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import { failVerification, TranscodeFailure } from './ffmpeg/run-failure.ts';
import { segmentKey, type FinishWork } from './film-extras.ts';
import { segmentParameters } from './segment-parameters.ts';
import { readAudioRecord, readChunkRecord } from './shelf.ts';
import type { TranscoderParts } from './transcoder-parts.ts';

/** Rungs of package ts, highest first. */
const rungNames = ({ rungs, soundAlone }: EncodePlan): readonly string[] => [
  ...rungs.map(({ name }) => name),
  ...(soundAlone ? [soundRung.name] : []),
];

/** Every record that the plan asks for; rejects when one is missing, so a manifest never has a hole. */
export async function readShelf(
  { storage }: TranscoderParts,
  plan: EncodePlan,
): Promise<{ readonly chunks: readonly ChunkRecord[]; readonly audio: readonly AudioRecord[] }> {
  const chunks = await Promise.all(
    plan.chunks.map(async (planned, index) => {
      const record =
        (await readChunkRecord(storage, plan.revision, index)) ?? failVerification(`chunk ${index} is missing`);
      const isWhole = record.firstCell === planned.firstCell && record.cells === planned.cells;
      const isFull = rungNames(plan).every(
        (name, at) => record.ts[at]?.name === name && record.ts[at].files.length === planned.cells,
      );
      return isWhole && isFull ? record : failVerification(`chunk ${index} has other cells than planned`);
    }),
  );
  const audio = await Promise.all(
    plan.audio.map(
      async ({ language }) =>
        (await readAudioRecord(storage, plan.revision, language)) ??
        failVerification(`the sound in ${language} is missing`),
    ),
  );
  return { chunks, audio };
}

/** Sizes of the segments of a chunk by key, as its record says. */
function recordedSizes({ path, firstCell, ts, cmaf = [] }: ChunkRecord): readonly (readonly [string, number])[] {
  const sizes = (folder: string, files: ChunkRecord['ts'][number]['files'], extension: string) =>
    files.map(({ bytes }, at) => [`${folder}/${segmentNumber(firstCell + at)}.${extension}`, bytes] as const);
  return [
    ...ts.flatMap(({ name, files }) => sizes(`${path}/${name}`, files, 'ts')),
    ...cmaf.flatMap(({ name, files }) => sizes(`${path}/cmaf/${name}`, files, 'm4s')),
  ];
}

/**
 * Every file that a record names is there with the size that the record says. The record of a chunk that is not whole is taken
 * away, so that the next try makes the chunk again instead of failing for ever.
 */
export async function verifyFiles({ storage }: TranscoderParts, chunks: readonly ChunkRecord[]): Promise<void> {
  for (const chunk of chunks) {
    const found = new Map<string, number>();
    for await (const file of storage.list(`${chunk.path}/`)) found.set(file.key, file.bytes);
    for (const [key, bytes] of recordedSizes(chunk)) {
      if (found.get(key) === bytes) continue;
      await storage.remove(chunkRecordKey(chunk.revision, chunk.chunk));
      failVerification(`${key} has ${found.get(key) ?? 'no'} bytes, not ${bytes}`);
    }
  }
}

/** A decoder that gave up, and no trouble of the machine. */
const decodingTroubles: readonly FilmTrouble[] = [
  'encoder_failed',
  'encoder_failed/source_unreadable',
  'unreadable/undecodable',
];

/**
 * The first and the last segment of every rung decode without one complaint. Otherwise their chunks are made again by the
 * next try, because the same bytes would fail every time.
 */
export async function verifyByDecoding({ parts, attempt, plan, chunks }: FinishWork): Promise<void> {
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
  if (line === '') return;
  for (const { revision, chunk } of new Set([chunks[0], chunks.at(-1)].flatMap((record) => record ?? [])))
    await storage.remove(chunkRecordKey(revision, chunk));
  failVerification(`decoding: ${line}`);
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
