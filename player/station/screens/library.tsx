/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { loadFeaturedFilms } from '../../shared/featured-films.ts';
import { remember, remembered } from '../../shared/remembered.ts';
import { type Loaded, useLoaded } from '../../shared/use-loaded.ts';
import { columnOf, firstFocus, moveFocus, windowStart } from '../focus.ts';
import { useKeptFocus } from '../kept-focus.ts';
import { Notice } from '../notice.tsx';
import type { RemoteAction } from '../remote-keys.ts';
import type { Moves } from '../screen.ts';
import { digitOf, followShortcut } from '../shortcut.ts';
import { call, loadGuideAround } from '../station.ts';
import { useFilmPages } from '../use-film-pages.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

const across = 4;
const rowsShown = 2;
const tabsShown = 7;
const dayMs = 86_400_000;
/** Names of the two shelves that are no category. */
const featured = ' featured';
const everything = ' all';

/** What must be watched about now, and what the county recommends. */
const loadFeatured = (channel: string) =>
  loadFeaturedFilms(call, async () => (await loadGuideAround(channel, { beforeMs: dayMs, afterMs: 7 * dayMs })).items);

/** A shelf that nobody filled shows the newest films. */
const featuredOrNewest = (chosen: Loaded<readonly Film[]>, newest: readonly Film[] | undefined) =>
  chosen.value?.length === 0 || (chosen.value === undefined && chosen.error !== undefined)
    ? newest?.slice(0, across * rowsShown)
    : chosen.value;

/** Films by category: a row of categories, then rows of films. Digits look for the initials of a title's pinyin. */
export function LibraryScreen({ words, moves, channel }: { words: StationWords; moves: Moves; channel: string }) {
  const [focus, setFocus] = useKeptFocus('library', { ...firstFocus, row: 1 });
  const [shelf, setShelf] = useState(() => remembered('shelf') ?? featured);
  const [digits, setDigits] = useState('');
  const categories = useLoaded('categories', () => call('listCategories'), 300_000);
  const tabs: readonly { readonly code: string; readonly name: string }[] = [
    { code: featured, name: words.featured },
    { code: everything, name: words.allFilms },
    ...(categories.value?.items ?? []).map(({ code, name }) => ({ code, name })),
  ];
  const isCategory = shelf !== featured && shelf !== everything;
  const pages = useFilmPages(digits !== '' ? { query: digits } : { category: isCategory ? shelf : undefined });
  const shelved = useLoaded('featured', () => loadFeatured(channel), 300_000);
  const found = shelf === featured && digits === '' ? featuredOrNewest(shelved, pages.films) : pages.films;
  const items = found ?? [];
  const rows: Film[][] = [];
  for (let from = 0; from < items.length; from += across) rows.push(items.slice(from, from + across));
  const lengths = [tabs.length, ...rows.map((row) => row.length)];
  const row = Math.min(focus.row, rows.length);
  const column = columnOf(focus, row, lengths[row] ?? 0);

  const choose = (next: typeof focus) => {
    setFocus(next);
    if (next.row >= rows.length - 2 && found === pages.films) pages.more();
    if (next.row !== 0) return;
    const code = tabs[columnOf(next, 0, tabs.length)]?.code ?? featured;
    setDigits('');
    setShelf(code);
    remember('shelf', code);
  };
  const search = (typed: string) => {
    setDigits(typed);
    setFocus({ ...firstFocus, row: 1 });
  };
  useRemote((action) => {
    const digit = digitOf(action);
    if (digit !== undefined) return search((digits + digit).slice(0, 12));
    if (action === 'back') return digits === '' ? moves.back() : search(digits.slice(0, -1));
    if (followShortcut(action, moves)) return;
    const film = rows[row - 1]?.[column];
    if ((action === 'ok' || action === 'play') && film !== undefined) return moves.open({ name: 'film', film });
    const page = pageStep(action);
    if (page !== 0) return choose({ ...focus, row: Math.max(1, Math.min(rows.length, row + page)) });
    const next = moveFocus({ ...focus, row }, action, lengths);
    if (next !== undefined) choose(next);
  });
  if (pages.films === undefined && categories.value === undefined)
    return <Notice words={words} title={words.library} error={pages.error} />;
  const chosen = tabs.findIndex(({ code }) => code === shelf);
  const firstTab = windowStart(chosen, tabs.length, tabsShown);
  const firstRow = windowStart(Math.max(0, row - 1), rows.length, rowsShown);
  return (
    <div class="screen panel library">
      <h1>{words.library}</h1>
      <div class="tabs" role="tablist">
        {tabs.slice(firstTab, firstTab + tabsShown).map((tab, index) => (
          <div
            key={tab.code}
            role="tab"
            aria-selected={tab.code === shelf}
            class={`tab ${tab.code === shelf && digits === '' ? 'chosen' : ''} ${row === 0 && firstTab + index === column ? 'focus' : ''}`}
          >
            {tab.name}
          </div>
        ))}
      </div>
      <div class="search-line" role="status">
        {digits === '' ? words.searchHint : words.searched(digits)}
      </div>
      {found !== undefined && items.length === 0 ? (
        <p class="empty">
          {digits === '' ? words.noFilms : words.nothingFound}
          <br />
          <small>{digits === '' ? words.noFilmsCure : words.nothingFoundCure}</small>
        </p>
      ) : null}
      {found === undefined ? <p class="empty">{words.loading}</p> : null}
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

/** CH+ and CH− turn a page of rows. */
const pageStep = (action: RemoteAction): number =>
  action === 'channel-up' ? -rowsShown : action === 'channel-down' ? rowsShown : 0;

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
