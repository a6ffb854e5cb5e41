import { call } from '../../session/api.ts';
import type { FilmWords } from './upload-entry.ts';

/** What the film of an upload is called now; nothing where it is gone. */
export async function readWords(filmId: string): Promise<Partial<FilmWords>> {
  try {
    const { title, category, language, synopsis } = await call('readFilm', { params: { id: filmId } });
    return {
      ...{ title, language },
      ...(category === undefined ? {} : { category }),
      ...(synopsis === undefined ? {} : { synopsis }),
    };
  } catch {
    return {};
  }
}

/** Gives a film what is written about it; an empty title or synopsis is left as it was. */
export async function saveWords(
  filmId: string,
  { title, category, language, synopsis = '' }: FilmWords,
): Promise<void> {
  const body = {
    language,
    ...(title.trim() === '' ? {} : { title }),
    ...(category === undefined ? {} : { category }),
    ...(synopsis.trim() === '' ? {} : { synopsis }),
  };
  await call('changeFilm', { params: { id: filmId }, body });
}
