import { distance } from 'fastest-levenshtein';
import type { SheetRowView } from '../../media/contract/sheet.ts';
import { idSchema } from '../../media/contract/ids.ts';
import type { SheetRow } from '../../media/sheet/read-sheet.ts';
import type { SheetFilm } from '../../media/sheet/apply-sheet.ts';
import type { FilmTitle } from '../library/film-catalogue.ts';

type Match = SheetRowView['match'];

const mostCandidates = 5;
/** Share of characters that may differ between a title and one that is offered. */
const mostDifferent = 0.5;
/** Among how many films that share most characters the nearest is looked for. */
const mostCompared = 50;

/** Finds films by what a sheet calls them; the same title is looked up once. */
export function filmMatcher(films: readonly FilmTitle[]): (row: Pick<SheetRow, 'film' | 'title'>) => Match {
  const index = indexOf(films);
  const known = new Map<string, Match>();
  return ({ film, title }) => {
    const key = `${film ?? ''}\n${title}`;
    const found = known.get(key) ?? matchOf(index, film, title);
    known.set(key, found);
    return found;
  };
}

interface Indexed extends FilmTitle {
  readonly plain: string;
}

interface FilmIndex {
  readonly byId: ReadonlyMap<string, Indexed>;
  readonly byTitle: ReadonlyMap<string, readonly Indexed[]>;
  readonly byPlain: ReadonlyMap<string, readonly Indexed[]>;
  readonly byPinyin: ReadonlyMap<string, readonly Indexed[]>;
  readonly byCharacter: ReadonlyMap<string, readonly Indexed[]>;
}

/** A title without what people leave out or type otherwise: width, case, spaces, book-title marks and other punctuation. */
const plainTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\.(mp4|mkv|mov|avi|wmv|flv|ts|mts|webm|mpe?g)$/u, '')
    .replace(/[\p{P}\p{S}\s]/gu, '');

function indexOf(films: readonly FilmTitle[]): FilmIndex {
  const indexed = films.map((film) => ({ ...film, plain: plainTitle(film.title) }));
  const grouped = (keysOf: (film: Indexed) => Iterable<string>): ReadonlyMap<string, readonly Indexed[]> => {
    const groups = new Map<string, Indexed[]>();
    for (const film of indexed) {
      for (const key of new Set(keysOf(film))) {
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [film]);
        else group.push(film);
      }
    }
    return groups;
  };
  return {
    byId: new Map(indexed.map((film) => [film.filmId, film])),
    byTitle: grouped(({ title }) => [title.normalize('NFC').trim()]),
    byPlain: grouped(({ plain }) => [plain]),
    byPinyin: grouped(({ readings }) => readings),
    byCharacter: grouped(({ plain }) => plain),
  };
}

function matchOf(index: FilmIndex, number: string | undefined, title: string): Match {
  const byNumber = number === undefined ? undefined : index.byId.get(number.toLowerCase());
  if (byNumber !== undefined) return certain('number', byNumber);
  const plain = plainTitle(title);
  const steps = [
    ['exact', index.byTitle.get(title.normalize('NFC').trim())],
    ['same', plain === '' ? undefined : index.byPlain.get(plain)],
    ['pinyin', /[^\x20-\x7e]/u.test(plain) ? undefined : index.byPinyin.get(plain)],
  ] as const;
  for (const [kind, found] of steps) {
    const [first, second] = found ?? [];
    if (first === undefined) continue;
    if (second === undefined) return certain(kind, first);
    return { kind: 'alike', candidates: (found ?? []).slice(0, mostCandidates).map(filmOf) };
  }
  const candidates = nearest(index, plain).map(filmOf);
  return { kind: candidates.length === 0 ? 'none' : 'alike', candidates };
}

const filmOf = ({ filmId, title, durationMs }: Indexed): Match['candidates'][number] => ({
  ...{ filmId: idSchema.parse(filmId), title },
  ...(durationMs === undefined ? {} : { durationMs }),
});

const certain = (kind: Match['kind'], film: Indexed): Match => ({ kind, film: filmOf(film), candidates: [] });

/** Films whose titles differ in few characters, nearest first; a title that holds the other one counts as near. */
function nearest(index: FilmIndex, plain: string): readonly Indexed[] {
  if (plain.length < 2) return [];
  const shared = new Map<Indexed, number>();
  for (const character of new Set(plain)) {
    for (const film of index.byCharacter.get(character) ?? []) shared.set(film, (shared.get(film) ?? 0) + 1);
  }
  return [...shared]
    .sort(([a, x], [b, y]) => y - x || a.plain.length - b.plain.length || (a.filmId < b.filmId ? -1 : 1))
    .slice(0, mostCompared)
    .map(([film]) => ({ film, apart: apartness(film.plain, plain) }))
    .filter(({ apart }) => apart <= mostDifferent)
    .sort((a, b) => a.apart - b.apart || (a.film.filmId < b.film.filmId ? -1 : 1))
    .slice(0, mostCandidates)
    .map(({ film }) => film);
}

function apartness(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 2 && long.includes(short)) return 0.3 * (1 - short.length / long.length);
  return distance(a, b) / long.length;
}

/** The film of a row that needs nobody's choice. */
export const certainFilm = ({ film }: Match): SheetFilm | undefined =>
  film === undefined
    ? undefined
    : {
        ...{ filmId: film.filmId, title: film.title },
        ...(film.durationMs === undefined ? {} : { durationMs: film.durationMs }),
      };
