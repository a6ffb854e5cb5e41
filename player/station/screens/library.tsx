/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { columnOf, firstFocus, moveFocus, windowStart } from '../focus.ts';
import { Notice } from '../notice.tsx';
import type { Moves } from '../screen.ts';
import { call } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

const across = 4;
const rowsShown = 2;
const tabsShown = 7;

/** Films by category: a row of categories, then rows of films. */
export function LibraryScreen({ words, moves }: { words: StationWords; moves: Moves }) {
  const [focus, setFocus] = useState({ ...firstFocus, row: 1 });
  const [category, setCategory] = useState<string>();
  const categories = useLoaded('categories', () => call('listCategories'), 300_000);
  const films = useLoaded(
    `films-${category ?? ''}`,
    () =>
      call('listFilms', { query: { state: 'ready', limit: '200', ...(category === undefined ? {} : { category }) } }),
    60_000,
  );
  const tabs = [
    { code: undefined as string | undefined, name: words.allFilms },
    ...(categories.value?.items ?? []).map(({ code, name }) => ({ code: code, name })),
  ];
  const items = films.value?.items ?? [];
  const rows: Film[][] = [];
  for (let from = 0; from < items.length; from += across) rows.push(items.slice(from, from + across));
  const lengths = [tabs.length, ...rows.map((row) => row.length)];
  const row = Math.min(focus.row, rows.length);
  const column = columnOf(focus, row, lengths[row] ?? 0);
  useRemote((action) => {
    if (action === 'back') return moves.back();
    const film = rows[row - 1]?.[column];
    if (action === 'ok' && film !== undefined) return moves.open({ name: 'film', film });
    const next = moveFocus({ ...focus, row }, action, lengths);
    if (next === undefined) return;
    setFocus(next);
    if (next.row === 0) setCategory(tabs[columnOf(next, 0, tabs.length)]?.code);
  });
  if (films.value === undefined && categories.value === undefined)
    return <Notice words={words} title={words.library} error={films.error} />;
  const chosen = tabs.findIndex(({ code }) => code === category);
  const firstTab = windowStart(chosen, tabs.length, tabsShown);
  const firstRow = windowStart(Math.max(0, row - 1), rows.length, rowsShown);
  return (
    <div class="screen panel">
      <h1>{words.library}</h1>
      <div class="tabs" role="tablist">
        {tabs.slice(firstTab, firstTab + tabsShown).map((tab, index) => (
          <div
            key={tab.code ?? 'all'}
            role="tab"
            aria-selected={tab.code === category}
            class={`tab ${tab.code === category ? 'chosen' : ''} ${row === 0 && firstTab + index === column ? 'focus' : ''}`}
          >
            {tab.name}
          </div>
        ))}
      </div>
      {films.value !== undefined && items.length === 0 ? (
        <p class="empty">
          {words.noFilms}
          <br />
          <small>{words.noFilmsCure}</small>
        </p>
      ) : null}
      {rows.slice(firstRow, firstRow + rowsShown).map((films, index) => (
        <div class="cards" key={firstRow + index}>
          {films.map((film, place) => (
            <FilmCard
              key={film.id}
              film={film}
              focused={row === firstRow + index + 1 && place === column}
              onOpen={() => moves.open({ name: 'film', film })}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function FilmCard({ film, focused, onOpen }: { film: Film; focused: boolean; onOpen: () => void }) {
  return (
    <div class={`card ${focused ? 'focus' : ''}`} onClick={onOpen} role="button">
      <div
        class="card-picture"
        style={film.posterPath === undefined ? {} : { backgroundImage: `url("${film.posterPath}")` }}
      >
        <span class="card-length">{film.durationMs === undefined ? '' : lengthText(film.durationMs)}</span>
      </div>
      <div class="card-title">{film.title}</div>
    </div>
  );
}
