import type { PackageManifest } from '../../media/film/package-manifest.ts';
import { writeWebvtt } from '../../media/film/cue.ts';
import { joinWebvtt } from '../../media/film/slice-webvtt.ts';
import { segmentNumber, sourceKey } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { auditedBy } from '../audit/audited-by.ts';
import { AppError, notFound } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Routes } from '../http/serve.ts';
import { addSubtitles, removeTrack, takeBack } from './change-tracks.ts';
import type { FilmRecord, Person } from './film-record.ts';
import { requireTrackable } from './film-tracks.ts';
import { readSubtitleFile } from './read-subtitle-file.ts';
import { allowed, type LibraryRouteParts } from './routes.ts';
import { trackViews } from './track-view.ts';

type TrackEndpoints = 'listTracks' | 'addSubtitles' | 'removeTrack' | 'readSubtitles';

/** Handlers of the languages and subtitles of films. */
export const trackRoutes = (parts: LibraryRouteParts): Routes<TrackEndpoints> => ({
  listTracks: async (call) => ({ items: await trackViews(parts, await allowed(parts, call, 'preview-film')) }),
  addSubtitles: async (call) => {
    const film = await allowed(parts, call, 'upload-film');
    requireTrackable(film);
    const { language, name, filename, content } = call.body;
    const { cues, findings } = readSubtitleFile(Buffer.from(content, 'base64'), film.durationMs ?? Infinity);
    await parts.audit.write(auditedBy(call, 'film.subtitles', `film/${film.id}`, language));
    const written = { language, name: name ?? language, by: personOf(call.caller) };
    const track = await addSubtitles(parts, film, cues, {
      ...written,
      ...(filename === undefined ? {} : { filename }),
    });
    const view = (await trackViews(parts, film)).find(({ id }) => id === track.id);
    if (view === undefined) throw notFound('track');
    return { track: view, findings: [...findings] };
  },
  removeTrack: async (call) => {
    const film = await allowed(parts, call, 'upload-film');
    const { trackId } = call.params;
    const waiting = (await parts.films.renewalsOf(film.id)).find(({ trackChanges = [] }) =>
      trackChanges.some((change) => ('add' in change ? change.add : change.remove).id === trackId),
    );
    const present = film.tracks?.find(({ id }) => id === trackId);
    if (waiting === undefined && present === undefined) throw foreignTrack(film, trackId);
    await parts.audit.write(auditedBy(call, 'film.track_removed', `film/${film.id}`, trackId));
    if (waiting !== undefined) await takeBack(parts, waiting, trackId);
    else if (present !== undefined) await removeTrack(parts, film, present, personOf(call.caller));
    return { items: await trackViews(parts, film) };
  },
  readSubtitles: async (call) => {
    const film = await allowed(parts, call, 'preview-film');
    return subtitlesOf(parts, film, call.params.trackId);
  },
});

/** A track that came with the film stays; others are not there. */
function foreignTrack(film: FilmRecord, trackId: string): AppError {
  return /^(?:audio|subtitles)-/.test(trackId) && film.package !== undefined
    ? new AppError('wrong_state', 'This track came with the film and stays. Add one of its language to replace it.')
    : notFound('track');
}

/** Subtitles as one file: of what waits as it was handed in, of what the film has joined from its cells. */
async function subtitlesOf(
  { films, shelf, storage }: LibraryRouteParts,
  film: FilmRecord,
  trackId: string,
): Promise<string> {
  for (const { trackChanges = [] } of await films.renewalsOf(film.id)) {
    const waiting = trackChanges.some(
      (change) => 'add' in change && change.add.id === trackId && change.add.kind === 'subtitles',
    );
    if (waiting) return (await storage.read(sourceKey(trackId))).toString('utf8');
  }
  const manifest = film.revision === undefined ? undefined : await shelf.manifest(film.revision);
  const language = film.tracks?.find(({ id }) => id === trackId)?.language ?? trackId.replace(/^subtitles-/, '');
  const track = manifest?.subtitles.find((one) => one.language === language);
  if (track === undefined) throw notFound('track');
  return writeWebvtt(joinWebvtt(await cellsOf(storage, track)));
}

const atOnce = 64;

async function cellsOf(storage: Storage, { path, files }: PackageManifest['subtitles'][number]): Promise<string[]> {
  const cells: string[] = [];
  for (let from = 0; from < files.length; from += atOnce) {
    const some = files
      .slice(from, from + atOnce)
      .map((_file, at) => storage.read(`${path}/${segmentNumber(from + at)}.vtt`));
    cells.push(...(await Promise.all(some)).map((bytes) => bytes.toString('utf8')));
  }
  return cells;
}

function personOf(caller: Caller): Person {
  if (caller.kind === 'user') return { id: caller.id, name: caller.name };
  throw new AppError('sign_in', 'Sign in first.');
}
