import type { Logger } from 'pino';
import type { Id } from '../../media/contract/ids.ts';
import {
  transcodeJobId,
  transcodeResultSchema,
  type FilmProblem,
  type TranscodeJob,
} from '../../media/contract/transcode-job.ts';
import { filmProblem, problemOfFailure } from '../../media/film/film-problem-text.ts';
import { nextJobs, type ShelfFacts } from '../../media/film/next-jobs.ts';
import { AppError } from '../errors.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { bySystem } from '../audit/audited-by.ts';
import type { QueuedJob, TranscodeQueue } from '../queue/transcode-queue.ts';
import { encodingStates, isEncoding, moved, whole } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import type { FilmStore } from './film-store.ts';
import { sourceKeyOf } from './film-source.ts';
import { tracksJob, trackWork } from './film-tracks.ts';
import { packageFactsOf } from './package-facts.ts';
import { requestReviewCopy } from './review-copy.ts';
import type { Shelf } from './shelf.ts';

/** What moving films along needs. */
export interface TranscodeParts {
  readonly films: FilmStore;
  readonly shelf: Shelf;
  readonly transcodeQueue: TranscodeQueue;
  readonly encodeOptions: () => Promise<EncodeOptions>;
  readonly clock: () => number;
  readonly log: Logger;
  /** What the library does to films by itself is written down as what people do. */
  readonly audit: Pick<AuditParts['audit'], 'write'>;
}
type EncodingState = (typeof encodingStates)[number];
export type EncodeOptions = NonNullable<Extract<TranscodeJob, { kind: 'prepare' }>['options']>;

/** Asks for a look at an uploaded film. While the queue is away the film waits; the reconciler asks again. */
export async function requestPrepare(parts: TranscodeParts, film: FilmRecord): Promise<void> {
  const job = await prepareJobOf(parts, film);
  // First of all: somebody may be waiting to see it.
  if (film.trackChanges === undefined) await orLater(parts, requestReviewCopy(parts, film));
  await orLater(parts, parts.transcodeQueue.add([job]));
}

/** The job that a film in state `probing` waits for: a look at its upload, or other tracks for a revision that is whole. */
export async function prepareJobOf(parts: TranscodeParts, film: FilmRecord): Promise<TranscodeJob> {
  const tracks = await trackWork(parts, film);
  if (tracks !== undefined) return tracksJob(film, tracks);
  return {
    kind: 'prepare',
    filmId: film.id,
    attempt: film.attempt,
    sourceKey: sourceKeyOf(film),
    language: film.language,
    options: { ...(await parts.encodeOptions()), ...(film.card?.package === 'cmaf' ? { package: 'ts+cmaf' } : {}) },
    ...(film.card === undefined ? {} : { card: film.card.shows }),
  };
}

/**
 * Moves every film of a revision to where the shelf says it is, and asks for what is missing. Depends on facts only, so it
 * may be called by anybody at any time; several films of the same bytes share the work under the name of the oldest that is not paused.
 * After one chunk of many the others are asked for already, so the queue is not asked about each of them again.
 */
export async function advanceRevision(parts: TranscodeParts, revision: Id, after?: 'chunk'): Promise<void> {
  const films = (await parts.films.ofRevision(revision)).filter(isEncoding);
  const lead = films.find(({ pausedAtMs }) => pausedAtMs === undefined) ?? films[0];
  if (lead === undefined) return;
  const plan = await parts.shelf.plan(revision);
  if (plan === undefined) {
    await failFilms(parts, films, filmProblem('verify_failed', { finding: 'plan.json' }));
    return;
  }
  const facts = await parts.shelf.facts(plan, workOf(lead));
  if (facts.hasManifest) {
    await adoptPackage(parts, films, revision);
    return;
  }
  const wanted = (seen: ShelfFacts) =>
    nextJobs(plan, seen, { filmId: lead.id, attempt: lead.attempt, sourceKey: sourceKeyOf(lead) });
  const jobs = wanted(facts);
  await setStates(parts, films, stateByFacts(jobs, facts), facts.chunks.has(0));
  if (lead.pausedAtMs !== undefined || (after === 'chunk' && jobs[0]?.kind === 'chunk')) return;
  const again = async () => {
    parts.shelf.lookAgain(workOf(lead));
    return wanted(await parts.shelf.facts(plan, workOf(lead)));
  };
  await orLater(parts, addMissing(parts, films, { jobs, again }));
}

/** Names one try at encoding a revision. */
export const workOf = (lead: Pick<FilmRecord, 'id' | 'attempt'>): string => `${lead.id}-${lead.attempt}`;

/** Fails films for a cause on our side; people see the words and a retry button. */
export async function failFilms(
  parts: Pick<TranscodeParts, 'films' | 'clock' | 'transcodeQueue'>,
  films: readonly FilmRecord[],
  problem: FilmProblem,
): Promise<void> {
  for (const failing of films) {
    await parts.films.change(failing.id, (film) =>
      film.state === 'probing' || isEncoding(film) ? moved(film, 'failed', parts.clock(), { problem }) : film,
    );
    // What is left of its jobs would only cost time.
    await parts.transcodeQueue.cancel(failing).catch(() => undefined);
  }
}

/** A film whose package is whole goes to its reviewers. */
export async function adoptPackage(parts: TranscodeParts, films: readonly FilmRecord[], revision: Id): Promise<void> {
  const manifest = await parts.shelf.manifest(revision);
  if (manifest === undefined) return;
  const facts = packageFactsOf(manifest);
  const atMs = parts.clock();
  const changes = { package: facts, durationMs: facts.durationMs, playable: true, verifiedAtMs: atMs };
  for (const { id, tracks = [], damage } of films) {
    if (tracks.length > 0) {
      await makeTracks(parts, id, revision);
      continue;
    }
    const adopted = await parts.films.change(id, (film) =>
      film.revision === revision && isEncoding(film) ? whole(film, atMs, changes) : film,
    );
    if (damage !== undefined && adopted?.state === 'ready')
      await parts.audit.write(bySystem('film.mended', `film/${id}`, damage.finding));
  }
}

/** A re-encode whose film has added tracks gets them before anybody reviews it. */
async function makeTracks(parts: TranscodeParts, id: Id, revision: Id): Promise<void> {
  const film = await parts.films.change(id, (now) =>
    now.revision === revision && isEncoding(now) ? moved(now, 'probing', parts.clock()) : now,
  );
  if (film?.state === 'probing') await requestPrepare(parts, film);
}

function stateByFacts(jobs: readonly TranscodeJob[], facts: ShelfFacts): EncodingState {
  if (jobs[0]?.kind === 'finish') return 'checking';
  return facts.audio.size > 0 || facts.chunks.size > 0 ? 'encoding' : 'queued';
}

async function setStates(
  parts: Pick<TranscodeParts, 'films' | 'clock'>,
  films: readonly FilmRecord[],
  state: EncodingState,
  playable: boolean,
): Promise<void> {
  for (const { id } of films) {
    await parts.films.change(id, (film) => {
      // Forward only: a first report moves `queued` on before there are facts, and another replica may have seen more.
      const isForward = encodingStates.indexOf(state) > encodingStates.findIndex((known) => known === film.state);
      if (isEncoding(film) && isForward) return keepProgress(film, moved(film, state, parts.clock(), { playable }));
      return film.playable || !playable ? film : { ...film, playable };
    });
  }
}

/** `encoding` and `checking` are one bar for people. */
const keepProgress = (before: FilmRecord, after: FilmRecord): FilmRecord =>
  before.progress === undefined ? after : { ...after, progress: before.progress };

/** Jobs that are missing on the shelf: as seen at first, and asked again. */
interface Missing {
  readonly jobs: readonly TranscodeJob[];
  readonly again: () => Promise<readonly TranscodeJob[]>;
}

/** Adds what the queue does not know. A job that failed for these films fails them; one that ended without its fact is asked for again. */
async function addMissing(
  parts: TranscodeParts,
  films: readonly FilmRecord[],
  { jobs, again }: Missing,
): Promise<void> {
  const { transcodeQueue } = parts;
  const known = await Promise.all(jobs.map(async (job) => ({ job, queued: await transcodeQueue.find(job) })));
  for (const { job, queued } of known) {
    if (queued?.state !== 'failed') continue;
    const problem = problemOfFailure(queued.failedReason ?? '');
    // Stopped by us, or under the name of a film that shared the work and is gone: these films still want it.
    if (problem.code !== 'cancelled' && queued.job?.filmId === job.filmId) {
      await failFilms(parts, films, problem);
      return;
    }
  }
  const stateOf = new Map(known.map(({ job, queued }) => [transcodeJobId(job), queued?.state]));
  const hasEnded = (state: QueuedJob['state'] | undefined): boolean => state === 'failed' || state === 'completed';
  // A job may have ended after the shelf was looked at, and what was there may be gone: only what is missing now is asked for.
  const isInDoubt = [...stateOf.values()].some(hasEnded);
  const wanted = isInDoubt ? await again() : jobs;
  const missing = wanted.filter((job) => {
    const state = stateOf.get(transcodeJobId(job));
    return state === undefined || hasEnded(state);
  });
  if (isInDoubt) for (const job of missing) await transcodeQueue.forget(job);
  await transcodeQueue.add(missing);
}

/** Says whether a finished `prepare` job has an answer that a server understands. */
export const parseResult = (value: unknown) => transcodeResultSchema.safeParse(value).data;

async function orLater(parts: Pick<TranscodeParts, 'log'>, asking: Promise<void>): Promise<void> {
  try {
    await asking;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'no_queue') throw error;
    parts.log.warn(
      { err: error.cause },
      'The queue is away: a film waits in the database and is added when it is back.',
    );
  }
}
