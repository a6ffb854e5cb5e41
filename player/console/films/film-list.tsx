import { CloudUploadOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { type FilmState, filmStates } from '../../../media/film/film-state.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { Screen } from '../parts/screen.tsx';
import { useSettled } from '../parts/use-settled.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { FilmCard } from './film-card.tsx';
import { categoryName, type FilmFilter, useCategories, useFilms } from './film-queries.ts';

/** The library as a list that can be searched and narrowed; narrowed to a state at first where the address says so. */
export function FilmList({ state }: { readonly state: FilmState | undefined }) {
  const words = useWords().films.list;
  const { person } = useSession();
  const [filter, setFilter] = useState<FilmFilter>(state === undefined ? {} : { state });
  const query = useSettled(filter.query ?? '', 300);
  const films = useFilms({ ...filter, query });
  const categories = useCategories().data?.items;
  const isNarrowed = query !== '' || Object.keys(filter).some((part) => part !== 'query');
  const upload = (
    <Button type="primary" icon={<CloudUploadOutlined />} href={linkTo('upload')}>
      {words.uploadFirst}
    </Button>
  );
  return (
    <Screen title={words.title} actions={mayDo(person, 'upload-film') ? upload : null}>
      <FilmFilters filter={filter} onChange={setFilter} />
      <Loaded from={films}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0 && isNarrowed) {
            return (
              <Nothing text={words.emptyFound}>
                <Button onClick={() => setFilter({})}>{words.clear}</Button>
              </Nothing>
            );
          }
          if (items.length === 0)
            return <Nothing text={words.empty}>{mayDo(person, 'upload-film') ? upload : null}</Nothing>;
          return (
            <ul className="film-list">
              {items.map((film) => (
                <FilmCard key={film.id} film={film} category={categoryName(categories, film.category)} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <MoreButton from={films} />
    </Screen>
  );
}

/** The filter with one part set, or left out where it is cleared. */
function withOrWithout<Key extends keyof FilmFilter>(
  filter: FilmFilter,
  key: Key,
  value: FilmFilter[Key] | null,
): FilmFilter {
  const others = Object.fromEntries(Object.entries(filter).filter(([name]) => name !== key));
  return value ? { ...others, [key]: value } : others;
}

function FilmFilters({
  filter,
  onChange,
}: {
  readonly filter: FilmFilter;
  readonly onChange: (filter: FilmFilter) => void;
}) {
  const words = useWords().films;
  const categories = useCategories().data?.items ?? [];
  return (
    <div className="filters" role="search">
      <Input.Search
        allowClear
        aria-label={words.list.search}
        placeholder={words.list.search}
        value={filter.query ?? ''}
        onChange={(event) => onChange({ ...filter, query: event.target.value })}
      />
      <Select
        allowClear
        aria-label={words.list.category}
        placeholder={words.list.category}
        value={filter.category ?? null}
        options={categories.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(category: string | null) => {
          onChange(withOrWithout(filter, 'category', category));
        }}
      />
      <Select
        allowClear
        aria-label={words.list.state}
        placeholder={words.list.state}
        value={filter.state ?? null}
        options={filmStates.map((state) => ({ value: state, label: words.states[state] }))}
        onChange={(state: FilmState | null) => {
          onChange(withOrWithout(filter, 'state', state));
        }}
      />
      <Checkbox
        checked={filter.featured !== undefined}
        onChange={({ target }) => {
          onChange(withOrWithout(filter, 'featured', target.checked ? 'true' : null));
        }}
      >
        {words.list.featuredOnly}
      </Checkbox>
    </div>
  );
}

/** Shows the next page where there is one. */
function MoreButton({ from }: { readonly from: ReturnType<typeof useFilms> }) {
  const words = useWords().frame;
  if (!from.hasNextPage) return null;
  return (
    <div className="more">
      <Button loading={from.isFetchingNextPage} onClick={() => void from.fetchNextPage()}>
        {words.more}
      </Button>
    </div>
  );
}
