import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useState } from 'react';
import { lengthText } from '../../shared/county-clock.ts';
import { useSettled } from '../parts/use-settled.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import type { PlanRow } from './plan-rows.ts';

/** Finds a film that is ready to air by title, pinyin or initials. */
export function FilmPicker({
  row,
  placeholder,
  onChoose,
}: {
  readonly row: Pick<PlanRow, 'filmId' | 'filmTitle' | 'title' | 'filmMs'>;
  /** Instead of asking for a film. */
  readonly placeholder?: string;
  readonly onChoose: (fields: Partial<PlanRow>) => void;
}) {
  const words = useWords().planning.page;
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const query = useSettled(typed, 200);
  const films = useQuery({
    queryKey: ['picker', query],
    queryFn: () => call('listFilms', { query: { state: 'ready', limit: '30', query } }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const items = films.data?.items ?? [];
  const options = items.map((film) => ({
    value: film.id,
    label: film.title,
    lengthMs: film.durationMs,
  }));
  const isKnown = row.filmId === '' || options.some(({ value }) => value === row.filmId);
  const present = { value: row.filmId, label: row.title ?? row.filmTitle, lengthMs: row.filmMs };
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      aria-label={words.film}
      className="film-picker"
      placeholder={placeholder ?? words.chooseFilm}
      value={row.filmId === '' ? null : row.filmId}
      options={isKnown ? options : [present, ...options]}
      optionRender={({ data }) => (
        <span className="film-option">
          <span>{data.label}</span>
          <span className="muted">{data.lengthMs === undefined ? '' : lengthText(data.lengthMs)}</span>
        </span>
      )}
      popupMatchSelectWidth={320}
      notFoundContent={films.isFetching ? <Spin size="small" /> : words.noFilm}
      onOpenChange={setIsOpen}
      onChange={(filmId) => {
        const film = items.find(({ id }) => id === filmId);
        setTyped('');
        if (film === undefined) return;
        onChoose({
          filmId: film.id,
          filmTitle: film.title,
          ...(film.durationMs === undefined ? {} : { filmMs: film.durationMs }),
        });
      }}
    />
  );
}
