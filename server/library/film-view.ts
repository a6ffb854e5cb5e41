import type { z } from 'zod';
import type { filmSchema } from '../../media/contract/library.ts';
import { queueOrder } from '../../media/film/queue-order.ts';
import { type Caller, mayTo, type PlaceTree } from '../http/caller.ts';
import type { CategoryStore } from '../places/category-store.ts';
import { type OrderParts, queueFacts } from './arrange-queue.ts';
import { isEncoding } from './film-moves.ts';
import { wordsVersion } from './change-film.ts';
import { posterOf } from './choose-poster.ts';
import { type FilmPaths, playableOf } from './film-playback.ts';
import { shownProgress } from './film-progress.ts';
import type { FilmRecord } from './film-record.ts';
import { scopeOf } from './film-scope.ts';
import { hasReviewCopy } from './review-copy.ts';
import { countedPasses } from './review-round.ts';
import type { Shelf } from './shelf.ts';
import type { UploadFiles } from './upload-files.ts';

type FilmView = z.input<typeof filmSchema>;

/** What showing films needs. */
export interface ViewParts extends OrderParts {
  readonly categories: Pick<CategoryStore, 'list'>;
  readonly uploadFiles: Pick<UploadFiles, 'receivedBytes'>;
  readonly filmPaths: FilmPaths;
  readonly shelf: Pick<Shelf, 'hasReviewCopy'>;
}
/** For whom and when. */
export interface Viewer {
  readonly caller: Caller;
  readonly tree: PlaceTree;
  readonly atMs: number;
}

/** Films in the contract's shape, in the given order. */
export async function filmViews(parts: ViewParts, viewer: Viewer, films: readonly FilmRecord[]): Promise<FilmView[]> {
  const categories = new Map((await parts.categories.list()).map((category) => [category.code, category]));
  const ahead = films.some(waits) ? await filmsInOrder(parts, viewer.atMs) : [];
  return Promise.all(
    films.map(async (film) => ({
      ...wordsOf(film),
      ...makingOf(film, viewer.atMs),
      playable: film.playable || (await hasReviewCopy(parts.shelf, film)),
      ...(waits(film) ? { waitingBehind: countAhead(ahead, film) } : {}),
      ...(await uploadOf(parts, film)),
      ...packageOf(parts, viewer, film),
      ...sourceOf(viewer, film),
      ...reviewsOf(viewer, film, categories.get(film.category ?? '')?.reviewsNeeded ?? 1),
    })),
  );
}

/** One film in the contract's shape. */
export async function filmView(parts: ViewParts, viewer: Viewer, film: FilmRecord): Promise<FilmView> {
  const [view] = await filmViews(parts, viewer, [film]);
  if (view === undefined) throw new Error('One film gives one view.');
  return view;
}

function chaptersIn(film: FilmRecord) {
  const chapters = film.chapters ?? film.package?.chapters ?? [];
  return chapters.length === 0 ? {} : { chapters: [...chapters] };
}

const wordsOf = (film: FilmRecord) => ({
  id: film.id,
  title: film.title,
  ...(film.category === undefined ? {} : { category: film.category }),
  language: film.language,
  ...(film.synopsis === undefined ? {} : { synopsis: film.synopsis }),
  ...chaptersIn(film),
  audience: film.audience,
  ...(film.featured === undefined ? {} : { featured: film.featured }),
  wordsVersion: wordsVersion(film),
  ...(film.airFrom === undefined ? {} : { airFrom: film.airFrom }),
  ...(film.airUntil === undefined ? {} : { airUntil: film.airUntil }),
  filename: film.filename,
  owner: film.owner,
  place: film.place,
  createdAtMs: film.createdAtMs,
  ...(film.duplicateOf === undefined ? {} : { duplicateOf: film.duplicateOf }),
  ...(film.renews === undefined ? {} : { renews: film.renews }),
});

function makingOf(film: FilmRecord, atMs: number) {
  const { progress } = film;
  return {
    state: film.state,
    warnings: [...film.warnings],
    sourceBytes: film.sourceBytes,
    ...(film.pausedAtMs === undefined ? {} : { paused: true }),
    ...(film.bumpedAtMs === undefined ? {} : { bumped: true }),
    ...(film.problem === undefined ? {} : { problem: film.problem }),
    ...(progress === undefined ? {} : { progress: shownProgress(progress, atMs) }),
    ...(film.durationMs === undefined ? {} : { durationMs: film.durationMs }),
    ...(film.revision === undefined ? {} : { revision: film.revision }),
  };
}

/** A film that was looked at and planned waits as one does that was not, until its first part is begun. */
const waits = ({ state, progress, pausedAtMs }: FilmRecord): boolean =>
  pausedAtMs === undefined && (state === 'queued' || (state === 'encoding' && progress === undefined));

/** Films that are encoded or wait for it, in the order in which workers take them. */
async function filmsInOrder(parts: OrderParts, atMs: number): Promise<readonly FilmRecord[]> {
  const waiting = (await queueFacts(parts, atMs)).filter(
    ({ film }) => isEncoding(film) && film.pausedAtMs === undefined,
  );
  const films = new Map(waiting.map(({ film }) => [film.id as string, film]));
  return queueOrder(waiting.map(({ facts }) => facts)).flatMap(({ filmId }) => films.get(filmId) ?? []);
}

/** Films of the same bytes are one encode. */
function countAhead(inOrder: readonly FilmRecord[], film: FilmRecord): number {
  const place = inOrder.findIndex(({ id }) => id === film.id);
  const others = inOrder.slice(0, Math.max(0, place)).filter(({ revision }) => revision !== film.revision);
  return new Set(others.map(({ revision }) => revision)).size;
}

async function uploadOf({ uploadFiles }: ViewParts, film: FilmRecord) {
  if (film.state !== 'uploading') return {};
  return { receivedBytes: (await uploadFiles.receivedBytes(film.id)) ?? 0 };
}

/** A poster's token opens the whole film, so before the film is ready only those who may preview it get one. */
function packageOf({ filmPaths }: ViewParts, { atMs, caller, tree }: Viewer, film: FilmRecord) {
  const facts = film.package;
  if (facts === undefined) return {};
  const isOpen = film.state === 'ready' || mayTo(tree, caller, 'preview-film', scopeOf(film));
  const playable = isOpen && film.state !== 'withdrawn' ? playableOf(film) : undefined;
  const poster = posterOf(film);
  return {
    rungs: facts.rungs.map((rung) => ({ ...rung })),
    languages: [...facts.languages],
    subtitles: [...facts.subtitles],
    ...(playable === undefined || poster === undefined ? {} : { posterPath: filmPaths.poster(playable, poster, atMs) }),
  };
}

/** Whether somebody makes or judges a film. */
export const mayKnow = ({ caller, tree }: Viewer, film: FilmRecord): boolean =>
  (['preview-film', 'review-film'] as const).some((action) => mayTo(tree, caller, action, scopeOf(film)));

function sourceOf(viewer: Viewer, film: FilmRecord) {
  if (!mayKnow(viewer, film)) return {};
  return {
    ...(film.sourceSha256 === undefined ? {} : { sourceSha256: film.sourceSha256 }),
    ...(film.state === 'uploading' || film.renews !== undefined ? {} : { sourceKept: film.originalDropped !== true }),
    ...(film.verifiedAtMs === undefined ? {} : { verifiedAtMs: film.verifiedAtMs }),
    ...(film.verifyAskedAtMs === undefined ? {} : { verifyAskedAtMs: film.verifyAskedAtMs }),
    ...(film.damage === undefined ? {} : { damage: { atMs: film.damage.atMs, finding: film.damage.finding } }),
    ...(film.verifyNext === undefined ? {} : { verifyRatio: film.verifyNext.part / film.verifyNext.of }),
  };
}

/** Who said what about a film is for those who make and judge films. */
function reviewsOf(viewer: Viewer, film: FilmRecord, needed: number) {
  if (!mayKnow(viewer, film) || film.revision === undefined) return {};
  const entries = film.reviews.map(({ by, decision, reason, positionMs, atMs }) => ({
    by,
    decision,
    atMs,
    ...(reason === undefined ? {} : { reason }),
    ...(positionMs === undefined ? {} : { positionMs }),
  }));
  return { reviews: { needed, passed: countedPasses(film).length, entries } };
}
