import type { TranscodeJob, TranscodeResult } from '../media/contract/transcode-job.ts';
import { manifestKey } from '../media/storage/keys.ts';
import { dropPart } from './drop-part.ts';
import { needPlan } from './shelf.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';
import { damagedParts, readShelf } from './verify-shelf.ts';

type VerifyJob = Extract<TranscodeJob, { kind: 'verify' }>;

/**
 * Reads every file of a whole revision again. Where one is not as recorded the manifest goes first, so that nobody takes the film
 * for whole, and then the records of its damaged parts, so that they alone are made again. A store without even the revision's plan is
 * away, not damaged: that throws.
 */
export async function verifyRevision(
  parts: TranscoderParts,
  job: VerifyJob,
  attempt: Attempt,
): Promise<TranscodeResult> {
  const { storage } = parts;
  const { revision } = job;
  const found = await readShelf(storage, await needPlan(storage, revision));
  const records = [...found.chunks, ...found.audio];
  const damaged = await damagedParts({ parts, attempt }, records, (ratio) =>
    attempt.report({ phase: 'checking', ratio }),
  );
  // Without it where a worker was killed here before: its answer was never heard.
  const isWhole = (await storage.stat(manifestKey(revision))) !== undefined;
  const findings = [
    ...found.missing,
    ...damaged.map(({ finding }) => finding),
    ...(isWhole ? [] : [`${manifestKey(revision)} is missing`]),
  ];
  if (isWhole && findings.length > 0) await storage.remove(manifestKey(revision));
  for (const part of damaged) await dropPart(storage, job, part);
  return { outcome: 'verified', revision, findings };
}
