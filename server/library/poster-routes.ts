import { auditedBy } from '../audit/audited-by.ts';
import { AppError, notFound } from '../errors.ts';
import type { Routes } from '../http/serve.ts';
import { chosenPoster, posterChoices, posterName, sendPoster, withPoster } from './choose-poster.ts';
import { playableOf } from './film-playback.ts';
import type { FilmRecord } from './film-record.ts';
import { allowed, type LibraryRouteParts } from './routes.ts';

type PosterEndpoints = 'listPosters' | 'choosePoster' | 'sendPoster';

/** Handlers of the pictures that stand for films. */
export const posterRoutes = (parts: LibraryRouteParts): Routes<PosterEndpoints> => ({
  listPosters: async (call) => postersOf(parts, await allowed(parts, call, 'preview-film'), call.atMs),
  choosePoster: async (call) => {
    const film = await allowed(parts, call, 'edit-film');
    const { poster } = call.body;
    withPoster(film, poster);
    await parts.audit.write(auditedBy(call, 'film.poster', `film/${film.id}`, String(poster)));
    return postersOf(parts, await parts.films.change(film.id, (now) => withPoster(now, poster)), call.atMs);
  },
  sendPoster: async (call) => {
    const film = await allowed(parts, call, 'edit-film');
    if (playableOf(film) === undefined) {
      throw new AppError('not_ready', 'Nothing of this film is encoded yet. Send its picture when it can be watched.');
    }
    await parts.audit.write(auditedBy(call, 'film.poster', `film/${film.id}`, 'own'));
    return postersOf(parts, await sendPoster(parts, film, call.body), call.atMs);
  },
});

function postersOf({ filmPaths }: LibraryRouteParts, film: FilmRecord | undefined, atMs: number) {
  if (film === undefined) throw notFound('film');
  const playable = film.state === 'withdrawn' ? undefined : playableOf(film);
  if (playable === undefined) return { items: [] };
  const chosen = chosenPoster(film);
  const items = posterChoices(film).flatMap((poster) => {
    const name = posterName(film, poster);
    if (name === undefined) return [];
    return [{ poster, path: filmPaths.poster(playable, name, atMs), isChosen: poster === chosen }];
  });
  return { items };
}
