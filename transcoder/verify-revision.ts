import { setTimeout as wait } from 'node:timers/promises';
import type { TranscodeJob, TranscodeResult } from '../media/contract/transcode-job.ts';
import type { AudioRecord } from '../media/film/audio-record.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import { manifestKey } from '../media/storage/keys.ts';
import { type DamagedPart, dropPart } from './drop-part.ts';
import { needPlan } from './shelf.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';
import { damagedParts, readShelf, recordedBytes } from './verify-shelf.ts';

type VerifyJob = Extract<TranscodeJob, { kind: 'verify' }>;

/** How much one look reads, and how fast: viewers share the disk, and whoever uploads a film waits for this worker. */
export const housePace = { sliceMs: 20_000, bytesPerSecond: 20_000_000 };
export type VerifyPace = typeof housePace;

/**
 * Reads files of a whole revision again, part by part and not faster than the pace; what is left after a while is another job, behind
 * everything that is to be encoded. Where a file is not as recorded the manifest goes first, so that nobody takes the film
 * for whole, and then the records of its damaged parts, so that they alone are made again. A store without even the revision's plan is
 * away, not damaged: that throws.
 */
export async function verifyRevision(
  parts: TranscoderParts,
  job: VerifyJob,
  attempt: Attempt,
  pace: VerifyPace = housePace,
): Promise<TranscodeResult> {
  const { storage } = parts;
  const { revision } = job;
  const found = await readShelf(storage, await needPlan(storage, revision));
  const records = [...found.chunks, ...found.audio];
  const looked = await lookAtSome({ parts, attempt }, records, job.fromPart ?? 0, pace);
  // Without it where a worker was killed here before: its answer was never heard.
  const isWhole = (await storage.stat(manifestKey(revision))) !== undefined;
  const findings = [
    ...found.missing,
    ...looked.damaged.map(({ finding }) => finding),
    ...(isWhole ? [] : [`${manifestKey(revision)} is missing`]),
  ];
  if (isWhole && findings.length > 0) await storage.remove(manifestKey(revision));
  for (const part of looked.damaged) await dropPart(storage, job, part);
  const isDone = findings.length > 0 || looked.toPart >= records.length;
  return {
    ...{ outcome: 'verified', revision, findings },
    ...(isDone ? {} : { next: { part: looked.toPart, of: records.length } }),
  };
}

/** Damaged parts from one on, until all were looked at or the time is over; the last job of the film looks at all of them anyway. */
async function lookAtSome(
  work: { readonly parts: TranscoderParts; readonly attempt: Attempt },
  records: readonly (ChunkRecord | AudioRecord)[],
  fromPart: number,
  { sliceMs, bytesPerSecond }: VerifyPace,
): Promise<{ readonly damaged: readonly DamagedPart[]; readonly toPart: number }> {
  const { signal, report } = work.attempt;
  const beganMs = performance.now();
  const damaged: DamagedPart[] = [];
  let bytes = 0;
  let toPart = fromPart;
  for (const record of records.slice(fromPart)) {
    damaged.push(...(await damagedParts(work, [record], () => undefined)));
    toPart += 1;
    bytes += recordedBytes(record);
    report({ phase: 'checking', ratio: toPart / records.length });
    const earlyMs = (bytes / bytesPerSecond) * 1000 - (performance.now() - beganMs);
    if (performance.now() - beganMs + earlyMs >= sliceMs) break;
    if (earlyMs > 0) await wait(earlyMs, undefined, { signal });
  }
  return { damaged, toPart };
}
