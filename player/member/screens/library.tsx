/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { lengthText } from '../../shared/county-clock.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { call } from '../member.ts';
import { Absent } from '../absent.tsx';
import type { MemberWords } from '../words.ts';

/** Films by category, found by title, pinyin or initials. */
export function LibraryScreen({ words }: { words: MemberWords }) {
  const [query, setQuery] = useState('');
  const [category, setCategory] = useState<string>();
  const categories = useLoaded('categories', () => call('listCategories'));
  const films = useLoaded(`films-${category ?? ''}-${query}`, () =>
    call('listFilms', {
      query: {
        state: 'ready',
        limit: '100',
        ...(query === '' ? {} : { query }),
        ...(category === undefined ? {} : { category }),
      },
    }),
  );
  return (
    <section>
      <input
        class="search"
        type="search"
        value={query}
        placeholder={words.search}
        aria-label={words.search}
        onInput={(event) => setQuery(event.currentTarget.value.trim())}
      />
      <nav class="days" aria-label={words.library}>
        <button aria-pressed={category === undefined} onClick={() => setCategory(undefined)}>
          {words.allFilms}
        </button>
        {(categories.value?.items ?? []).map((entry) => (
          <button key={entry.code} aria-pressed={category === entry.code} onClick={() => setCategory(entry.code)}>
            {entry.name}
          </button>
        ))}
      </nav>
      {films.value === undefined ? <Absent error={films.error} words={words} /> : null}
      {films.value?.items.length === 0 ? (
        <p class="empty">
          {words.noFilms}
          <br />
          <small>{words.noFilmsCure}</small>
        </p>
      ) : null}
      <ul class="films">
        {(films.value?.items ?? []).map((film) => (
          <li key={film.id}>
            <a href={`#/film/${film.id}`}>
              <span
                class="film-poster"
                style={film.posterPath === undefined ? {} : { backgroundImage: `url("${film.posterPath}")` }}
              >
                <span class="film-length">{film.durationMs === undefined ? '' : lengthText(film.durationMs)}</span>
              </span>
              <span class="film-title">{film.title}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
