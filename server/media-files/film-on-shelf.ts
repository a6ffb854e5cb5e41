import type { PackageFile } from '../../media/film/package-files.ts';

/** A revision as viewers find it: its files and its playlists, by the names of playback paths. */
export interface FilmOnShelf {
  /** Whole and verified; otherwise it is still being encoded and its playlists grow. */
  readonly finished: boolean;
  readonly file: (name: string) => PackageFile | undefined;
  readonly playlist: (name: string) => string | undefined;
}
