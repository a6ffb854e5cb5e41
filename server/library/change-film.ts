import { createHash } from 'node:crypto';
import type { CategoryStore } from '../places/category-store.ts';
import { AppError } from '../errors.ts';
import { without } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';

type Limit = 'airFrom' | 'airUntil';

/** What may be changed of what is written about a film; `null` takes a day of its air window away. */
export type FilmWords = {
  readonly [Field in 'title' | 'category' | 'language' | 'synopsis' | 'chapters' | 'audience']?:
    FilmRecord[Field] | undefined;
} & { readonly [Field in Limit]?: FilmRecord[Field] | null | undefined };

/** The film with other words; passes stay, because they speak of the pictures. 422 where its last day is before its first. */
export function withWords(film: FilmRecord, words: FilmWords): FilmRecord {
  const changed = Object.fromEntries(
    Object.entries(words).filter(
      ([field, value]) => value !== undefined && (film[field as keyof FilmWords] ?? null) !== value,
    ),
  );
  if (Object.keys(changed).length === 0) return film;
  const gone = (['airFrom', 'airUntil'] as const).filter((field) => changed[field] === null);
  const next: FilmRecord = without({ ...film, ...changed }, ...gone);
  requireDays(next);
  return next;
}

/** The film on the featured shelf, or off it. */
export function withFeatured(film: FilmRecord, featured: boolean): FilmRecord {
  if (featured === (film.featured ?? false)) return film;
  return featured ? { ...film, featured } : without(film, 'featured');
}

function requireDays({ airFrom, airUntil }: FilmRecord): void {
  if (airFrom === undefined || airUntil === undefined || airFrom <= airUntil) return;
  const message = `The last day lies before the first, ${airFrom}. Choose a later one.`;
  throw new AppError('invalid', `airUntil: ${message}`, { fields: [{ path: 'airUntil', message }] });
}

const written = ['title', 'category', 'language', 'synopsis', 'chapters', 'audience', 'airFrom', 'airUntil'] as const;

/** Names what people wrote about a film: it stays the same while the film is made and reviewed. */
export const wordsVersion = (film: FilmRecord): string =>
  createHash('sha256')
    .update(JSON.stringify(written.map((field) => film[field] ?? null)))
    .digest('hex')
    .slice(0, 16);

/** A film's ETag: its words, and behind a dot all else that a reader may see change. */
export const filmEtag = (film: FilmRecord): string =>
  `"${wordsVersion(film)}.${film.version}.${film.progress?.atMs ?? 0}"`;

/** 412 `stale` where somebody else wrote about the film since the version that is named (RFC 9110, 13.1.1). */
export function requireWords(film: FilmRecord, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch.split('.')[0] === wordsVersion(film)) return;
  throw new AppError(
    'stale',
    'Somebody else wrote about this film in the meantime. Load it again, look at the change and repeat yours.',
  );
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
