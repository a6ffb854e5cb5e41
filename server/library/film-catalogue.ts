import type { Audience } from '../../media/contract/library.ts';
import type { Id } from '../../media/contract/ids.ts';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import type { FilmFacts } from '../../media/plan/plan.ts';
import type { RevisionFacts } from '../../media/plan/timeline.ts';
import type { Scope } from '../http/caller.ts';
import type { FilmRecord } from './film-record.ts';
import { scopeOf } from './film-scope.ts';
import type { FilmStore, TitledFilm } from './film-store.ts';
import type { Shelf } from './shelf.ts';

/** A film as planning, channels and notice boards see it. */
export interface CatalogueFilm extends FilmFacts {
  readonly filmId: Id;
  readonly category?: string;
  readonly audience: Audience;
}

/** A place in a plan or on a channel that needs a film; shown to whoever wants to delete it. */
export interface FilmUse {
  readonly channel: string;
  readonly title: string;
  readonly startAtMs: number;
  readonly planId?: string;
}

/** One time that a channel shows a film. */
export interface FilmAiring {
  readonly channel: string;
  /** The place that alone sees it. */
  readonly place?: string;
  readonly title: string;
  readonly kind: 'item' | 'filler';
  readonly startAtMs: number;
  readonly endAtMs: number;
  /** History that was made up for a demonstration. */
  readonly isSample: boolean;
}

/** What other nouns may ask of the library, and tell it. */
export interface FilmCatalogue {
  /** Films by id; ids that are no film are not in the table. Whether a film may air is said by its `state`. */
  table(filmIds: Iterable<string>): Promise<ReadonlyMap<string, CatalogueFilm>>;
  find(filmId: string): Promise<CatalogueFilm | undefined>;
  /** Where a film belongs and whose it is. */
  scope(filmId: string): Promise<Scope | undefined>;
  /** Titles of all films that may air, now or once they are made and passed. */
  titles(): Promise<readonly FilmTitle[]>;
  /** Ready films of these categories. */
  readyIn(categories: readonly string[]): Promise<readonly CatalogueFilm[]>;
  /** The whole manifest of a packaged revision; undefined until it is whole. */
  manifest(revision: Id): Promise<PackageManifest | undefined>;
  /** Ids of films that may not be shown, because somebody withdrew them or their stored files are damaged; asked by every replica every few seconds. */
  withdrawnFilms(): Promise<readonly Id[]>;
  /** Those of them whose stored files are damaged. */
  damagedFilms(): Promise<readonly Id[]>;
  /** Whoever uses films answers here where; a film in use is not deleted. */
  readonly usesOf: ((filmId: Id) => Promise<readonly FilmUse[]>)[];
  /** Whoever shows films answers here when it did and will, the earliest first. */
  readonly airingsOf: ((filmId: Id, atMs: number) => Promise<readonly FilmAiring[]>)[];
  /** Whoever plans films answers here when they begin next, at or after an instant: what is on air soonest is encoded first. */
  readonly plannedStarts: ((filmIds: readonly Id[], atMs: number) => Promise<ReadonlyMap<string, number>>)[];
  /** Whoever shows films answers here which revisions it shows or may show again at an instant; the others of a renewed film are removed. */
  readonly revisionsInUse: ((atMs: number) => Promise<ReadonlySet<string>>)[];
  /** To be told after a plan changed; returns at once. */
  planChanged(): void;
  /** Told after a film was withdrawn, so that what is on air and planned can be changed at once. */
  readonly onWithdrawn: ((film: CatalogueFilm) => Promise<void>)[];
}

/** A film by its title, as sheets name films. */
export type FilmTitle = TitledFilm;

/** What is refused, failed or withdrawn will not air; an unfinished upload may be anything. */
const plannable = ['probing', 'queued', 'encoding', 'checking', 'review', 'ready'] as const;

/** Opens the catalogue over the library. */
export function filmCatalogue({
  films,
  shelf,
  planChanged,
}: {
  readonly films: FilmStore;
  readonly shelf: Shelf;
  readonly planChanged: () => void;
}): FilmCatalogue {
  return {
    table: async (filmIds) => {
      const found = await films.withIds([...new Set(filmIds)]);
      return new Map(found.map((film) => [film.id, catalogueFilm(film)]));
    },
    find: async (filmId) => {
      const film = await films.find(filmId);
      return film === undefined ? undefined : catalogueFilm(film);
    },
    scope: async (filmId) => {
      const film = await films.find(filmId);
      return film === undefined ? undefined : scopeOf(film);
    },
    titles: () => films.titlesIn(plannable),
    readyIn: async (categories) =>
      categories.length === 0
        ? []
        : (await films.inStates(['ready']))
            .filter(({ category }) => category !== undefined && categories.includes(category))
            .map(catalogueFilm),
    manifest: (revision) => shelf.manifest(revision),
    withdrawnFilms: async () =>
      [...(await films.inStates(['withdrawn'])), ...(await films.damaged())].map(({ id }) => id),
    damagedFilms: async () => (await films.damaged()).map(({ id }) => id),
    usesOf: [],
    airingsOf: [],
    plannedStarts: [],
    revisionsInUse: [],
    planChanged,
    onWithdrawn: [],
  };
}

/** What a plan copies of a film; facts of its revision only once it is whole. */
export function catalogueFilm(film: FilmRecord): CatalogueFilm {
  const facts = revisionFacts(film);
  return {
    filmId: film.id,
    title: film.title,
    state: film.state,
    audience: film.audience,
    ...(film.category === undefined ? {} : { category: film.category }),
    ...(film.airFrom === undefined ? {} : { airFrom: film.airFrom }),
    ...(film.airUntil === undefined ? {} : { airUntil: film.airUntil }),
    ...(film.problem?.code === 'returned' ? { isReturned: true } : {}),
    ...(film.durationMs === undefined ? {} : { durationMs: film.durationMs }),
    ...(film.package?.isChannelReady === false ? { lacksCertificate: true } : {}),
    ...(film.revision === undefined || facts === undefined ? {} : { revision: film.revision, facts }),
  };
}

function revisionFacts(film: FilmRecord): RevisionFacts | undefined {
  if (film.package === undefined) return undefined;
  const { segments, durationMs, rungs, packages, languages } = film.package;
  return {
    filmId: film.id,
    title: film.title,
    segments,
    durationMs,
    rungs: rungs.map(({ name }) => name),
    packages,
    ...(languages.length === 0 ? {} : { languages }),
  };
}
