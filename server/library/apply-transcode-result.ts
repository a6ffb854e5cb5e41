import type { Id } from '../../media/contract/ids.ts';
import type { TranscodeJob, TranscodeProgress, TranscodeResult } from '../../media/contract/transcode-job.ts';
import { filmProblem, problemOfFailure } from '../../media/film/film-problem-text.ts';
import { applyTracks } from './apply-tracks.ts';
import { encodingStates, isEncoding, moved, whole } from './film-moves.ts';
import { probingProgress, progressOf } from './film-progress.ts';
import type { FilmRecord } from './film-record.ts';
import { isNewFile } from './film-source.ts';
import { packageFactsOf } from './package-facts.ts';
import { applyUnverified, applyVerified, type VerifyParts } from './verify-film.ts';
import { advanceRevision, failFilms, requestPrepare, type TranscodeParts, workOf } from './request-transcode.ts';

type Planned = Extract<TranscodeResult, { outcome: 'planned' }>;

/** Writes down what a worker found or made, and asks for what comes next. Twice does no harm. */
export async function applyResult(parts: VerifyParts, job: TranscodeJob, result: TranscodeResult): Promise<void> {
  switch (result.outcome) {
    case 'refused':
      for (const { id } of await filmsOf(parts, job)) {
        await parts.films.change(id, (film) =>
          film.state === 'probing' || isEncoding(film)
            ? moved(film, 'refused', parts.clock(), { problem: result.problem, ...hash(result.sourceSha256) })
            : film,
        );
      }
      return;
    case 'planned':
      await applyPlan(parts, job, result);
      return;
    case 'tracks':
      for (const film of await filmsOf(parts, job)) await applyTracks(parts, film, result);
      return;
    case 'audio':
    case 'chunk':
      if ('revision' in job)
        await advanceRevision(parts, job.revision, result.outcome === 'chunk' ? 'chunk' : undefined);
      return;
    case 'incomplete':
      parts.log.warn({ filmId: job.filmId, findings: result.findings }, 'Parts of a film are made again.');
      await advanceRevision(parts, result.revision);
      return;
    case 'finished':
      await advanceRevision(parts, result.revision);
      await addWarnings(parts, result.revision, result.warnings);
      return;
    case 'verified':
      if (job.kind === 'verify') await applyVerified(parts, job, result);
  }
}

/** Writes down why a job failed for good. */
export async function applyFailure(parts: VerifyParts, job: TranscodeJob, reason: string): Promise<void> {
  if (job.kind === 'verify') {
    parts.log.warn({ filmId: job.filmId, reason }, 'Stored files could not be looked at; it is tried again in a day.');
    await applyUnverified(parts, job);
    return;
  }
  const problem = problemOfFailure(reason);
  const films = await filmsOf(parts, job);
  // Asked for by us, or of a film that is gone: others of the same bytes go on under their own name.
  if (problem.code === 'cancelled' || !films.some(({ id }) => id === job.filmId)) {
    if ('revision' in job) await advanceRevision(parts, job.revision);
    return;
  }
  parts.log.warn({ filmId: job.filmId, kind: job.kind, reason }, 'An encode job failed.');
  await failFilms(parts, films, problem);
}

/** Notes how far a running job is, for people who look at any replica. */
export async function applyProgress(
  parts: TranscodeParts,
  job: TranscodeJob,
  report: TranscodeProgress,
): Promise<void> {
  const atMs = parts.clock();
  if (job.kind === 'verify') return;
  if (job.kind === 'tracks') {
    await parts.films.noteProgress(job.filmId, ['probing'], { phase: report.phase, ratio: report.ratio, atMs });
    return;
  }
  if (job.kind === 'prepare') {
    await parts.films.noteProgress(job.filmId, ['probing'], probingProgress(report, atMs));
    return;
  }
  const plan = await parts.shelf.plan(job.revision);
  const films = await filmsOf(parts, job);
  const lead = films[0];
  if (plan === undefined || lead === undefined) return;
  const progress = progressOf(plan, parts.shelf.knownFacts(workOf(lead)), { job, report }, atMs);
  for (const { id, state } of films) {
    if (state === 'queued') {
      await parts.films.change(id, (film) => (film.state === 'queued' ? moved(film, 'encoding', atMs) : film));
    }
    await parts.films.noteProgress(id, encodingStates, progress);
  }
}

/** A planned film is queued, or goes straight to review when its bytes were encoded before. */
async function applyPlan(parts: TranscodeParts, { filmId, attempt }: TranscodeJob, plan: Planned): Promise<void> {
  const { revision, sourceSha256, durationMs, warnings } = plan;
  const atMs = parts.clock();
  const manifest = await parts.shelf.manifest(revision);
  if (await isSameFile(parts, filmId, sourceSha256)) {
    await parts.films.change(filmId, (film) =>
      film.state === 'probing' && film.attempt === attempt
        ? moved(film, 'refused', atMs, { problem: filmProblem('same_file'), sourceSha256 })
        : film,
    );
    return;
  }
  const original = (await parts.films.ofRevision(revision)).find(
    (other) => other.id !== filmId && other.duplicateOf !== filmId,
  );
  const facts = {
    revision,
    sourceSha256,
    durationMs,
    warnings,
    ...(original === undefined ? {} : { duplicateOf: original.duplicateOf ?? original.id }),
  };
  const planned = await parts.films.change(filmId, (film) => {
    if (film.state !== 'probing' || film.attempt !== attempt) return film;
    // Known bytes of a film with added tracks: these are made before anybody reviews it.
    if (manifest !== undefined && (film.tracks ?? []).length > 0) return { ...film, ...facts };
    if (manifest === undefined) return moved(film, 'queued', atMs, { ...facts, queuedAtMs: atMs });
    return whole(film, atMs, { ...facts, package: packageFactsOf(manifest), playable: true });
  });
  if (planned?.state === 'probing' && planned.revision === revision) await requestPrepare(parts, planned);
  await advanceRevision(parts, revision);
}

/** Whether a new file for a film is the one that it has. */
async function isSameFile({ films }: TranscodeParts, filmId: Id, sourceSha256: string): Promise<boolean> {
  const version = await films.find(filmId);
  if (version?.renews === undefined || !isNewFile(version)) return false;
  return (await films.find(version.renews))?.sourceSha256 === sourceSha256;
}

async function addWarnings(parts: TranscodeParts, revision: Id, warnings: FilmRecord['warnings']): Promise<void> {
  if (warnings.length === 0) return;
  for (const { id } of await parts.films.ofRevision(revision)) {
    await parts.films.change(id, (film) => {
      const fresh = warnings.filter((warning) => !film.warnings.some((known) => known.code === warning.code));
      return fresh.length === 0 ? film : { ...film, warnings: [...film.warnings, ...fresh] };
    });
  }
}

/** The films that a job works for: of the same bytes several. */
async function filmsOf(parts: TranscodeParts, job: TranscodeJob): Promise<readonly FilmRecord[]> {
  if ('revision' in job) return (await parts.films.ofRevision(job.revision)).filter(isEncoding);
  const film = await parts.films.find(job.filmId);
  return film?.state === 'probing' && film.attempt === job.attempt ? [film] : [];
}

const hash = (sourceSha256: string | undefined) => (sourceSha256 === undefined ? {} : { sourceSha256 });
