import { type Run, type Span, endCell } from '../grid/span.ts';
import type { OpenSlot } from './cell-ranges.ts';

/** How a revision's media is wrapped: muxed MPEG-TS, or demuxed fMP4 (house-profile.md 2). */
export type PackageKind = 'ts' | 'cmaf';

/** What playlists and guides must know of a revision; copied into the timeline so that it needs nothing else. */
export interface RevisionFacts {
  readonly filmId: string;
  readonly title: string;
  /** Number of 4 s segments, equal on all rungs. */
  readonly segments: number;
  /** True length without the padding of the last segment. */
  readonly durationMs: number;
  /** Names of the rungs that exist, in any order. */
  readonly rungs: readonly string[];
  readonly packages: readonly PackageKind[];
  /** BCP 47 audio languages, main language first; absent when there is one of no declared language. */
  readonly languages?: readonly string[];
}

/** What a run on air is called in guides; `filler` is what fills a gap usefully. */
export interface TimelineItem {
  readonly filmId: string;
  readonly title: string;
  readonly kind: 'item' | 'filler';
  readonly mustWatch: boolean;
  readonly note?: string;
  /** What was planned, while an alternate airs under its own name. */
  readonly insteadOf?: string;
  /** First cells of what a card or trailer names, `next` where that is what begins next behind it; on nothing else. */
  readonly announces?: 'next' | readonly number[];
}

/** The time of an item whose film may be missing: who may air there, and what people were promised. */
export interface ItemSlot {
  readonly itemId: string;
  readonly fromCell: number;
  readonly cells: number;
  /** The planned film, then its alternates, in order. */
  readonly filmIds: readonly [string, ...string[]];
  readonly title: string;
  readonly mustWatch: boolean;
  readonly note?: string;
}

/** A yearly numbering of a channel, part of its path: MEDIA-SEQUENCE = cell - baseCell, DSN = stored dsn - baseDsn. */
export interface Epoch {
  readonly name: string;
  /** First cell of the epoch, its media sequence number 0. */
  readonly baseCell: number;
  readonly baseDsn: number;
}

/** What displaces the plan for a while: a cut to slate, or an urgent insertion of a revision (repeated when shorter). */
export interface Interrupt {
  readonly id: string;
  readonly kind: 'cut' | 'insertion';
  readonly fromCell: number;
  /** Exclusive; absent while nobody has ended a cut. */
  readonly toCell?: number;
  /** Revision and item of an insertion; absent on a cut, which airs slate. */
  readonly revision?: string;
  readonly itemId?: string;
  /** What an insertion displaced, from its first displaced cell on, if that goes on afterwards. */
  readonly resumes?: Run;
}

/**
 * What a channel airs on every cell from `fromCell` on, for ever: `spans` without holes, then slate in loops.
 * Immutable: an edit makes a new timeline that keeps every cell before its activation cell (linear.md 3.4, 3.7).
 */
export interface Timeline {
  readonly format: 1;
  readonly channel: string;
  /** Ascending by `baseCell`, at least one. */
  readonly epochs: readonly Epoch[];
  /** First cell known; earlier ones are gone or never aired. */
  readonly fromCell: number;
  /** Stored discontinuity sequence number of the first cell. */
  readonly firstDsn: number;
  /** Contiguous from `fromCell`; spans without `itemId` are slate. */
  readonly spans: readonly Span[];
  /** Revision that fills every hole and everything after the last span. */
  readonly slate: string;
  /** Cuts and insertions that are not over, or only just. */
  readonly interrupts: readonly Interrupt[];
  /** What would air without the interrupts, from the first of them on: item runs only, holes are slate; present with them. */
  readonly planned?: readonly Run[];
  /** What the plan leaves to townships and villages; absent where it leaves nothing. */
  readonly open?: readonly OpenSlot[];
  /** Revisions that may not be shown any more: catch-up shows slate instead. */
  readonly withdrawn: readonly string[];
  readonly revisions: Readonly<Record<string, RevisionFacts>>;
  readonly items: Readonly<Record<string, TimelineItem>>;
  /** Times of items with alternates and of those whose film is missing, in order; absent where there are none. */
  readonly itemSlots?: readonly ItemSlot[];
}

/** Stored number of a new channel's first span: hls.js re-bases a playlist that starts at 0, and a leading tag takes one off. */
export const FIRST_DSN = 2;

/** A revision with its name, as slate or insertion. */
export interface NamedRevision {
  readonly revision: string;
  readonly facts: RevisionFacts;
}

/** A channel with nothing planned: slate from `fromCell` on. The epoch's name is usually the county year. */
export function emptyTimeline(channel: string, epoch: string, fromCell: number, slate: NamedRevision): Timeline {
  return {
    format: 1,
    channel,
    epochs: [{ name: epoch, baseCell: fromCell, baseDsn: 0 }],
    fromCell,
    firstDsn: FIRST_DSN,
    spans: [],
    slate: slate.revision,
    interrupts: [],
    withdrawn: [],
    revisions: { [slate.revision]: slate.facts },
    items: {},
  };
}

/** First cell (exclusive end of the spans) from which slate loops for ever. */
export function tailCell(timeline: Timeline): number {
  const last = timeline.spans.at(-1);
  return last ? endCell(last) : timeline.fromCell;
}

/** Facts of a revision on the timeline; a timeline that lacks its own revision is broken, so this throws. */
export function revisionFacts(timeline: Timeline, revision: string): RevisionFacts {
  const facts = timeline.revisions[revision];
  if (!facts) throw new RangeError(`timeline of ${timeline.channel} names revision ${revision} but has no facts of it`);
  return facts;
}
