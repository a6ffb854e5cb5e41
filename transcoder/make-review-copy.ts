import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReviewCopyJob } from '../media/contract/transcode-job.ts';
import { demuxerOf } from '../media/film/container-magic.ts';
import { headerProblem } from '../media/film/source-verdict.ts';
import { copyTermsOf, longestCopySegmentMs, type CopyTerms, type ReviewCopy } from '../media/film/review-copy.ts';
import { reviewCopyFolder, reviewCopyKey, segmentNumber } from '../media/storage/keys.ts';
import { copyCommand, readCopyLine } from './ffmpeg/copy-arguments.ts';
import { probeHeaders } from './ffmpeg/probe-source.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import type { GuardedSource } from './ffmpeg/source-guard.ts';
import { readReviewCopy } from './shelf.ts';
import { isEncrypted } from './source-encryption.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

/** Why there is a copy, or none. */
export type ReviewCopyOutcome = 'made' | 'not_conforming' | 'keys_too_rare' | 'no_room';

/** A copy is a convenience: it takes at most a twentieth of what is free. */
const shareOfFree = 20;

type Try = Omit<Attempt, 'report'>;

/**
 * Copies an upload that browsers can play as it is, so that it can be watched while it is being copied. Nothing is decoded, and
 * what can be played first does not wait for the rest. Does nothing when the copy is whole already.
 */
export async function makeReviewCopy(
  parts: TranscoderParts,
  job: ReviewCopyJob,
  attempt: Try,
): Promise<ReviewCopyOutcome> {
  const { storage } = parts;
  if ((await readReviewCopy(storage, job.filmId))?.ended === true) return 'made';
  const found = await findTerms(parts, job, attempt);
  if (typeof found === 'string') return found;
  const shelf = growingShelf(parts, job, attempt, found.terms);
  const stop = new AbortController();
  const run = runCommand(copyCommand(found.source, found.terms), {
    sandbox: parts.sandbox,
    folder: attempt.folder,
    signal: AbortSignal.any([attempt.signal, stop.signal]),
    filmSeconds: found.seconds,
    onLine: (line) => {
      const segment = readCopyLine(line);
      if (segment !== undefined && !shelf.add(segment.durationMs)) stop.abort();
    },
  });
  // A damaged end is told by the film's own look at the source; what was copied before it can be watched.
  const failure = await run.then(() => undefined).catch((error: unknown) => error ?? 'unknown');
  attempt.signal.throwIfAborted();
  if (shelf.length() > 0 && !stop.signal.aborted) {
    await shelf.end();
    return 'made';
  }
  await shelf.remove();
  if (stop.signal.aborted) return 'keys_too_rare';
  throw failure instanceof Error ? failure : new Error('Nothing was copied.');
}

/** Looks at the headers alone: reading every packet would take longer the longer a film is. */
async function findTerms(
  { storage, sandbox, sourceFolder }: TranscoderParts,
  job: ReviewCopyJob,
  { folder, signal }: Try,
): Promise<
  ReviewCopyOutcome | { readonly source: GuardedSource; readonly terms: CopyTerms; readonly seconds: number }
> {
  const stored = await storage.stat(job.sourceKey);
  if (stored === undefined || stored.bytes === 0) return 'not_conforming';
  const free = await storage.freeBytes();
  if (free !== undefined && free < stored.bytes * shareOfFree) return 'no_room';
  const demuxer = demuxerOf(await storage.read(job.sourceKey, { from: 0, to: 4096 }));
  if (demuxer === undefined) return 'not_conforming';
  if (demuxer === 'mov' && (await isEncrypted(storage, stored))) return 'not_conforming';
  const source = { file: await storage.localFile(job.sourceKey, sourceFolder), demuxer };
  const facts = await probeHeaders(source, { sandbox, folder, signal });
  if ('cure' in facts || headerProblem(facts) !== undefined) return 'not_conforming';
  const terms = copyTermsOf(facts);
  if (terms === undefined) return 'not_conforming';
  return { source, terms, seconds: Math.max(60, (facts.declaredMs ?? 0) / 1000) };
}

/**
 * Puts segments on the shelf as they are closed, and after each batch the record that tells of them: while one batch is on its
 * way the next gathers, so the first one goes alone and at once.
 */
function growingShelf({ storage }: TranscoderParts, { filmId }: ReviewCopyJob, attempt: Try, terms: CopyTerms) {
  const { codecs, width, height, frameRate } = terms;
  const path = reviewCopyFolder(filmId, attempt.token);
  const lengths: number[] = [];
  const segments: ReviewCopy['segments'] = [];
  let trouble: unknown;
  let isPutting = false;
  let putting: Promise<void> = Promise.resolve();
  const tell = (ended: boolean): Promise<void> => {
    const copy = { schema: 1, filmId, path, codecs, width, height, frameRate, segments, ended } satisfies ReviewCopy;
    return storage.put(reviewCopyKey(filmId), Buffer.from(`${JSON.stringify(copy)}\n`));
  };
  const putAll = async (): Promise<void> => {
    while (segments.length < lengths.length) {
      for (const durationMs of lengths.slice(segments.length)) {
        const name = `${segmentNumber(segments.length)}.ts`;
        const file = join(attempt.folder, name);
        const { size } = await stat(file);
        await storage.put(`${path}/${name}`, { file });
        segments.push({ durationMs, bytes: size });
      }
      await tell(false);
    }
  };
  return {
    length: () => lengths.length,
    /** False where the segment is longer than any may be. */
    add: (durationMs: number): boolean => {
      if (durationMs > longestCopySegmentMs) return false;
      lengths.push(durationMs);
      if (isPutting) return true;
      isPutting = true;
      putting = putAll()
        .catch((error: unknown) => (trouble ??= error))
        .then(() => {
          isPutting = false;
        });
      return true;
    },
    end: async (): Promise<void> => {
      await putting;
      if (trouble !== undefined) throw trouble instanceof Error ? trouble : new Error('The copy could not be stored.');
      await tell(true);
    },
    remove: async (): Promise<void> => {
      await putting;
      await storage.remove(reviewCopyKey(filmId));
      await storage.removeAll(`${path}/`);
    },
  };
}
