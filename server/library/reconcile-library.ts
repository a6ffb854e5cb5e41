import type { Id } from '../../media/contract/ids.ts';
import type { TranscodeJob } from '../../media/contract/transcode-job.ts';
import { AppError } from '../errors.ts';
import { abandonUpload, type AcceptParts, finishUpload } from './accept-upload.ts';
import { applyFailure, applyResult } from './apply-transcode-result.ts';
import { dropLeftSources } from './drop-left-sources.ts';
import { dropOriginals } from './drop-originals.ts';
import { encodingStates } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import { holdQueue } from './hold-queue.ts';
import { adoptRenewal } from './reencode-film.ts';
import { advanceRevision, parseResult, prepareJobOf, requestPrepare } from './request-transcode.ts';
import { dropReviewCopies } from './review-copy.ts';
import { stopUnwanted } from './stop-unwanted.ts';
import { sweepRevisions } from './sweep-revisions.ts';
import { verifyDue } from './verify-film.ts';

const hourMs = 3_600_000;

/**
 * Looks at every film that should move by itself and moves it: an upload that was whole when the server stopped, a result
 * that nobody heard, jobs that Redis lost. Everything is derived from the database and the shelf, so it may run anywhere,
 * at any time, twice at once.
 */
export async function reconcileLibrary(parts: AcceptParts): Promise<void> {
  const { films, log } = parts;
  await holdQueue(parts);
  await quietly(parts, 'queue', () => stopUnwanted(parts));
  await parts.uploadFiles.sweep(performance.timeOrigin + performance.now() - hourMs);
  for (const film of await films.inStates(['uploading']))
    await quietly(parts, film.id, () => settleUpload(parts, film));
  for (const film of await films.inStates(['probing'])) await quietly(parts, film.id, () => settleProbing(parts, film));
  const revisions = new Set<Id>();
  for (const film of await films.inStates(encodingStates)) {
    if (film.revision !== undefined) revisions.add(film.revision);
    else log.error({ filmId: film.id }, 'A film is being encoded without a revision.');
  }
  for (const revision of revisions) await quietly(parts, revision, () => advanceRevision(parts, revision));
  await parts.arranger.arrange();
  for (const film of await films.passedRenewals()) {
    await quietly(parts, film.id, async () => {
      await adoptRenewal(parts, film);
    });
  }
  await quietly(parts, 'originals', () => dropOriginals(parts));
  await quietly(parts, 'left sources', () => dropLeftSources(parts));
  await quietly(parts, 'review copies', () => dropReviewCopies(parts));
  await quietly(parts, 'earlier revisions', () => sweepRevisions(parts));
  await quietly(parts, 'stored files', () => verifyDue(parts));
}

async function settleUpload(parts: AcceptParts, film: FilmRecord): Promise<void> {
  await finishUpload(parts, film.id);
  const isExpired = parts.clock() - film.createdAtMs > parts.uploadLimits.expiryMs;
  if (isExpired) await abandonUpload(parts, film.id);
}

/** Hears what a `prepare` job said while nobody listened, or asks for it again. */
async function settleProbing(parts: AcceptParts, film: FilmRecord): Promise<void> {
  const job = await prepareJobOf(parts, film);
  const queued = await parts.transcodeQueue.find(job);
  switch (queued?.state) {
    case undefined:
      if (film.pausedAtMs === undefined) await requestPrepare(parts, film);
      return;
    case 'failed':
      await applyFailure(parts, job, queued.failedReason ?? '');
      return;
    case 'completed':
      await hear(parts, job, queued.result);
      return;
    case 'waiting':
    case 'active':
  }
}

async function hear(parts: AcceptParts, job: TranscodeJob, answer: unknown): Promise<void> {
  const result = parseResult(answer);
  if (result !== undefined) {
    await applyResult(parts, job, result);
    return;
  }
  await parts.transcodeQueue.forget(job);
  await parts.transcodeQueue.add([job]);
}

/** One film in trouble must not keep the others waiting. */
async function quietly(parts: AcceptParts, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError && error.code === 'no_queue') return;
    parts.log.error({ err: error, id }, 'A film could not be moved on; it is looked at again soon.');
  }
}
