import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReviewCopyJob } from '../media/contract/transcode-job.ts';
import { demuxerOf } from '../media/film/container-magic.ts';
import type { ProbeFacts } from '../media/film/probe-facts.ts';
import { headerProblem } from '../media/film/source-verdict.ts';
import { copyTermsOf, longestCopySegmentMs, type CopyTerms, type ReviewCopy } from '../media/film/review-copy.ts';
import { reviewCopyFolder, reviewCopyKey, segmentNumber } from '../media/storage/keys.ts';
import { copyCommand, readCopyLine } from './ffmpeg/copy-arguments.ts';
import { probeHeaders } from './ffmpeg/probe-source.ts';
import { makeOpening } from './make-opening.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import type { GuardedSource } from './ffmpeg/source-guard.ts';
import { readReviewCopy } from './shelf.ts';
import { isEncrypted } from './source-encryption.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

/** What there is to watch: the whole upload, its opening, or nothing. */
export type ReviewCopyOutcome = 'made' | 'opening' | 'unplayable';

/** A copy of the whole is a convenience: it takes at most a twentieth of what is free. */
const shareOfFree = 20;

type Try = Omit<Attempt, 'report'>;

/**
 * Copies an upload that browsers can play as it is, so that it can be watched while it is being copied. Nothing is decoded, and
 * what can be played first does not wait for the rest. Of an upload that cannot be copied the opening is encoded. Does nothing when
 * that was done already.
 */
export async function makeReviewCopy(
  parts: TranscoderParts,
  job: ReviewCopyJob,
  attempt: Try,
): Promise<ReviewCopyOutcome> {
  const { storage } = parts;
  const known = await readReviewCopy(storage, job.filmId);
  if (known?.ended === true) return known.opening === true ? 'opening' : 'made';
  const found = await lookAt(parts, job, attempt);
  if (found === undefined) return 'unplayable';
  const { terms, ...film } = found;
  if (terms !== undefined && (await copyWhole(parts, { job, terms, ...film }, attempt))) return 'made';
  return (await makeOpening(parts, { filmId: job.filmId, ...film }, attempt)) ? 'opening' : 'unplayable';
}

/** A source of which players get something; without terms it cannot be copied. */
type Found = { readonly source: GuardedSource; readonly facts: ProbeFacts; readonly terms?: CopyTerms };

/** Cuts the upload into segments and says whether it can be watched; not where key frames are so rare that nobody could seek. */
async function copyWhole(
  parts: TranscoderParts,
  { job, source, facts, terms }: Required<Found> & { readonly job: ReviewCopyJob },
  attempt: Try,
): Promise<boolean> {
  const shelf = growingShelf(parts, job, attempt, terms);
  const stop = new AbortController();
  const run = runCommand(copyCommand(source, terms), {
    sandbox: parts.sandbox,
    folder: attempt.folder,
    signal: AbortSignal.any([attempt.signal, stop.signal]),
    filmSeconds: Math.max(60, (facts.declaredMs ?? 0) / 1000),
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
    return true;
  }
  await shelf.remove();
  if (stop.signal.aborted) return false;
  throw failure instanceof Error ? failure : new Error('Nothing was copied.');
}

/** Looks at the headers alone: reading every packet would take longer the longer a film is. */
async function lookAt(
  { storage, sandbox, sourceFolder }: TranscoderParts,
  job: ReviewCopyJob,
  { folder, signal }: Try,
): Promise<Found | undefined> {
  const stored = await storage.stat(job.sourceKey);
  if (stored === undefined || stored.bytes === 0) return undefined;
  const demuxer = demuxerOf(await storage.read(job.sourceKey, { from: 0, to: 4096 }));
  if (demuxer === undefined) return undefined;
  if (demuxer === 'mov' && (await isEncrypted(storage, stored))) return undefined;
  const source = { file: await storage.localFile(job.sourceKey, sourceFolder), demuxer };
  const facts = await probeHeaders(source, { sandbox, folder, signal });
  if ('cure' in facts || headerProblem(facts) !== undefined) return undefined;
  const free = await storage.freeBytes();
  const terms = free !== undefined && free < stored.bytes * shareOfFree ? undefined : copyTermsOf(facts);
  return { source, facts, ...(terms === undefined ? {} : { terms }) };
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
