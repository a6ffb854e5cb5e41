import type { Id } from '../../media/contract/ids.ts';
import type { FilmRecord } from './film-record.ts';

/** A film's revision as playback URLs name it. */
export interface PlayableFilm {
  readonly filmId: Id;
  readonly revision: Id;
  /** Whether it has package `cmaf` beside `ts`. */
  readonly hasLanguages: boolean;
  /** BCP 47. */
  readonly subtitles: readonly string[];
  /** How many poster candidates it has, and whether it has a storyboard. */
  readonly posters: number;
  readonly hasStoryboard: boolean;
}

/** Path-absolute playback URLs with their token; playback makes them. */
export interface FilmPaths {
  /** `preview` opens a film also while it is being encoded, so only its owner and reviewers get it. */
  links(
    film: PlayableFilm,
    atMs: number,
    kind: 'film' | 'preview',
  ): {
    readonly hls: string;
    readonly languages?: string;
    readonly storyboard?: string;
    readonly subtitles: { language: string; url: string }[];
    readonly posters: string[];
    readonly expiresAtMs: number;
  };
  /** The upload as it is, for owner and reviewers until the first part is encoded. */
  reviewCopy(
    filmId: Id,
    atMs: number,
  ): {
    readonly hls: string;
    readonly subtitles: { language: string; url: string }[];
    readonly posters: string[];
    readonly expiresAtMs: number;
  };
  /** Of a poster candidate by its number, or of a picture that somebody sent by its name. */
  poster(film: PlayableFilm, poster: number | Id, atMs: number): string;
}

/** What can be played of a film; undefined before its first part. */
export function playableOf(film: FilmRecord): PlayableFilm | undefined {
  if (film.revision === undefined || !film.playable) return undefined;
  const facts = film.package;
  return {
    filmId: film.id,
    revision: film.revision,
    hasLanguages: facts?.packages.includes('cmaf') ?? false,
    subtitles: facts?.subtitles ?? [],
    posters: facts?.posters ?? Number(facts?.hasPoster ?? false),
    hasStoryboard: facts?.hasStoryboard ?? false,
  };
}
