import { filmForStick, type FilmForStick, type StickWish } from '../../media/film/film-for-stick.ts';
import { mergedFragment, mergeInits } from '../../media/film/merged-mp4.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { AppError } from '../errors.ts';
import type { SentFile } from '../http/send-file.ts';
import type { FilmRecord } from './film-record.ts';
import type { Shelf } from './shelf.ts';
import { requireNotGone } from './withdraw-film.ts';

/** One piece of the file: where it begins there, how long it is, and how its bytes are had. */
interface Piece {
  readonly at: number;
  readonly bytes: number;
  /** The bytes [from, to) of the piece. */
  readonly read: (from: number, to: number) => Promise<Buffer>;
}

/** One file of a passed film for whoever carries it to a place without a network; 409 before it is passed. */
export async function downloadFilm(
  parts: { readonly shelf: Pick<Shelf, 'manifest'>; readonly storage: Storage },
  film: FilmRecord,
  wish: StickWish,
): Promise<SentFile> {
  requireNotGone(film);
  const manifest =
    film.state === 'ready' && film.revision !== undefined ? await parts.shelf.manifest(film.revision) : undefined;
  if (manifest === undefined) {
    throw new AppError('not_ready', 'Only a film that was passed can be taken away. Have it reviewed first.');
  }
  const file = filmForStick(manifest, wish);
  if ('missing' in file) {
    const known = file.known.length === 0 ? 'none' : file.known.join(', ');
    throw new AppError('not_found', `The film has no such ${file.missing}. It has: ${known}.`);
  }
  const pieces = await piecesOf(parts.storage, file);
  const last = pieces.at(-1);
  const isMain = file.language === (manifest.languages[0] ?? file.language);
  return {
    filename: `${portableName(film.title)}${isMain ? '' : `.${file.language}`}.${file.kind}`,
    type: file.kind === 'ts' ? 'video/mp2t' : 'video/mp4',
    bytes: last === undefined ? 0 : last.at + last.bytes,
    etag: `"${manifest.revision}-${file.rung}-${file.language}"`,
    read: (from, to) => readPieces(pieces, from, to),
  };
}

/** A name that FAT and Windows take too. */
const portableName = (title: string): string => title.replace(/[\\/:*?"<>|]/g, '_').replace(/[. ]+$/, '') || 'film';

async function piecesOf(storage: Storage, file: FilmForStick): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (bytes: number, read: Piece['read']): void => {
    pieces.push({ at, bytes, read });
    at += bytes;
  };
  if (file.kind === 'ts') {
    for (const { key, bytes } of file.parts) add(bytes, (from, to) => storage.read(key, { from, to }));
    return pieces;
  }
  const init = Buffer.from(
    mergeInits(await storage.read(file.inits.video.key), await storage.read(file.inits.audio.key)),
  );
  add(init.length, (from, to) => Promise.resolve(init.subarray(from, to)));
  for (const { key, bytes, track, sequence } of file.parts) {
    add(bytes, async (from, to) =>
      Buffer.from(mergedFragment(await storage.read(key), { track, sequence, frameRate: file.frameRate })).subarray(
        from,
        to,
      ),
    );
  }
  return pieces;
}

async function* readPieces(pieces: readonly Piece[], from: number, to: number): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    const end = piece.at + piece.bytes;
    if (end <= from || piece.at >= to) continue;
    yield await piece.read(Math.max(0, from - piece.at), Math.min(piece.bytes, to - piece.at));
  }
}
