import { Draggable } from '@fullcalendar/react/interaction';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, Input, type InputRef, Select, Spin } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { lengthText } from '../../../shared/county-clock.ts';
import { categoryName, useCategories } from '../../films/film-queries.ts';
import { useSettled } from '../../parts/use-settled.ts';
import { call } from '../../session/api.ts';
import { useWords } from '../../words/words.tsx';
import type { BoardFilm } from './board-edits.ts';
import { unknownLengthMs } from './board-entries.ts';

/** Films that passed, found by title, pinyin or category; one is dragged from here, or chosen for the cursor. */
export function FilmLibrary(props: {
  readonly film: BoardFilm | undefined;
  readonly onFilm: (film: BoardFilm | undefined) => void;
  /** Goes back to the board once a film is chosen. */
  readonly onChosen: () => void;
  readonly search: React.RefObject<InputRef | null>;
}) {
  const words = useWords().board.library;
  const [typed, setTyped] = useState('');
  const [category, setCategory] = useState<string>();
  const [at, setAt] = useState(0);
  const listId = useId();
  const categories = useCategories().data?.items;
  const { films, isSearching } = useReadyFilms(useSettled(typed, 200), category);
  const list = useDraggableFilms();
  const active = films[Math.min(at, films.length - 1)];
  const choose = (film: BoardFilm | undefined): void => {
    props.onFilm(film);
    if (film !== undefined) props.onChosen();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) setAt(Math.max(0, Math.min(films.length - 1, at + by)));
    else if (event.key === 'Enter') choose(active);
    else if (event.key === 'Escape') props.onChosen();
    else return;
    event.preventDefault();
  };
  return (
    <Card size="small" className="library" title={words.title}>
      <div className="library-search">
        <Input
          ref={props.search}
          allowClear
          value={typed}
          aria-label={words.search}
          placeholder={words.search}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={active === undefined ? undefined : `${listId}-${active.id}`}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Select
          allowClear
          aria-label={words.category}
          placeholder={words.category}
          options={(categories ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(code: string | undefined) => {
            setCategory(code);
            setAt(0);
          }}
        />
      </div>
      <ul ref={list} id={listId} className="library-films" role="listbox" aria-label={words.title}>
        {films.map((film) => (
          <li
            key={film.id}
            id={`${listId}-${film.id}`}
            role="option"
            aria-selected={film.id === props.film?.id}
            className={film.id === active?.id ? 'library-film library-film-active' : 'library-film'}
            data-film={film.id}
            data-title={film.title}
            data-length={film.lengthMs ?? ''}
            onClick={() => choose(film)}
          >
            <span className="film-title">{film.title}</span>
            <span className="muted">
              {[categoryName(categories, film.category), film.lengthMs === undefined ? '' : lengthText(film.lengthMs)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {films.length > 0 ? null : isSearching ? <Spin size="small" /> : <p className="muted">{words.none}</p>}
      {props.film === undefined ? (
        <p className="muted library-hint">{words.hint}</p>
      ) : (
        <p className="library-chosen">
          <strong>{words.chosen(props.film.title)}</strong>
          <Button size="small" onClick={() => props.onFilm(undefined)}>
            {words.clear}
          </Button>
        </p>
      )}
    </Card>
  );
}

interface ListedFilm extends BoardFilm {
  readonly category: string | undefined;
}

function useReadyFilms(
  query: string,
  category: string | undefined,
): { readonly films: readonly ListedFilm[]; readonly isSearching: boolean } {
  const found = useQuery({
    queryKey: ['library', query, category],
    queryFn: () =>
      call('listFilms', {
        query: { state: 'ready', limit: '60', query, ...(category === undefined ? {} : { category }) },
      }),
    placeholderData: keepPreviousData,
  });
  const films = (found.data?.items ?? []).map(({ id, title, durationMs, category: code }) => ({
    ...{ id, title, lengthMs: durationMs, category: code },
  }));
  return { films, isSearching: found.isFetching };
}

/** Lets the films of the list be dragged onto the calendar, as long as they air. */
function useDraggableFilms(): React.RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (list.current === null) return;
    const draggable = new Draggable(list.current, {
      itemSelector: '[data-film]',
      eventData: ({ dataset }: HTMLElement) => {
        const { film: id = '', title = '', length = '' } = dataset;
        const lengthMs = length === '' ? undefined : Number(length);
        const film: BoardFilm = { id, title, lengthMs };
        return { title, duration: { milliseconds: lengthMs ?? unknownLengthMs }, className: 'board-item', film };
      },
    });
    return () => draggable.destroy();
  }, []);
  return list;
}
