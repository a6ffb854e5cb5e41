import type { Audience } from '../../media/contract/library.ts';
import type { Id } from '../../media/contract/ids.ts';
import type { PosterChoice } from '../../media/contract/posters.ts';
import type { GapCard } from '../../media/contract/gap-card.ts';
import type { FilmProblem, TranscodeProgress } from '../../media/contract/transcode-job.ts';
import type { AddedTrack } from '../../media/film/added-track.ts';
import type { Chapter } from '../../media/film/chapters.ts';
import type { FilmState } from '../../media/film/film-state.ts';

/** Somebody as written beside what they did; the name is the one they had then. */
export interface Person {
  readonly id: Id;
  readonly name: string;
}

/** One verdict on a film; it speaks of the revision that the reviewer saw and of no other. */
export interface ReviewEntry {
  readonly by: Person;
  readonly decision: 'pass' | 'return';
  readonly reason?: string;
  /** Where in the film it is, on its clock. */
  readonly positionMs?: number;
  readonly atMs: number;
  readonly revision: Id;
}

/** An added track as the library keeps it. */
export interface StoredTrack extends AddedTrack {
  readonly filename?: string;
  readonly by: Person;
  readonly addedAtMs: number;
}
export type StoredTrackChange = { readonly add: StoredTrack } | { readonly remove: StoredTrack };

/** What of a manifest is needed in lists, plans and playback URLs; the whole manifest stays on the shelf. */
export interface PackageFacts {
  readonly durationMs: number;
  /** Cells. */
  readonly segments: number;
  /** Highest first. */
  readonly rungs: readonly {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly bandwidthBps: number;
  }[];
  readonly languages: readonly string[];
  readonly subtitles: readonly string[];
  readonly packages: readonly ('ts' | 'cmaf')[];
  readonly hasPoster: boolean;
  /** Poster candidates, the best first, and whether there is a storyboard; absent in documents of earlier versions. */
  readonly posters?: number;
  readonly hasStoryboard?: boolean;
  /** Those of the upload; absent where it has none. */
  readonly chapters?: readonly Chapter[];
  /** Whether it has the certificate; absent in documents of earlier versions, which certified every film. */
  readonly isChannelReady?: boolean;
}

/** How far the making of a film is, as last reported; shown by every replica. */
export interface FilmProgress {
  readonly phase: TranscodeProgress['phase'];
  /** Of the whole film, 0 to 1. */
  readonly ratio: number;
  /** Film time over wall time of the job that reported. */
  readonly speed?: number;
  /** Time left as estimated at `atMs`. */
  readonly etaMs?: number;
  readonly atMs: number;
}

/** What a film shows that is no upload but a card between programmes (media/plan/gap-cards.ts). */
export interface CardFilm {
  readonly shows: GapCard;
  /** The package that its channel airs. */
  readonly package: 'ts' | 'cmaf';
}

/** A film as the library keeps it: one document, changed by compare-and-swap on `version`. */
export interface FilmRecord {
  readonly id: Id;
  readonly version: number;
  readonly title: string;
  readonly category?: string;
  /** BCP 47 of the main audio. */
  readonly language: string;
  readonly synopsis?: string;
  /** As its producer wrote them, instead of those of the upload. */
  readonly chapters?: readonly Chapter[];
  readonly audience: Audience;
  /** The county recommends it; absent where not. */
  readonly featured?: true;
  /** The picture that stands for it. @defaultValue the first candidate */
  readonly poster?: PosterChoice;
  /** The picture that somebody sent, whether it is chosen or not. */
  readonly ownPoster?: Id;
  /** First and last county date on which channels may show it, both inclusive. */
  readonly airFrom?: string;
  readonly airUntil?: string;
  readonly state: FilmState;
  readonly stateAtMs: number;
  readonly problem?: FilmProblem;
  readonly warnings: readonly FilmProblem[];
  readonly filename: string;
  readonly sourceBytes: number;
  readonly sourceSha256?: string;
  readonly owner: Person;
  readonly place: string;
  readonly createdAtMs: number;
  /** How often people asked again; part of job ids, so that a new try is a new job. */
  readonly attempt: number;
  /** When its encode was planned: of two films that nothing else tells apart the earlier is encoded first. */
  readonly queuedAtMs?: number;
  /** When somebody put its encode first by hand. */
  readonly bumpedAtMs?: number;
  /** Since when its encode is held by hand. */
  readonly pausedAtMs?: number;
  readonly revision?: Id;
  readonly durationMs?: number;
  readonly package?: PackageFacts;
  readonly progress?: FilmProgress;
  /** A first part can be played by those who may preview. */
  readonly playable: boolean;
  readonly reviews: readonly ReviewEntry[];
  readonly duplicateOf?: Id;
  /** The film whose new version this is: it takes that one's place when it is passed. */
  readonly renews?: Id;
  /** Under which id its upload lies. @defaultValue that of the film it renews, else its own */
  readonly sourceId?: Id;
  /** Ids of uploads and tracks that it does not need any more, until they are removed. */
  readonly leftSources?: readonly Id[];
  /** Languages and subtitles that were added to what the upload has. */
  readonly tracks?: readonly StoredTrack[];
  /** What a film of its own changes about the tracks of the film that it renews, in the order in which it was asked. */
  readonly trackChanges?: readonly StoredTrackChange[];
  /** Set on cards, which lists leave out. */
  readonly card?: CardFilm;
  /** Revisions that a re-encode replaced; timelines may show them still. */
  readonly earlierRevisions?: readonly Id[];
  /** When its stored files were last found as recorded; when a look at them was asked for that nobody answered yet. */
  readonly verifiedAtMs?: number;
  readonly verifyAskedAtMs?: number;
  /** How many parts of its files that look has read so far. */
  readonly verifyNext?: { readonly part: number; readonly of: number };
  /** A ready film whose stored files were found damaged; it may not be shown until they are made again. */
  readonly damage?: { readonly atMs: number; readonly revision: Id; readonly finding: string };
  /** The upload was dropped after the film was passed (county setting `keepOriginals`). */
  readonly originalDropped?: boolean;
}
