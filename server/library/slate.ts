import { DEMO_SLATE } from '../../media/film/demo-films.ts';
import type { NamedRevision } from '../../media/plan/timeline.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { catalogueFilm } from './film-catalogue.ts';
import { moved } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import type { FilmStore } from './film-store.ts';
import { requestPrepare, type TranscodeParts } from './request-transcode.ts';
import { slateFilmId } from './slate-id.ts';

/** What airs where nothing is planned; undefined until it is encoded and passed. */
export async function slateRevision(films: Pick<FilmStore, 'find'>): Promise<NamedRevision | undefined> {
  const film = await films.find(slateFilmId);
  if (film?.state !== 'ready') return undefined;
  const { revision, facts } = catalogueFilm(film);
  return revision === undefined || facts === undefined ? undefined : { revision, facts };
}

/** Enters the slate's file into the library, unless it is there, and has it encoded. The file is moved away. */
export async function enterSlate(
  parts: TranscodeParts & { readonly storage: Storage },
  file: string,
  bytes: number,
): Promise<void> {
  const { films, storage } = parts;
  if ((await films.find(slateFilmId)) !== undefined) return;
  await storage.put(sourceKey(slateFilmId), { file });
  const film = newSlate(bytes, parts.clock());
  try {
    await films.insert(film);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return;
  }
  await requestPrepare(parts, film);
}

/** The house passes its own slate: nobody would have anything to review before the first film is there. */
export async function passSlate({ films, clock }: Pick<TranscodeParts, 'films' | 'clock'>): Promise<void> {
  await films.change(slateFilmId, (film) => (film.state === 'review' ? moved(film, 'ready', clock()) : film));
}

const newSlate = (sourceBytes: number, atMs: number): FilmRecord => ({
  id: slateFilmId,
  version: 1,
  title: DEMO_SLATE.title,
  language: 'zh-CN',
  synopsis: DEMO_SLATE.synopsis,
  audience: 'members',
  state: 'probing',
  stateAtMs: atMs,
  warnings: [],
  filename: DEMO_SLATE.file,
  sourceBytes,
  owner: { id: slateFilmId, name: '远播' },
  place: 'county',
  createdAtMs: atMs,
  attempt: 0,
  playable: false,
  reviews: [],
});
