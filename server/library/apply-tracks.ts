import type { TranscodeResult } from '../../media/contract/transcode-job.ts';
import { sameTracks } from '../../media/film/added-track.ts';
import { AppError } from '../errors.ts';
import { moved } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import { trackWork } from './film-tracks.ts';
import { packageFactsOf } from './package-facts.ts';
import { renewedBy } from './reencode-film.ts';
import { requestPrepare, type TranscodeParts } from './request-transcode.ts';

type Made = Extract<TranscodeResult, { outcome: 'tracks' }>;

/**
 * A revision with other tracks is whole: its film goes to review. Where the film that it renews is in review itself, nobody has
 * passed anything yet and it takes the revision at once. What became of another question in the meantime is asked again.
 */
export async function applyTracks(parts: TranscodeParts, film: FilmRecord, made: Made): Promise<void> {
  const work = await trackWork(parts, film);
  const manifest = await parts.shelf.manifest(made.revision);
  if (work === undefined || manifest === undefined) return;
  const isCurrent =
    work.base === made.base &&
    sameTracks(
      work.tracks,
      made.tracks.map((id) => ({ id })),
    );
  if (!isCurrent) {
    await makeAgain(parts, film);
    return;
  }
  const facts = packageFactsOf(manifest);
  const reviewed = await parts.films.change(film.id, (now) =>
    now.state === 'probing' && now.attempt === film.attempt
      ? moved(now, 'review', parts.clock(), {
          revision: made.revision,
          package: facts,
          durationMs: facts.durationMs,
          sourceSha256: manifest.sourceSha256,
          warnings: made.warnings,
          playable: true,
          tracks: work.tracks,
          ...(film.trackChanges === undefined ? {} : { trackChanges: work.changes }),
        })
      : now,
  );
  for (const other of work.merged) await parts.films.remove(other);
  if (reviewed?.state === 'review' && film.trackChanges !== undefined) await adoptInReview(parts, reviewed);
}

/** Asks for the making again, with what is wanted now. */
export async function makeAgain(parts: TranscodeParts, film: FilmRecord): Promise<void> {
  const changed = await parts.films.change(film.id, (now) =>
    now.state === 'probing' && now.attempt === film.attempt
      ? { ...now, attempt: now.attempt + 1 }
      : now.state === 'review'
        ? moved(now, 'probing', parts.clock(), { attempt: now.attempt + 1 })
        : now,
  );
  if (changed?.state === 'probing') await requestPrepare(parts, changed);
}

async function adoptInReview(parts: TranscodeParts, renewal: FilmRecord): Promise<void> {
  if (renewal.renews === undefined) return;
  const film = await parts.films.change(renewal.renews, (now) =>
    now.state === 'review' ? renewedBy(now, renewal) : now,
  );
  if (film?.revision === renewal.revision) await parts.films.remove(renewal);
}

/**
 * 409 unless a renewal still has the tracks of the film that it renews, and its own changes; it is made again then, and must be
 * reviewed as it will be.
 */
export async function requireUpToDate(parts: TranscodeParts, renewal: FilmRecord): Promise<void> {
  if (renewal.renews === undefined || renewal.revision === undefined || (await isUpToDate(parts, renewal))) return;
  await makeAgain(parts, renewal);
  throw new AppError(
    'wrong_state',
    'The film has got other tracks since this version was made. It is being made again: review it when it is ready.',
  );
}

async function isUpToDate(parts: TranscodeParts, renewal: FilmRecord): Promise<boolean> {
  const work = await trackWork(parts, renewal);
  if (work === undefined || renewal.revision === undefined) return (renewal.tracks ?? []).length === 0;
  const base = (await parts.shelf.manifest(renewal.revision))?.base ?? renewal.revision;
  return base === work.base && sameTracks(work.tracks, renewal.tracks ?? []);
}
