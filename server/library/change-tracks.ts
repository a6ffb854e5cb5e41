import { sameTracks } from '../../media/film/added-track.ts';
import { writeWebvtt, type Cue } from '../../media/film/cue.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import { AppError, notFound } from '../errors.ts';
import { makeAgain } from './apply-tracks.ts';
import { deleteFilm, type DeleteParts } from './delete-film.ts';
import type { FilmRecord, Person, StoredTrack } from './film-record.ts';
import { filmOfChange, newTrack, requireOtherLanguage, requireTrackable } from './film-tracks.ts';
import { requestPrepare, type TranscodeParts } from './request-transcode.ts';

/** What changing the tracks of a film needs. */
export type ChangeTrackParts = TranscodeParts & DeleteParts;

/** Begins a film of its own that has one more set of subtitles than the film, or others in their language. */
export async function addSubtitles(
  parts: ChangeTrackParts,
  film: FilmRecord,
  cues: readonly Cue[],
  written: Omit<StoredTrack, 'id' | 'kind' | 'addedAtMs'>,
): Promise<StoredTrack> {
  requireTrackable(film);
  const track = newTrack({ ...written, kind: 'subtitles', addedAtMs: parts.clock() });
  const content = Buffer.from(writeWebvtt(cues));
  await parts.storage.put(sourceKey(track.id), content);
  await begin(parts, filmOfChange(film, { add: track }, track.by, begun(track, content.length)));
  return track;
}

/** Begins a film of its own without an added track. */
export async function removeTrack(
  parts: ChangeTrackParts,
  film: FilmRecord,
  track: StoredTrack,
  by: Person,
): Promise<void> {
  requireTrackable(film);
  const deed = newTrack({ ...track, addedAtMs: parts.clock() });
  await begin(parts, filmOfChange(film, { remove: track }, by, begun(deed, 0)));
}

/** The row of a language track whose upload begins; its bytes come by tus. */
export function filmOfUpload(
  film: FilmRecord,
  written: Omit<StoredTrack, 'id' | 'kind'>,
  sourceBytes: number,
): FilmRecord {
  requireTrackable(film);
  requireOtherLanguage(film, { kind: 'audio', language: written.language });
  const track = newTrack({ ...written, kind: 'audio' });
  return filmOfChange(film, { add: track }, track.by, { ...begun(track, sourceBytes), state: 'uploading' });
}

const begun = ({ id, filename, addedAtMs, kind, language }: StoredTrack, sourceBytes: number) => ({
  ...{ id, sourceBytes },
  state: 'probing' as const,
  filename: filename ?? `${kind}.${language}.vtt`,
  createdAtMs: addedAtMs,
});

async function begin(parts: ChangeTrackParts, renewal: FilmRecord): Promise<void> {
  await parts.films.insert(renewal);
  await requestPrepare(parts, renewal);
}

/**
 * Takes back what was asked for and not passed yet: an addition, or a removal. Whatever else waits with it is made again
 * without.
 */
export async function takeBack(parts: ChangeTrackParts, renewal: FilmRecord, trackId: string): Promise<void> {
  const changes = renewal.trackChanges ?? [];
  const left = changes.filter((change) => idOf(change) !== trackId);
  if (left.length === changes.length) throw notFound('track');
  if (left.length === 0) {
    await deleteFilm(parts, renewal);
    return;
  }
  if (renewal.state !== 'review') {
    throw new AppError('wrong_state', 'Other tracks are just being made with this one. Try again in a moment.');
  }
  const changed = await parts.films.change(renewal.id, (now) =>
    sameTracks((now.trackChanges ?? []).map(asTrack), changes.map(asTrack)) ? { ...now, trackChanges: left } : now,
  );
  if (changed === undefined) return;
  await makeAgain(parts, changed);
  if (changes.some((change) => 'add' in change && change.add.id === trackId))
    await parts.storage.remove(sourceKey(trackId));
}

const idOf = (change: NonNullable<FilmRecord['trackChanges']>[number]): string => asTrack(change).id;
const asTrack = (change: NonNullable<FilmRecord['trackChanges']>[number]): StoredTrack =>
  'add' in change ? change.add : change.remove;
