import type { z } from 'zod';
import type { trackSchema } from '../../media/contract/tracks.ts';
import type { TrackKind } from '../../media/film/added-track.ts';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import type { FilmState } from '../../media/film/film-state.ts';
import type { FilmRecord, StoredTrack } from './film-record.ts';
import type { FilmStore } from './film-store.ts';
import type { Shelf } from './shelf.ts';
import type { UploadFiles } from './upload-files.ts';

type TrackView = z.input<typeof trackSchema>;

/** What showing tracks needs. */
export interface TrackViewParts {
  readonly films: Pick<FilmStore, 'renewalsOf'>;
  readonly shelf: Pick<Shelf, 'manifest'>;
  readonly uploadFiles: Pick<UploadFiles, 'receivedBytes'>;
}

/** The tracks of a film in the contract's shape: what it has first, then what is on its way, oldest first. */
export async function trackViews(parts: TrackViewParts, film: FilmRecord): Promise<TrackView[]> {
  const manifest = film.revision === undefined ? undefined : await parts.shelf.manifest(film.revision);
  const waiting = (await parts.films.renewalsOf(film.id)).filter(({ trackChanges }) => trackChanges !== undefined);
  const removals = new Map<string, FilmRecord>(
    waiting.flatMap((renewal) =>
      (renewal.trackChanges ?? []).flatMap((change) =>
        'remove' in change ? [[change.remove.id, renewal] as const] : [],
      ),
    ),
  );
  const present = manifest === undefined ? [] : presentTracks(film, manifest);
  const added = await Promise.all(
    waiting.flatMap((renewal) =>
      (renewal.trackChanges ?? []).flatMap((change) =>
        'add' in change ? [waitingTrack(parts, renewal, change.add)] : [],
      ),
    ),
  );
  return [
    ...present.map((track) => {
      const removal = removals.get(track.id);
      return removal === undefined ? track : { ...track, ...standing(removal), change: 'remove' as const };
    }),
    ...added,
  ];
}

function presentTracks(film: FilmRecord, { cmaf, languages, subtitles }: PackageManifest): TrackView[] {
  const sounds = cmaf?.audio ?? languages.map((language) => ({ language, name: language }));
  const view =
    (kind: TrackKind) =>
    ({ language, name }: Pick<StoredTrack, 'language' | 'name'>): TrackView => {
      const added = film.tracks?.find((track) => track.kind === kind && track.language === language);
      return added === undefined
        ? { id: `${kind}-${language}`, kind, language, name, isOwn: true, state: 'ready' }
        : { ...writtenOf(added), state: 'ready' };
    };
  return [...sounds.map(view('audio')), ...subtitles.map(view('subtitles'))];
}

const writtenOf = ({ id, kind, language, name, filename, by, addedAtMs }: StoredTrack) => ({
  ...{ id, kind, language, name, addedAtMs },
  isOwn: false,
  addedBy: by.name,
  ...(filename === undefined ? {} : { filename }),
});

const stateOf: Readonly<Partial<Record<FilmState, TrackView['state']>>> = {
  uploading: 'uploading',
  review: 'review',
  // Passed, and about to take its film's place.
  ready: 'review',
  refused: 'refused',
  failed: 'failed',
};

const standing = (renewal: FilmRecord) => ({
  state: stateOf[renewal.state] ?? ('making' as const),
  filmId: renewal.id,
  ...(renewal.problem === undefined ? {} : { problem: renewal.problem }),
});

async function waitingTrack(parts: TrackViewParts, renewal: FilmRecord, track: StoredTrack): Promise<TrackView> {
  const received = renewal.state === 'uploading' ? ((await parts.uploadFiles.receivedBytes(renewal.id)) ?? 0) : 0;
  const ratio = renewal.state === 'uploading' ? received / Math.max(1, renewal.sourceBytes) : renewal.progress?.ratio;
  return {
    ...writtenOf(track),
    ...standing(renewal),
    change: 'add',
    warnings: renewal.warnings.filter(({ values }) => values?.['language'] === track.language),
    ...(ratio === undefined ? {} : { ratio: Math.min(1, ratio) }),
  };
}
