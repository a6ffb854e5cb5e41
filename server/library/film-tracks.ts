import type { Id } from '../../media/contract/ids.ts';
import type { TranscodeJob } from '../../media/contract/transcode-job.ts';
import { type AddedTrack, changeTracks } from '../../media/film/added-track.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import { AppError } from '../errors.ts';
import { newId } from '../new-id.ts';
import { without } from './film-moves.ts';
import type { FilmRecord, Person, StoredTrack, StoredTrackChange } from './film-record.ts';
import type { FilmStore } from './film-store.ts';
import type { Shelf } from './shelf.ts';

/** What knowing the tracks of films needs. */
export interface TrackParts {
  readonly films: Pick<FilmStore, 'find' | 'renewalsOf'>;
  readonly shelf: Pick<Shelf, 'manifest'>;
}

/** What a revision with added tracks is made of. */
export interface TrackWork {
  /** The revision without added tracks. */
  readonly base: Id;
  readonly tracks: readonly StoredTrack[];
  /** What it changes about the film that it renews, what others asked for included. */
  readonly changes: readonly StoredTrackChange[];
  /** Films of their own whose changes are in it: they are not needed any more. */
  readonly merged: readonly FilmRecord[];
}

/** 409 with the cure unless tracks can be added to a film or taken from it. */
export function requireTrackable(film: FilmRecord): void {
  if (film.renews !== undefined) {
    throw new AppError('wrong_state', 'This is a new version of another film: change the tracks of that one.');
  }
  if ((film.state !== 'ready' && film.state !== 'review') || film.package === undefined) {
    throw new AppError(
      'wrong_state',
      `A film in state ${film.state} takes no tracks yet: wait until it is encoded, then add them.`,
    );
  }
}

/** 422 for the language of the film's own sound: the pictures carry it. */
export function requireOtherLanguage(
  film: FilmRecord,
  { kind, language }: Pick<AddedTrack, 'kind' | 'language'>,
): void {
  const [main = film.language] = film.package?.languages ?? [];
  if (kind !== 'audio' || language.toLowerCase() !== main.toLowerCase()) return;
  const message = `${language} is the language of the film’s own sound. Choose another language, or upload the film anew with the right sound.`;
  throw new AppError('invalid', message, { fields: [{ path: 'language', message }] });
}

const titleMarks = { audio: '音轨', subtitles: '字幕' } as const;
const longestTitle = 100;

/** The film of its own that carries a change of tracks through making and review; its film stays on air meanwhile. */
export function filmOfChange(
  film: FilmRecord,
  change: StoredTrackChange,
  by: Person,
  begun: Pick<FilmRecord, 'id' | 'state' | 'filename' | 'sourceBytes' | 'createdAtMs'>,
): FilmRecord {
  const { kind, language } = 'add' in change ? change.add : change.remove;
  const mark = `（${'add' in change ? '新' : '删'}${titleMarks[kind]} ${language}）`;
  return {
    ...without(
      film,
      ...(['revision', 'package', 'duplicateOf', 'progress', 'problem', 'queuedAtMs', 'tracks'] as const),
      ...(['earlierRevisions', 'originalDropped', 'leftSources', 'bumpedAtMs', 'pausedAtMs'] as const),
    ),
    ...begun,
    version: 1,
    title: `${film.title.slice(0, longestTitle - mark.length)}${mark}`,
    stateAtMs: begun.createdAtMs,
    owner: by,
    warnings: [],
    attempt: 0,
    playable: false,
    reviews: [],
    renews: film.id,
    trackChanges: [change],
  };
}

/** A track that somebody adds; it has the id of the film of its own, under which its file lies. */
export const newTrack = (
  track: Omit<StoredTrack, 'id' | 'addedAtMs'> & { readonly addedAtMs: number },
): StoredTrack => ({ ...track, id: newId(track.addedAtMs) });

/**
 * What a film's revision with added tracks is to be made of as things are; undefined for a film without such. Others that were
 * made for the same film and wait for their review are joined into it, so that passing one loses none.
 */
export async function trackWork(parts: TrackParts, film: FilmRecord): Promise<TrackWork | undefined> {
  const { films, shelf } = parts;
  const renewed = film.renews === undefined ? undefined : await films.find(film.renews);
  const source = film.trackChanges === undefined ? film : renewed;
  if (source?.revision === undefined) return undefined;
  const manifest = await shelf.manifest(source.revision);
  if (manifest === undefined) return undefined;
  const base = manifest.base ?? manifest.revision;
  const known = (renewed ?? film).tracks ?? [];
  if (film.trackChanges === undefined) {
    return known.length === 0 ? undefined : { base, tracks: known, changes: [], merged: [] };
  }
  const merged = (await films.renewalsOf(source.id)).filter(
    ({ id, state, trackChanges }) => id !== film.id && state === 'review' && trackChanges !== undefined,
  );
  const changes = [...merged.flatMap(({ trackChanges = [] }) => trackChanges), ...film.trackChanges];
  const tracks = changes.reduce((list, change) => changeTracks(list, change), known);
  return { base, tracks, changes, merged };
}

/** The job that makes it. */
export const tracksJob = (film: FilmRecord, { base, tracks }: TrackWork): TranscodeJob => ({
  kind: 'tracks',
  filmId: film.id,
  attempt: film.attempt,
  base,
  tracks: tracks.map(({ id, kind, language, name }) => ({ id, kind, language, name, sourceKey: sourceKey(id) })),
});
