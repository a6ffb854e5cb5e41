import type { Id } from '../../media/contract/ids.ts';
import { idSchema } from '../../media/contract/ids.ts';
import type { Action } from '../../media/contract/permissions.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { AppError, notFound } from '../errors.ts';
import { type Caller, mayTo } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { Call, Routes } from '../http/serve.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { filmEtag, requireCategory, requireWords, withFeatured, withWords } from './change-film.ts';
import { deleteFilm, requireNoSlate, requireUnused } from './delete-film.ts';
import { downloadFilm } from './download-film.ts';
import { requireUpToDate } from './apply-tracks.ts';
import { filmCheck } from './film-check.ts';
import { type FilmPaths, playableOf } from './film-playback.ts';
import type { FilmRecord, Person } from './film-record.ts';
import { maySee, scopeOf, visible } from './film-scope.ts';
import { filmView, filmViews, mayKnow, type Viewer } from './film-view.ts';
import type { LibraryParts } from './library-parts.ts';
import { adoptRenewal, reencodeFilm, requireReencodable, requireRenewable } from './reencode-film.ts';
import { retried, retryFilm } from './retry-film.ts';
import { requestVerify } from './verify-film.ts';
import { hasReviewCopy } from './review-copy.ts';
import { reviewed, reviewsNeeded } from './review-film.ts';
import { requireNotGone, withdrawFilm, withdrawn } from './withdraw-film.ts';

/** What the handlers of the library need. */
export interface LibraryRouteParts extends Surroundings, LibraryParts, PlaceParts, AuditParts {
  readonly filmPaths: FilmPaths;
}

type FilmCall = Pick<Call<'readFilm'>, 'params' | 'caller' | 'atMs' | 'requestId'>;
type LibraryEndpoints =
  | 'listFilms'
  | 'readFilm'
  | 'checkFilm'
  | 'changeFilm'
  | 'featureFilm'
  | 'deleteFilm'
  | 'reviewFilm'
  | 'retryFilm'
  | 'reencodeFilm'
  | 'verifyFilm'
  | 'downloadFilm'
  | 'withdrawFilm'
  | 'filmPlayback';

const pageSize = 50;

/** Handlers of the library. */
export const libraryRoutes = (parts: LibraryRouteParts): Routes<LibraryEndpoints> => ({
  listFilms: (call) => listFilms(parts, call),
  readFilm: async (call) => {
    const viewer = await viewerOf(parts, call);
    const film = visible(viewer.tree, call.caller, await parts.films.find(call.params.id));
    call.setHeader('ETag', filmEtag(film));
    return filmView(parts, viewer, film);
  },
  checkFilm: async (call) => {
    const film = await parts.films.find(call.params.id);
    if (film === undefined || !mayKnow(await viewerOf(parts, call), film)) throw notFound('film');
    return filmCheck(parts.shelf, film, await parts.markLimits());
  },
  changeFilm: async (call) => {
    const film = await allowed(parts, call, 'edit-film');
    const { category, ...words } = call.body;
    const wanted =
      category === undefined ? words : { ...words, category: await requireCategory(parts.categories, category) };
    const change = (now: FilmRecord): FilmRecord => {
      requireWords(now, call.ifMatch);
      return withWords(now, wanted);
    };
    change(film);
    await audit(parts, call, 'film.change', JSON.stringify(wanted));
    const changed = await parts.films.change(film.id, change);
    if (changed !== undefined) call.setHeader('ETag', filmEtag(changed));
    return shown(parts, call, changed);
  },
  featureFilm: async (call) => {
    const film = await allowed(parts, call, 'feature-film');
    const { featured } = call.body;
    if (featured) requireNoSlate(film);
    await audit(parts, call, featured ? 'film.feature' : 'film.feature-end', film.title);
    return shown(parts, call, await parts.films.change(film.id, (now) => withFeatured(now, featured)));
  },
  deleteFilm: async (call) => {
    const film = await allowed(parts, call, 'delete-film');
    await requireUnused(parts, film);
    await audit(parts, call, 'film.delete', film.title);
    await deleteFilm(parts, film);
  },
  reviewFilm: async (call) => {
    const film = await allowed(parts, call, 'review-film');
    const needed = await reviewsNeeded(parts.categories, film);
    const judge = (now: FilmRecord) => reviewed(now, personOf(call.caller), call.body, needed, call.atMs);
    judge(film);
    if (call.body.decision === 'pass') {
      await requireRenewable(parts, film);
      await requireUpToDate(parts, film);
    }
    await audit(parts, call, `film.${call.body.decision}`, call.body.reason ?? '');
    const judged = await parts.films.change(film.id, judge);
    const renewed = judged === undefined ? undefined : await adoptRenewal(parts, judged);
    return shown(parts, call, renewed ?? judged);
  },
  retryFilm: async (call) => {
    const film = await allowed(parts, call, 'retry-encode');
    retried(film, call.atMs);
    await audit(parts, call, 'film.retry', film.state);
    return shown(parts, call, await retryFilm(parts, film));
  },
  reencodeFilm: async (call) => {
    const film = await allowed(parts, call, 'retry-encode');
    await requireReencodable(parts, film);
    await audit(parts, call, 'film.reencode', film.revision ?? '');
    return shown(parts, call, await reencodeFilm(parts, film));
  },
  verifyFilm: async (call) => {
    const film = await allowed(parts, call, 'retry-encode');
    const asked = await requestVerify(parts, film);
    await audit(parts, call, 'film.verify', film.revision ?? '');
    return shown(parts, call, asked);
  },
  downloadFilm: async (call) => {
    const { tree } = await viewerOf(parts, call);
    const film = visible(tree, call.caller, await parts.films.find(call.params.id));
    const file = await downloadFilm(parts, film, call.query);
    // The rest of a download that broke off is no new one.
    if (call.header('range') === undefined) await audit(parts, call, 'film.download', file.filename);
    await call.sendFile(file);
  },
  withdrawFilm: async (call) => {
    const film = await allowed(parts, call, 'withdraw-film');
    requireNoSlate(film);
    const by = personOf(call.caller);
    withdrawn(film, by, call.body.reason, call.atMs);
    await audit(parts, call, 'film.withdraw', call.body.reason);
    return shown(parts, call, await withdrawFilm(parts, film, by, call.body.reason));
  },
  filmPlayback: async (call) => {
    const { tree } = await viewerOf(parts, call);
    const film = visible(tree, call.caller, await parts.films.find(call.params.id));
    if (film.state !== 'ready') requirePreview(mayTo(tree, call.caller, 'preview-film', scopeOf(film)), film);
    const playable = playableOf(film);
    if (playable === undefined && (await hasReviewCopy(parts.shelf, film))) {
      const isOpening = await parts.shelf.isOpening(film.id);
      const kind = isOpening ? { opening: true as const } : { asUploaded: true as const };
      return { ...parts.filmPaths.reviewCopy(film.id, call.atMs), ...kind };
    }
    if (playable === undefined) {
      throw new AppError(
        'not_ready',
        'Nothing of this film can be played yet. Try again when its first part is encoded.',
      );
    }
    return parts.filmPaths.links(playable, call.atMs, film.state === 'ready' ? 'film' : 'preview');
  },
});

async function listFilms(parts: LibraryRouteParts, { query, caller, atMs }: Call<'listFilms'>) {
  const tree = await parts.places.tree();
  const limit = query.limit ?? pageSize;
  const below = query.cursor === undefined ? undefined : readCursor(query.cursor, idSchema);
  const { category, state: wanted, query: text, featured, sourceSha256 } = query;
  // Who did not sign in sees ready films only: an index answers that.
  const state = caller.kind === 'anonymous' ? (wanted ?? 'ready') : wanted;
  const found = await parts.films.page(
    { text, category, state, featured: featured === undefined ? undefined : true, sourceSha256, below },
    limit + 1,
    (film) => maySee(tree, caller, film),
  );
  const films = found.slice(0, limit);
  const last = films.at(-1);
  return {
    items: await filmViews(parts, { caller, tree, atMs }, films),
    ...(found.length > limit && last !== undefined ? { nextCursor: writeCursor(last.id) } : {}),
  };
}

/** The film, if the caller's role does this to it: what is out of scope is 404, as if it were not there. */
export async function allowed(parts: LibraryRouteParts, call: FilmCall, action: Action): Promise<FilmRecord> {
  const film = await parts.films.find(call.params.id);
  if (film === undefined || !mayTo(await parts.places.tree(), call.caller, action, scopeOf(film))) {
    throw notFound('film');
  }
  return film;
}

/** Before it is ready, only its owner and reviewers may watch; what was withdrawn or refused has nothing to watch for others. */
function requirePreview(mayPreview: boolean, film: FilmRecord): void {
  if (!mayPreview) throw notFound('film');
  requireNotGone(film);
}

export async function shown(parts: LibraryRouteParts, call: FilmCall, film: FilmRecord | undefined) {
  if (film === undefined) throw notFound('film');
  return filmView(parts, await viewerOf(parts, call), film);
}

const viewerOf = async (
  { places }: Pick<PlaceParts, 'places'>,
  { caller, atMs }: Pick<FilmCall, 'caller' | 'atMs'>,
): Promise<Viewer> => ({ caller, tree: await places.tree(), atMs });

/** What is done to a film is written down before it is done: a full disk refuses the deed, not the record (fault F05). */
async function audit(parts: AuditParts, call: FilmCall, action: string, detail: string): Promise<void> {
  const { caller, params, requestId } = call;
  const actor = caller.kind === 'user' ? caller.username : 'anonymous';
  await parts.audit.write({ actor, ip: caller.ip, action, object: `film/${params.id}`, detail, requestId });
}

function personOf(caller: Caller): Person & { readonly id: Id } {
  if (caller.kind === 'user') return { id: caller.id, name: caller.name };
  throw new AppError('sign_in', 'Sign in first.');
}
