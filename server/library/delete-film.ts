import { posterPrefix, reviewCopyPrefix, revisionPrefix, sourceKey } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { AppError } from '../errors.ts';
import type { FilmCatalogue, FilmUse } from './film-catalogue.ts';
import type { FilmRecord, StoredTrack } from './film-record.ts';
import { sourceKeyOf } from './film-source.ts';
import type { TranscodeParts } from './request-transcode.ts';
import { slateFilmId } from './slate-id.ts';
import type { UploadFiles } from './upload-files.ts';

/** What deleting needs. */
export interface DeleteParts extends Pick<TranscodeParts, 'films' | 'transcodeQueue' | 'shelf'> {
  readonly storage: Storage;
  readonly uploadFiles: UploadFiles;
  readonly filmCatalogue: Pick<FilmCatalogue, 'usesOf'>;
}

/** 409 `in_plan` with the list of uses, unless no plan and no channel needs the film. */
export async function requireUnused(
  { filmCatalogue }: Pick<DeleteParts, 'filmCatalogue'>,
  film: FilmRecord,
): Promise<void> {
  requireNoSlate(film);
  const uses = (await Promise.all(filmCatalogue.usesOf.map((ask) => ask(film.id)))).flat();
  if (uses.length === 0) return;
  throw new AppError(
    'in_plan',
    `The film is planned: ${uses.slice(0, 5).map(describe).join('; ')}. Take it out of these plans first.`,
    {
      findings: uses,
    },
  );
}

/** 409 `in_plan` for the slate: every channel stands on it, and nobody chooses it. */
export function requireNoSlate(film: FilmRecord): void {
  if (film.id !== slateFilmId) return;
  throw new AppError(
    'in_plan',
    'This is the slate: channels show it whenever nothing else is planned. It stays where it is.',
  );
}

/** Deletes the film's row, then its files and its re-encodes; those of a revision stay while another film has it. */
export async function deleteFilm(parts: DeleteParts, film: FilmRecord): Promise<void> {
  const { films, storage, uploadFiles, transcodeQueue, shelf } = parts;
  if (!(await films.remove(film))) {
    throw new AppError('stale', 'The film changed while it was being deleted. Load it again and repeat.');
  }
  await transcodeQueue.cancel(film).catch(() => undefined);
  await uploadFiles.remove(film.id);
  for (const renewal of await films.renewalsOf(film.id)) await deleteFilm(parts, renewal);
  await storage.remove(sourceKey(film.id));
  if (film.renews === undefined) await storage.remove(sourceKeyOf(film));
  for (const id of film.leftSources ?? []) await storage.remove(sourceKey(id));
  for (const { id } of ownTracks(film)) await storage.remove(sourceKey(id));
  await storage.removeAll(reviewCopyPrefix(film.id));
  await storage.removeAll(posterPrefix(film.id));
  for (const revision of [film.revision, ...(film.earlierRevisions ?? [])]) {
    if (revision === undefined || (await films.hasRevision(revision))) continue;
    shelf.forget(revision);
    await storage.removeAll(revisionPrefix(revision));
  }
}

/** Added tracks whose files go with a film: a film of its own has brought only what it changes. */
const ownTracks = ({ renews, tracks = [], trackChanges = [] }: FilmRecord): readonly StoredTrack[] =>
  renews === undefined ? tracks : trackChanges.flatMap((change) => ('add' in change ? [change.add] : []));

const describe = ({ channel, title, startAtMs }: FilmUse): string =>
  `${title} on ${channel} at ${new Date(startAtMs).toISOString()}`;
