import type { Id } from '../../media/contract/ids.ts';
import type { TranscodeJob, TranscodeResult } from '../../media/contract/transcode-job.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { filmProblem } from '../../media/film/film-problem-text.ts';
import { bySystem } from '../audit/audited-by.ts';
import { AppError } from '../errors.ts';
import { catalogueFilm, type FilmCatalogue } from './film-catalogue.ts';
import { moved, without } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import { sourceKeyOf } from './film-source.ts';
import { parseResult, requestPrepare, type TranscodeParts } from './request-transcode.ts';
import { slateFilmId } from './slate-id.ts';

/** What looking at stored files again needs. */
export interface VerifyParts extends TranscodeParts {
  readonly storage: Storage;
  readonly filmCatalogue: Pick<FilmCatalogue, 'onWithdrawn' | 'plannedStarts'>;
}

type VerifyJob = Extract<TranscodeJob, { kind: 'verify' }>;
type Verified = Extract<TranscodeResult, { outcome: 'verified' }>;

const dayMs = 86_400_000;
/** Every film is read again after so long. */
const verifyAfterMs = 30 * dayMs;
/** Of films that are due, those that are planned within so long come first. */
const soonMs = 7 * dayMs;

/** Added tracks are no part of an encode plan: films with them cannot be told part by part. The slate must air whatever is found. */
const canBeVerified = ({ id, state, revision, tracks = [] }: FilmRecord): boolean =>
  state === 'ready' && id !== slateFilmId && revision !== undefined && tracks.length === 0;

/** Asks a worker to read a film's stored files again, behind everything that is to be encoded; once while it waits. */
export async function requestVerify(parts: VerifyParts, film: FilmRecord): Promise<FilmRecord | undefined> {
  if (!canBeVerified(film)) {
    throw new AppError(
      'wrong_state',
      'Only films that are ready and have no added tracks can be checked. Wait until it is made.',
    );
  }
  const changed = await parts.films.change(film.id, (now) =>
    canBeVerified(now) && now.verifyAskedAtMs === undefined ? { ...now, verifyAskedAtMs: parts.clock() } : now,
  );
  const job = changed && verifyJobOf(changed);
  if (job !== undefined) await parts.transcodeQueue.add([job]);
  return changed;
}

/** The look that a film waits for. */
const verifyJobOf = ({ id, attempt, revision, verifyAskedAtMs, verifyNext }: FilmRecord): VerifyJob | undefined =>
  revision === undefined || verifyAskedAtMs === undefined
    ? undefined
    : {
        ...{ kind: 'verify', filmId: id, attempt, revision, askedAtMs: verifyAskedAtMs },
        ...(verifyNext === undefined ? {} : { fromPart: verifyNext.part }),
      };

/** A look that could not be made, because the store is away, is asked for again after a day. */
export async function applyUnverified({ films, clock }: VerifyParts, job: VerifyJob): Promise<void> {
  await films.change(job.filmId, (film) =>
    film.verifyAskedAtMs === job.askedAtMs
      ? { ...without(film, 'verifyAskedAtMs', 'verifyNext'), verifiedAtMs: clock() - verifyAfterMs + dayMs }
      : film,
  );
}

/**
 * Writes down what a look found. A film that is damaged is off the air as a withdrawn one is, with every film of the same bytes, until
 * its damaged parts are made again from its upload, which begins at once.
 */
export async function applyVerified(parts: VerifyParts, job: VerifyJob, { findings, next }: Verified): Promise<void> {
  const atMs = parts.clock();
  if (next !== undefined) {
    await goOn(parts, job, next);
    return;
  }
  const [finding] = findings;
  if (finding !== undefined) await takeOffAir(parts, job.revision, { findings, finding, atMs });
  // Last: an answer that is heard by half is heard again.
  await parts.films.change(job.filmId, (film) =>
    film.verifyAskedAtMs === job.askedAtMs
      ? { ...without(film, 'verifyAskedAtMs', 'verifyNext'), verifiedAtMs: atMs }
      : film,
  );
}

/** The rest of a look is another job, so that whatever is more urgent comes in between. */
async function goOn(parts: VerifyParts, job: VerifyJob, next: NonNullable<Verified['next']>): Promise<void> {
  const film = await parts.films.change(job.filmId, (now) => {
    if (now.verifyAskedAtMs !== job.askedAtMs) return now;
    // Withdrawn or changed meanwhile: whoever wants a look at it asks again.
    if (now.revision !== job.revision || !canBeVerified(now)) return without(now, 'verifyAskedAtMs', 'verifyNext');
    return { ...now, verifyAskedAtMs: Math.max(parts.clock(), job.askedAtMs + 1), verifyNext: next };
  });
  if (film?.verifyNext?.part !== next.part) return;
  const rest = verifyJobOf(film);
  if (rest !== undefined) await parts.transcodeQueue.add([rest]);
}

async function takeOffAir(
  parts: VerifyParts,
  revision: Id,
  { findings, finding, atMs }: { findings: readonly string[]; finding: string; atMs: number },
): Promise<void> {
  parts.log.error({ revision, findings }, 'Stored files of a film are damaged.');
  const damage = { atMs, revision, finding };
  for (const { id } of await parts.films.ofRevision(revision)) {
    const gone = await parts.films.change(id, (film) =>
      film.state === 'ready' && film.revision === revision
        ? moved(film, 'withdrawn', atMs, { damage, problem: filmProblem('store_damaged', { finding }) })
        : film,
    );
    if (gone?.damage?.atMs !== atMs) continue;
    for (const tell of parts.filmCatalogue.onWithdrawn) await tell(catalogueFilm(gone));
    await parts.audit.write(bySystem('film.damaged', `film/${id}`, finding));
    await remake(parts, gone);
  }
}

/** Has a damaged film made again, where its upload is there; else people have to bring another file. */
async function remake(parts: VerifyParts, film: FilmRecord): Promise<void> {
  if ((await parts.storage.stat(sourceKeyOf(film))) === undefined) return;
  const again = await parts.films.change(film.id, (now) =>
    now.state === 'withdrawn' && now.damage !== undefined
      ? moved(now, 'probing', parts.clock(), { attempt: now.attempt + 1 })
      : now,
  );
  if (again?.state === 'probing') await requestPrepare(parts, again);
}

/** Asks for the look that is most overdue, where workers have nothing else to do; mends what a stop left half done. */
export async function verifyDue(parts: VerifyParts): Promise<void> {
  for (const film of await parts.films.damaged()) if (film.state === 'withdrawn') await remake(parts, film);
  const asked = await parts.films.awaitingVerify();
  for (const film of asked) await settleVerify(parts, film);
  if (asked.length > 0 || (await parts.transcodeQueue.waiting()).length > 0) return;
  const due = await mostDue(parts);
  if (due !== undefined) await requestVerify(parts, due);
}

/** The film that is planned soonest of those that are due, else the one that was not looked at for longest. */
async function mostDue({ films, filmCatalogue, clock }: VerifyParts): Promise<FilmRecord | undefined> {
  const atMs = clock();
  const due = (await films.leastVerified(atMs - verifyAfterMs)).filter(canBeVerified);
  if (due.length < 2) return due[0];
  const ids = due.map(({ id }) => id);
  const starts = await Promise.all(filmCatalogue.plannedStarts.map((ask) => ask(ids, atMs)));
  const startOf = ({ id }: FilmRecord): number => Math.min(Infinity, ...starts.map((each) => each.get(id) ?? Infinity));
  const [soonest] = due.filter((film) => startOf(film) < atMs + soonMs).sort((a, b) => startOf(a) - startOf(b));
  return soonest ?? due[0];
}

/** Hears what a look found while nobody listened, or asks for it again. */
async function settleVerify(parts: VerifyParts, film: FilmRecord): Promise<void> {
  const job = verifyJobOf(film);
  if (job === undefined) return;
  const queued = await parts.transcodeQueue.find(job);
  if (queued === undefined) await parts.transcodeQueue.add([job]);
  if (queued?.state === 'failed') await applyUnverified(parts, job);
  if (queued?.state !== 'completed') return;
  const result = parseResult(queued.result);
  if (result?.outcome === 'verified') await applyVerified(parts, job, result);
}
