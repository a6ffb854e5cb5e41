import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { applyNews, readAllAgain } from '../../../../../player/console/frame/apply-news.ts';

const film = { id: 'f', state: 'encoding', progress: { phase: 'encoding', ratio: 0.1 } };
/** What an office with a list, a film and a plan open knows. */
function office(): QueryClient {
  const queries = new QueryClient();
  queries.setQueryData(['films', {}], {
    pages: [{ items: [film, { id: 'other', state: 'ready' }] }],
    pageParams: [''],
  });
  queries.setQueryData(['film', 'f'], film);
  for (const key of [['plan', 'p'], ['plans', ''], ['places'], ['users', ''], ['screen', 'films']])
    queries.setQueryData(key, {});
  return queries;
}
const stale = (queries: QueryClient): string[] =>
  queries
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.isInvalidated)
    .map(({ queryKey }) => String(queryKey[0]))
    .sort();
const progress = { phase: 'encoding', ratio: 0.4 } as const;

describe('news of the office', () => {
  it('moves a film on where it stands, without asking', async () => {
    const queries = office();
    await applyNews(queries, { noun: 'film', id: 'f', state: 'encoding', progress });
    expect(queries.getQueryData(['film', 'f'])).toMatchObject({ progress });
    expect(queries.getQueryData(['films', {}])).toMatchObject({
      pages: [{ items: [{ id: 'f', progress }, { id: 'other' }] }],
    });
    expect(stale(queries)).toEqual([]);
  });

  it.each([
    ['changed its state', { id: 'f', state: 'checking', progress } as const],
    ['tells no progress', { id: 'f', state: 'encoding' } as const],
    ['is not known', {}],
  ])('reads films again where one %s', async (_what, change) => {
    const queries = office();
    await applyNews(queries, { noun: 'film', ...change });
    expect(stale(queries)).toEqual(['film', 'films']);
  });

  it('reads lists of plans again, and never the plan that somebody works on', async () => {
    const queries = office();
    await applyNews(queries, { noun: 'plan', id: 'p' });
    expect(stale(queries)).toEqual(['plans']);
    await readAllAgain(queries);
    expect(stale(queries)).toEqual(['film', 'films', 'places', 'plans', 'users']);
  });
});
