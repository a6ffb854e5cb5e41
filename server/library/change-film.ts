import type { CategoryStore } from '../places/category-store.ts';
import { AppError } from '../errors.ts';
import type { FilmRecord } from './film-record.ts';

/** What may be changed of what is written about a film. */
export type FilmWords = {
  readonly [Field in 'title' | 'category' | 'language' | 'synopsis' | 'audience']?: FilmRecord[Field] | undefined;
};

/** The film with other words; passes stay, because they speak of the pictures. */
export function withWords(film: FilmRecord, words: FilmWords): FilmRecord {
  const changed = Object.fromEntries(
    Object.entries(words).filter(([field, value]) => value !== undefined && film[field as keyof FilmWords] !== value),
  );
  return Object.keys(changed).length === 0 ? film : { ...film, ...changed };
}

/** The category of a code or name; 400 `unknown_category` with those that there are. */
export async function requireCategory(
  categories: Pick<CategoryStore, 'find' | 'list'>,
  wanted: string,
): Promise<string> {
  const category = await categories.find(wanted);
  if (category !== undefined) return category.code;
  const names = (await categories.list()).map(({ name }) => name).join(', ');
  throw new AppError('unknown_category', `There is no category "${wanted}". Use one of: ${names}.`);
}
