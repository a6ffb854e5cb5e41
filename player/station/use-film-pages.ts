import { useEffect, useRef, useState } from 'preact/hooks';
import type { Film } from '../../media/contract/library.ts';
import { retryLater } from '../shared/retry-later.ts';
import { call } from './station.ts';

/** What of the library is looked at. */
export interface FilmChoice {
  readonly category?: string | undefined;
  /** Digits of pinyin initials, as on a telephone, or a part of the title. */
  readonly query?: string | undefined;
}

interface Pages {
  readonly key: string;
  readonly films: readonly Film[] | undefined;
  readonly nextCursor: string | undefined;
  readonly error: unknown;
}

const pageSize = '60';
const refreshMs = 60_000;

/** The ready films of a choice, page after page as the focus comes near the end; `more` fetches the next one. */
export function useFilmPages({ category, query }: FilmChoice) {
  const key = `${category ?? ''}|${query ?? ''}`;
  const [pages, setPages] = useState<Pages>({ key: '', films: undefined, nextCursor: undefined, error: undefined });
  const [wanted, setWanted] = useState(1);
  const current = pages.key === key ? pages : { key, films: undefined, nextCursor: undefined, error: undefined };
  const newest = useRef(current);
  newest.current = current;

  useEffect(() => {
    setWanted(1);
    return readAgain(key, { category, query }, (page) => {
      // What was paged through stays: it would move under the focus.
      const { films = [] } = newest.current;
      if (films.length <= Number(pageSize)) setPages(page);
    });
  }, [key, category, query]);

  useEffect(() => {
    const { nextCursor } = newest.current;
    if (wanted < 2 || nextCursor === undefined) return;
    let ended = false;
    const retry = retryLater();
    const ask = () => {
      read({ category, query }, nextCursor).then(
        ({ items, nextCursor: following }) => {
          if (ended) return;
          setPages((known) => {
            const seen = new Set((known.films ?? []).map(({ id }) => id));
            const films = [...(known.films ?? []), ...items.filter(({ id }) => !seen.has(id))];
            return { key, films, nextCursor: following, error: undefined };
          });
        },
        () => retry.later(ask),
      );
    };
    ask();
    return () => {
      ended = true;
      retry.stop();
    };
  }, [wanted, key, category, query]);

  return {
    films: current.films,
    error: current.error,
    more: () => {
      const have = Math.ceil((current.films?.length ?? 0) / Number(pageSize));
      if (current.nextCursor !== undefined && wanted <= have) setWanted(have + 1);
    },
  };
}

const read = ({ category, query }: FilmChoice, cursor?: string) =>
  call('listFilms', { query: { state: 'ready', limit: pageSize, category, query, cursor } });

/** The first page, every minute, and sooner after a failure. */
function readAgain(key: string, choice: FilmChoice, onPage: (page: Pages) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const retry = retryLater();
  const ask = () => {
    read(choice).then(
      ({ items, nextCursor }) => {
        if (ended) return;
        retry.forget();
        onPage({ key, films: items, nextCursor, error: undefined });
        timer = setTimeout(ask, refreshMs);
      },
      (error: unknown) => {
        if (ended) return;
        onPage({ key, films: undefined, nextCursor: undefined, error });
        retry.later(ask);
      },
    );
  };
  ask();
  return () => {
    ended = true;
    clearTimeout(timer);
    retry.stop();
  };
}
