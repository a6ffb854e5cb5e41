import { filmProblem } from '../../media/film/film-problem-text.ts';
import { AppError } from '../errors.ts';
import type { Arranger } from './arrange-queue.ts';
import { requireNoSlate } from './delete-film.ts';
import { isEncoding, moved, without } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import { advanceRevision, requestPrepare, type TranscodeParts } from './request-transcode.ts';

/** What holding and hurrying films needs. */
export interface HoldParts extends TranscodeParts {
  readonly arranger: Arranger;
}

/** The film put first by hand. */
export function bumped(film: FilmRecord, atMs: number): FilmRecord {
  requireMaking(film, 'There is no encode to hurry.');
  return { ...film, bumpedAtMs: atMs };
}

/** The film held by hand. */
export function paused(film: FilmRecord, atMs: number): FilmRecord {
  requireNoSlate(film);
  requireMaking(film, 'There is no encode to pause.');
  return film.pausedAtMs === undefined ? { ...film, pausedAtMs: atMs } : film;
}

/** The film let go again. */
export function resumed(film: FilmRecord): FilmRecord {
  if (film.pausedAtMs === undefined) throw new AppError('wrong_state', 'This film is not paused.');
  return without(film, 'pausedAtMs');
}

/** The film with its encode stopped: failed, for a cause that a retry cures. */
export function cancelled(film: FilmRecord, atMs: number): FilmRecord {
  requireNoSlate(film);
  requireMaking(film, 'There is no encode to cancel.');
  return moved(film, 'failed', atMs, { problem: filmProblem('cancelled') });
}

/** Encodes a film before all others. */
export async function bumpFilm(parts: HoldParts, film: FilmRecord): Promise<FilmRecord | undefined> {
  const changed = await parts.films.change(film.id, (now) => bumped(now, parts.clock()));
  await parts.arranger.arrange();
  return changed;
}

/** Lets a film wait: the queue gives none of its jobs out, and films of the same bytes go on under their own name. */
export async function pauseFilm(parts: HoldParts, film: FilmRecord): Promise<FilmRecord | undefined> {
  const changed = await parts.films.change(film.id, (now) => paused(now, parts.clock()));
  await parts.arranger.arrange();
  await goOn(parts, changed);
  return changed;
}

/** Asks for what is missing of a film that was held. */
export async function resumeFilm(parts: HoldParts, film: FilmRecord): Promise<FilmRecord | undefined> {
  const changed = await parts.films.change(film.id, resumed);
  if (changed?.state === 'probing') await requestPrepare(parts, changed);
  else await goOn(parts, changed);
  return changed;
}

/** Stops the encode of a film; its encoder ends within 10 s, and films of the same bytes go on under their own name. */
export async function cancelFilm(parts: HoldParts, film: FilmRecord): Promise<FilmRecord | undefined> {
  const changed = await parts.films.change(film.id, (now) => cancelled(now, parts.clock()));
  // While the queue is away nobody can be asked: the reconciler does it when Redis is back.
  await parts.transcodeQueue.cancel(changed ?? film).catch(() => undefined);
  await goOn(parts, changed);
  return changed;
}

async function goOn(parts: TranscodeParts, film: FilmRecord | undefined): Promise<void> {
  if (film?.revision !== undefined) await advanceRevision(parts, film.revision);
}

function requireMaking(film: FilmRecord, sentence: string): void {
  if (film.state === 'probing' || isEncoding(film)) return;
  throw new AppError('wrong_state', `The film is in state ${film.state}. ${sentence}`);
}
