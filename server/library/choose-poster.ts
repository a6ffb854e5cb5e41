import { createHash } from 'node:crypto';
import { type Id, idOfDigest } from '../../media/contract/ids.ts';
import type { PosterChoice } from '../../media/contract/posters.ts';
import { posterKey } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { AppError } from '../errors.ts';
import { drawPoster } from './draw-poster.ts';
import { playableOf } from './film-playback.ts';
import type { FilmRecord } from './film-record.ts';
import type { FilmStore } from './film-store.ts';

/** What can stand for a film: its candidates, the best first, then the picture that was sent. */
export const posterChoices = (film: FilmRecord): readonly PosterChoice[] => [
  ...Array.from({ length: playableOf(film)?.posters ?? 0 }, (_none, at) => at),
  ...(film.ownPoster === undefined ? [] : (['own'] as const)),
];

/** The choice that stands for a film now; one that another version does not have any more gives way to the best. */
export function chosenPoster(film: FilmRecord): PosterChoice | undefined {
  const choices = posterChoices(film);
  return choices.find((choice) => choice === film.poster) ?? choices[0];
}

/** A choice as playback names it: a candidate by its number, the sent picture by its id. */
export const posterName = (film: FilmRecord, choice: PosterChoice | undefined): number | Id | undefined =>
  choice === 'own' ? film.ownPoster : choice;

/** What stands for a film, as playback names it. */
export const posterOf = (film: FilmRecord): number | Id | undefined => posterName(film, chosenPoster(film));

/** The film with another picture; 422 for one that it does not have. */
export function withPoster(film: FilmRecord, poster: PosterChoice): FilmRecord {
  if (posterChoices(film).includes(poster)) return film.poster === poster ? film : { ...film, poster };
  const message = 'This film has no such picture. Ask for its pictures and choose one of them.';
  throw new AppError('invalid', message, { fields: [{ path: 'poster', message }] });
}

/** Draws a poster from a picture that somebody sent, keeps it instead of the one before, and chooses it. */
export async function sendPoster(
  { films, storage }: { readonly films: FilmStore; readonly storage: Storage },
  film: FilmRecord,
  bytes: Uint8Array,
): Promise<FilmRecord | undefined> {
  const drawn = await drawPoster(bytes);
  const ownPoster = idOfDigest(createHash('sha256').update(drawn).digest());
  await storage.put(posterKey(film.id, ownPoster), drawn);
  const before = (await films.find(film.id))?.ownPoster;
  const changed = await films.change(film.id, (now) => ({ ...now, ownPoster, poster: 'own' }));
  if (before !== undefined && before !== ownPoster) await storage.remove(posterKey(film.id, before));
  return changed;
}
