import { z } from 'zod';
import type { TranscodeJob } from '../media/contract/transcode-job.ts';
import type { AudioRecord } from '../media/film/audio-record.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import { audioRecordKey, chunkRecordKey, droppedKey, segmentNumber } from '../media/storage/keys.ts';
import type { Storage } from '../media/storage/storage.ts';
import { failVerification } from './ffmpeg/run-failure.ts';
import { readFact, writeFact } from './shelf.ts';

const droppedSchema = z.object({ path: z.string(), finding: z.string() });

/** A part of a film whose files are not what its record says. */
export type DamagedPart = { readonly record: ChunkRecord | AudioRecord; readonly finding: string };

/**
 * Takes the record of a damaged part away, so that it is made again. The second time that one part is found damaged under
 * one job the fault lies in this machine or in the encoder: that throws `verify_failed`, and people must look.
 */
export async function dropPart(storage: Storage, job: TranscodeJob, { record, finding }: DamagedPart): Promise<void> {
  const { revision, path } = record;
  const isChunk = 'chunk' in record;
  const part = isChunk ? segmentNumber(record.chunk) : record.language;
  const key = droppedKey(revision, part, `${job.filmId}-${String(job.attempt)}`);
  await writeFact(storage, key, { path, finding } satisfies z.infer<typeof droppedSchema>);
  // A worker that was killed here before has dropped this same try at the part already.
  if ((await readFact(storage, key, droppedSchema))?.path !== path) failVerification(finding);
  await storage.remove(isChunk ? chunkRecordKey(revision, record.chunk) : audioRecordKey(revision, record.language));
}
