import { type Id, idSchema } from '../../media/contract/ids.ts';
import type { FilmState } from '../../media/film/film-state.ts';
import type { Database } from '../database/database.ts';
import { AppError } from '../errors.ts';
import { type FilmDocument, filmModel } from './film-model.ts';
import type { FilmProgress, FilmRecord } from './film-record.ts';
import { foldText, matchesSearch, queryGrams, searchFields } from './film-search.ts';

/** Which films of a list: those that meet every given condition. */
export interface FilmQuery {
  /** Looked for literally in titles, pinyin and initials. */
  readonly text?: string | undefined;
  readonly category?: string | undefined;
  readonly state?: FilmState | undefined;
  /** Only those that the county recommends. */
  readonly featured?: true | undefined;
  /** Films of the same uploaded bytes. */
  readonly sourceSha256?: string | undefined;
  /** Ids below this one: the rest of a list. */
  readonly below?: Id | undefined;
}

/** Library films as plain frozen values; `change` is the only way to alter one. */
export interface FilmStore {
  insert(film: FilmRecord): Promise<void>;
  find(id: string): Promise<FilmRecord | undefined>;
  /**
   * Loads, asks and saves by compare-and-swap, again when somebody else was faster. Answers the film as it is afterwards;
   * undefined where there is none. What `change` throws is thrown; a film that it returns unchanged is not written.
   */
  change(id: string, change: (film: FilmRecord) => FilmRecord): Promise<FilmRecord | undefined>;
  /** Notes progress without a new version, unless something fresher or further is there or the film is in another state. */
  noteProgress(id: Id, states: readonly FilmState[], progress: FilmProgress): Promise<void>;
  remove(film: FilmRecord): Promise<boolean>;
  /** Newest first and without cards, at most `limit`, of those that `isSeen`; reads on until the page is full. */
  page(query: FilmQuery, limit: number, isSeen: (film: FilmRecord) => boolean): Promise<readonly FilmRecord[]>;
  /** Oldest first. */
  ofRevision(revision: Id): Promise<readonly FilmRecord[]>;
  /** Whether a film has this revision, or had it before a re-encode. */
  hasRevision(revision: Id): Promise<boolean>;
  /** Re-encodes of a film that were not passed yet. */
  renewalsOf(filmId: Id): Promise<readonly FilmRecord[]>;
  /** Re-encodes of any film that were passed. */
  passedRenewals(): Promise<readonly FilmRecord[]>;
  /** Films with a revision that a re-encode replaced. */
  renewed(): Promise<readonly FilmRecord[]>;
  /** Films with uploads or tracks that they do not need any more. */
  withLeftSources(): Promise<readonly FilmRecord[]>;
  /** Ready films whose upload was not dropped, at most `limit`. */
  readyWithOriginal(limit: number): Promise<readonly FilmRecord[]>;
  /** Every card between programmes, in any state. */
  cards(): Promise<readonly FilmRecord[]>;
  /** In the order in which they were queued, then made. */
  inStates(states: readonly FilmState[]): Promise<readonly FilmRecord[]>;
  /** Films whose stored files were found damaged and are not whole again. */
  damaged(): Promise<readonly FilmRecord[]>;
  /** Films whose stored files somebody asked to look at. */
  awaitingVerify(): Promise<readonly FilmRecord[]>;
  /** Ready films without added tracks whose files were not looked at since an instant, a hundred of each kind: never, and longest ago. */
  leastVerified(beforeMs: number): Promise<readonly FilmRecord[]>;
  /** What the films of some states are called and how long they are, without the rest of them and without cards. */
  titlesIn(states: readonly FilmState[]): Promise<readonly TitledFilm[]>;
  withIds(ids: readonly string[]): Promise<readonly FilmRecord[]>;
  /** Sum of the declared bytes of what somebody began to upload since an instant. */
  bytesBegunSince(ownerId: Id, sinceMs: number): Promise<number>;
}

/** A film by its title, with the readings of it. */
export interface TitledFilm {
  readonly filmId: Id;
  readonly title: string;
  readonly durationMs?: number;
  /** Pinyin and initials, and the title itself, without spaces. */
  readonly readings: readonly string[];
}

const tries = 20;
const mostGrams = 8;
const batch = 200;
/** Films that are due for a look at their files, as many as are compared. */
const mostDue = 100;
/** Of a search for one letter, before the index is asked. */
const newestLookedAt = 400;

export function filmStore(database: Database): FilmStore {
  const films = filmModel(database);
  const find = async (id: string): Promise<FilmRecord | undefined> => {
    const found = await films.findById(id, withoutSearch).lean<FilmDocument>();
    return found === null ? undefined : recordOf(found);
  };
  return {
    find,
    insert: async (film) => {
      await films.create(documentOf(film));
    },
    change: async (id, change) => {
      for (let attempt = 0; attempt < tries; attempt += 1) {
        const film = await find(id);
        if (film === undefined) return undefined;
        const wanted = change(film);
        if (wanted === film) return film;
        const next = freeze({ ...wanted, version: film.version + 1 });
        const { matchedCount } = await films.updateOne({ _id: id, version: film.version }, updateOf(film, next));
        if (matchedCount === 1) return next;
      }
      throw new AppError('stale', 'Too many people change this film at once. Load it again and repeat your change.');
    },
    noteProgress: async (id, states, progress) => {
      const { atMs, ratio } = progress;
      const behind = { 'progress.atMs': { $lte: atMs }, 'progress.ratio': { $lte: ratio } };
      const older = { $or: [{ progress: { $exists: false } }, behind] };
      await films.updateOne({ _id: id, state: { $in: states }, ...older }, { $set: { progress } });
    },
    remove: async (film) => (await films.deleteOne({ _id: film.id, version: film.version })).deletedCount === 1,
    page: async (query, limit, isSeen) => {
      const folded = foldText(query.text ?? '');
      const seen: FilmRecord[] = [];
      let below = query.below;
      // Nearly all films have some letter, so that the newest fill a page; its index would read and sort every one of them.
      if (/^[ -~]$/.test(folded)) {
        const newest = await films
          .find(filterOf(query, ''), { grams: 0 })
          .sort({ _id: -1 })
          .limit(newestLookedAt)
          .lean<FilmDocument[]>();
        const matching = newest.filter((film) => matchesSearch(film.searchText, folded)).map(recordOf);
        seen.push(...matching.filter(isSeen));
        const last = newest.at(-1);
        if (newest.length < newestLookedAt || last === undefined) return seen.slice(0, limit);
        below = idSchema.parse(last._id);
      }
      while (seen.length < limit) {
        const asked = films
          .find(filterOf({ ...query, below }, folded), folded === '' ? withoutSearch : { grams: 0 })
          .sort({ _id: -1 })
          .limit(batch);
        // Few films have all grams of a query, though the order of the list looks cheaper to a planner.
        const found = await (folded === '' ? asked : asked.hint('grams_1')).lean<FilmDocument[]>();
        const matching = found.filter((film) => folded === '' || matchesSearch(film.searchText, folded)).map(recordOf);
        seen.push(...matching.filter(isSeen));
        const last = found.at(-1);
        if (found.length < batch || last === undefined) break;
        below = idSchema.parse(last._id);
      }
      return seen.slice(0, limit);
    },
    ofRevision: async (revision) =>
      (await films.find({ revision }, withoutSearch).sort({ _id: 1 }).lean<FilmDocument[]>()).map(recordOf),
    hasRevision: async (revision) =>
      (await films.findOne({ revision }, { _id: 1 }).lean()) !== null ||
      (await films.findOne({ earlierRevisions: revision }, { _id: 1 }).lean()) !== null,
    renewalsOf: async (filmId) =>
      (await films.find({ renews: filmId }, withoutSearch).sort({ _id: 1 }).lean<FilmDocument[]>()).map(recordOf),
    passedRenewals: async () =>
      (await films.find({ renews: { $gte: lowestId }, state: 'ready' }, withoutSearch).lean<FilmDocument[]>()).map(
        recordOf,
      ),
    renewed: async () =>
      (await films.find({ earlierRevisions: { $gte: lowestId } }, withoutSearch).lean<FilmDocument[]>()).map(recordOf),
    withLeftSources: async () =>
      (await films.find({ leftSources: { $gte: lowestId } }, withoutSearch).lean<FilmDocument[]>()).map(recordOf),
    readyWithOriginal: async (limit) =>
      (
        await films.find({ state: 'ready', originalDropped: null }, withoutSearch).limit(limit).lean<FilmDocument[]>()
      ).map(recordOf),
    cards: async () =>
      (await films.find({ 'card.package': { $in: ['ts', 'cmaf'] } }, withoutSearch).lean<FilmDocument[]>()).map(
        recordOf,
      ),
    damaged: async () =>
      (await films.find({ 'damage.atMs': { $gt: 0 } }, withoutSearch).lean<FilmDocument[]>()).map(recordOf),
    awaitingVerify: async () =>
      (await films.find({ verifyAskedAtMs: { $gt: 0 } }, withoutSearch).lean<FilmDocument[]>()).map(recordOf),
    leastVerified: async (beforeMs) => {
      const plain = { state: 'ready', tracks: null } as const;
      const never = { ...plain, verifiedAtMs: null, stateAtMs: { $lt: beforeMs } };
      const oldest = { ...plain, verifiedAtMs: { $lt: beforeMs } };
      const found = [
        ...(await films.find(never, withoutSearch).limit(mostDue).lean<FilmDocument[]>()),
        ...(await films.find(oldest, withoutSearch).sort({ verifiedAtMs: 1 }).limit(mostDue).lean<FilmDocument[]>()),
      ];
      return found.map(recordOf);
    },
    inStates: async (states) =>
      (
        await films
          .find({ state: { $in: states } }, withoutSearch)
          .sort({ queuedAtMs: 1, _id: 1 })
          .lean<FilmDocument[]>()
      ).map(recordOf),
    titlesIn: async (states) => {
      const found = await films
        .find({ state: { $in: states }, card: null }, { title: 1, durationMs: 1, searchText: 1 })
        .lean<Pick<FilmDocument, '_id' | 'title' | 'durationMs' | 'searchText'>[]>();
      return found.map(({ _id, title, durationMs, searchText }) => ({
        ...{ filmId: idSchema.parse(_id), title, readings: searchText.split('\n') },
        ...(durationMs === undefined ? {} : { durationMs }),
      }));
    },
    withIds: async (ids) =>
      (await films.find({ _id: { $in: [...ids] } }, withoutSearch).lean<FilmDocument[]>()).map(recordOf),
    bytesBegunSince: async (ownerId, sinceMs) => {
      const begun = await films
        .find({ 'owner.id': ownerId, createdAtMs: { $gte: sinceMs } }, { sourceBytes: 1 })
        .lean<Pick<FilmDocument, 'sourceBytes'>[]>();
      return begun.reduce((sum, film) => sum + film.sourceBytes, 0);
    },
  };
}

const lowestId = idSchema.parse('0'.repeat(26));
const withoutSearch = { grams: 0, searchText: 0 } as const;

function filterOf(
  { category, state, featured, sourceSha256, below }: FilmQuery,
  folded: string,
): Record<string, unknown> {
  const grams = queryGrams(folded).slice(0, mostGrams);
  return {
    card: null,
    ...(grams.length === 0 ? {} : { $and: grams.map((gram) => ({ grams: gram })) }),
    ...(category === undefined ? {} : { category }),
    ...(state === undefined ? {} : { state }),
    ...(featured === undefined ? {} : { featured }),
    ...(sourceSha256 === undefined ? {} : { sourceSha256 }),
    ...(below === undefined ? {} : { _id: { $lt: below } }),
  };
}

function documentOf({ id, ...film }: FilmRecord): FilmDocument {
  return { _id: id, ...film, ...searchFields(film.title) };
}

/** What differs; the search fields, which fill most of the document and its indexes, only with the title. */
function updateOf(before: FilmRecord, after: FilmRecord) {
  const changed = Object.entries(after).filter(([field, value]) => before[field as keyof FilmRecord] !== value);
  const gone = Object.keys(before).filter((field) => !(field in after));
  return {
    $set: { ...Object.fromEntries(changed), ...(before.title === after.title ? {} : searchFields(after.title)) },
    ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map((field) => [field, 1 as const])) }),
  };
}

function recordOf(document: FilmDocument): FilmRecord {
  const film: Partial<FilmDocument> & FilmRecord = { ...document, id: idSchema.parse(document._id) };
  delete film._id;
  delete film.grams;
  delete film.searchText;
  return freeze(film);
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
