import type { ZodType } from 'zod';
import { audioRecordSchema, type AudioRecord } from '../media/film/audio-record.ts';
import { chunkRecordSchema, type ChunkRecord } from '../media/film/chunk-record.ts';
import { encodePlanSchema, type EncodePlan } from '../media/film/encode-plan.ts';
import { packageManifestSchema, type PackageManifest } from '../media/film/package-manifest.ts';
import { reviewCopySchema, type ReviewCopy } from '../media/film/review-copy.ts';
import { audioRecordKey, chunkRecordKey, encodePlanKey, manifestKey, reviewCopyKey } from '../media/storage/keys.ts';
import { StorageMissing, type Storage } from '../media/storage/storage.ts';

/** Reads a JSON fact; undefined where nothing is. Rejects when it is there and is not what it should be. */
export async function readFact<Fact>(storage: Storage, key: string, schema: ZodType<Fact>): Promise<Fact | undefined> {
  const bytes = await storage.read(key).catch((error: unknown) => {
    if (error instanceof StorageMissing) return undefined;
    throw error;
  });
  return bytes === undefined ? undefined : schema.parse(JSON.parse(bytes.toString('utf8')));
}

/** Writes a JSON fact unless there is one; answers whether this one is the fact from now on. */
export const writeFact = (storage: Storage, key: string, fact: object): Promise<boolean> =>
  storage.putIfAbsent(key, Buffer.from(`${JSON.stringify(fact)}\n`));

export const readPlan = (storage: Storage, revision: string): Promise<EncodePlan | undefined> =>
  readFact(storage, encodePlanKey(revision), encodePlanSchema);
export const readChunkRecord = (storage: Storage, revision: string, chunk: number): Promise<ChunkRecord | undefined> =>
  readFact(storage, chunkRecordKey(revision, chunk), chunkRecordSchema);
export const readAudioRecord = (
  storage: Storage,
  revision: string,
  language: string,
): Promise<AudioRecord | undefined> => readFact(storage, audioRecordKey(revision, language), audioRecordSchema);
export const readManifest = (storage: Storage, revision: string): Promise<PackageManifest | undefined> =>
  readFact(storage, manifestKey(revision), packageManifestSchema);

export const readReviewCopy = (storage: Storage, filmId: string): Promise<ReviewCopy | undefined> =>
  readFact(storage, reviewCopyKey(filmId), reviewCopySchema);

/** The plan of a revision that jobs refer to; rejects when it was never made. */
export async function needPlan(storage: Storage, revision: string): Promise<EncodePlan> {
  const plan = await readPlan(storage, revision);
  if (plan === undefined) throw new Error(`Revision ${revision} has no plan: run its prepare job first.`);
  return plan;
}
