import type { FilmState } from '../film/film-state.ts';
import type { Repeat } from './repeats.ts';
import type { PackageKind, RevisionFacts } from './timeline.ts';

/** `hard`: at its second; `soft`: at most `maxLateMs` later; `follow`: when the item before it in the list ends. */
export type StartMode = 'hard' | 'soft' | 'follow';

/** The line of a list that an item came from, which findings name. */
export interface PlanLine {
  readonly id: string;
  /** From 1. */
  readonly row: number;
}

/** One line of a plan, its civil time already turned into an instant. */
export interface PlanItem {
  readonly id: string;
  /** Absent where a slot is left open without a film: whatever fills gaps airs there until a place fills it. */
  readonly filmId?: string;
  /** Films that stand in, in this order, where the film may not air. */
  readonly alternates?: readonly string[];
  /** UTC ms, on the grid; absent on items that follow. */
  readonly startAtMs?: number;
  readonly startMode: StartMode;
  /** @defaultValue 0 */
  readonly maxLateMs: number;
  /** What airs at most of the film; the whole film where absent. Without a film the length of the slot. */
  readonly durationMs?: number;
  /** Instead of the film's title. */
  readonly title?: string;
  readonly mustWatch: boolean;
  /** Townships and villages may air something of their own instead. @defaultValue false */
  readonly open?: boolean;
  readonly note?: string;
  /** On which other days it airs at the same time; items that follow air with the one that they follow. */
  readonly repeat?: Repeat;
  /** Set where repeats are written out. */
  readonly line?: PlanLine;
}

/** Every film that an item names. */
export const filmIdsOf = ({ filmId, alternates = [] }: PlanItem): readonly string[] =>
  filmId === undefined ? [] : [filmId, ...alternates];

/** What a slot without a film is called in findings and in the plans of places, where its item has no title; never on air. */
export const bareSlotTitle = '乡镇自办';

/** What an item is called as long as nothing is known of its film. */
export const nameOf = ({ title, filmId }: PlanItem): string => title ?? filmId ?? bareSlotTitle;

/** A plan's list for the cells [fromCell, toCell), which are the midnights of two county dates. */
export interface PlanList {
  readonly items: readonly PlanItem[];
  readonly fromCell: number;
  readonly toCell: number;
}

/** What planning must know of a film; `revision` and `facts` are there once it has a whole package. */
export interface FilmFacts {
  readonly filmId: string;
  readonly title: string;
  readonly state: FilmState;
  /** True length, known from the probe on. */
  readonly durationMs?: number;
  readonly revision?: string;
  readonly facts?: RevisionFacts;
  /** Its package has no channel-ready certificate. @defaultValue false */
  readonly lacksCertificate?: boolean;
  /** A reviewer gave it back. @defaultValue false */
  readonly isReturned?: boolean;
  /** First and last county date on which it may be on air, both inclusive; without limit where absent. */
  readonly airFrom?: string;
  readonly airUntil?: string;
}

/** Films by id, as the library knows them at this moment. */
export type FilmTable = ReadonlyMap<string, FilmFacts>;

/** A film that may go on air: passed, not withdrawn, packaged, certified. */
export interface ReadyFilm extends FilmFacts {
  readonly revision: string;
  readonly facts: RevisionFacts;
}

/** Whether a film may go on air. */
export function isReady(film: FilmFacts | undefined): film is ReadyFilm {
  if (film?.lacksCertificate === true) return false;
  return film?.state === 'ready' && film.revision !== undefined && film.facts !== undefined;
}

/** Whether a film may go on air in a package of this kind. */
export function hasPackage(film: ReadyFilm, kind: PackageKind): boolean {
  return film.facts.packages.includes(kind);
}

/** Shortest time on air: three cells, so that players that missed two polls see one discontinuity at a time (linear.md 3.3). */
export const SHORTEST_ITEM_CELLS = 3;
