/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { Film } from '../../../media/contract/library.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { Absent } from '../absent.tsx';
import { ContinueWatching } from '../continue-watching.tsx';
import { FilmCard } from '../film-card.tsx';
import { call, loadFeatured } from '../member.ts';
import { go } from '../navigate.tsx';
import { useTitle } from '../use-title.ts';
import type { MemberWords } from '../words.ts';

/** What of the library is looked at. */
interface Wanted {
  readonly category?: string | undefined;
  readonly query?: string | undefined;
}

const pageSize = '24';
const typedForMs = 300;

/** Films by category, found by title, pinyin or initials; what is looked for stands in the address, so that BACK finds it again. */
export function LibraryScreen({ category, query = '', words }: Wanted & { words: MemberWords }) {
  const [typed, setTyped] = useState(query);
  const categories = useLoaded('categories', () => call('listCategories'));
  useTitle(words.library, words);
  const look = (wanted: Wanted) => go({ page: 'library', ...given({ category, query, ...wanted }) }, 'replace');
  useEffect(() => {
    if (typed.trim() === query) return;
    const timer = setTimeout(() => look({ query: typed.trim() }), typedForMs);
    return () => clearTimeout(timer);
  });
  const isWhole = category === undefined && query === '';
  return (
    <section>
      <h1 class="for-readers">{words.library}</h1>
      <input
        class="search"
        type="search"
        value={typed}
        placeholder={words.search}
        aria-label={words.search}
        maxLength={60}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <nav class="days" aria-label={words.category}>
        <button aria-pressed={category === undefined} onClick={() => look({ category: undefined })}>
          {words.allFilms}
        </button>
        {(categories.value?.items ?? []).map((entry) => (
          <button
            key={entry.code}
            aria-pressed={category === entry.code}
            onClick={() => look({ category: entry.code })}
          >
            {entry.name}
          </button>
        ))}
      </nav>
      {isWhole ? <ContinueWatching words={words} /> : null}
      {isWhole ? <Featured words={words} /> : null}
      {isWhole ? <h2 class="shelf-name">{words.newest}</h2> : null}
      <FilmList key={`${category ?? ''}-${query}`} {...{ category, query, words }} />
    </section>
  );
}

const given = ({ category, query }: Wanted) => ({
  ...(category === undefined ? {} : { category }),
  ...(query === undefined || query === '' ? {} : { query }),
});

/** Films that everybody should watch, before all others. */
function Featured({ words }: { words: MemberWords }) {
  const films = useLoaded('featured', loadFeatured).value ?? [];
  if (films.length === 0) return null;
  return (
    <section aria-labelledby="featured">
      <h2 id="featured" class="shelf-name">
        {words.featured}
      </h2>
      <ul class="shelf">
        {films.map((film) => (
          <FilmCard key={film.id} film={film} />
        ))}
      </ul>
    </section>
  );
}

/** One page of films after another. */
function FilmList({ category, query, words }: Wanted & { words: MemberWords }) {
  const [before, setBefore] = useState<readonly Film[]>([]);
  const [cursor, setCursor] = useState<string>();
  const page = useLoaded(`films-${cursor ?? ''}`, () =>
    call('listFilms', {
      query: { state: 'ready', limit: pageSize, cursor, ...given({ category, query }) },
    }),
  );
  const films = [...before, ...(page.value?.items ?? [])];
  const more = page.value?.nextCursor;
  if (page.value !== undefined && films.length === 0) {
    const isEmpty = category === undefined && query === '';
    return (
      <p class="empty" role="status">
        {isEmpty ? words.emptyLibrary : words.noFilms}
        <br />
        <small>{isEmpty ? words.emptyLibraryCure : words.noFilmsCure}</small>
      </p>
    );
  }
  return (
    <>
      <ul class="films">
        {films.map((film) => (
          <FilmCard key={film.id} film={film} />
        ))}
      </ul>
      {page.value === undefined ? <Absent error={page.error} words={words} /> : null}
      {more === undefined ? null : (
        <button
          class="more"
          onClick={() => {
            setBefore(films);
            setCursor(more);
          }}
        >
          {words.more}
        </button>
      )}
    </>
  );
}
