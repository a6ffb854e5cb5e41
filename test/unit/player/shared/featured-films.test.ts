import { expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { Call } from '../../../../player/shared/api-client.ts';
import { ApiError } from '../../../../player/shared/api-error.ts';
import { loadFeaturedFilms } from '../../../../player/shared/featured-films.ts';

const film = (id: string, state = 'ready') => ({ id, state });
const planned = (filmId: string, mustWatch: boolean) => ({ filmId, mustWatch }) as GuideItem;

/** A library that answers what is asked of it, and notes what that was. */
function library(recommended: readonly string[], gone: readonly string[] = []) {
  const asked: unknown[] = [];
  const call = (name: string, { params, query }: { params?: { id: string }; query?: object } = {}) => {
    asked.push(query ?? params?.id);
    if (name === 'listFilms') return Promise.resolve({ items: recommended.map((id) => film(id)) });
    const id = params?.id ?? '';
    if (gone.includes(id)) return Promise.reject(new ApiError({ status: 404, code: 'not_found', detail: '' }));
    return Promise.resolve(film(id, id === 'withdrawn' ? 'withdrawn' : 'ready'));
  };
  return { call: call as unknown as Call, asked };
}
const shelf = async (call: Call, items: readonly GuideItem[]) =>
  (await loadFeaturedFilms(call, () => Promise.resolve(items))).map(({ id }) => id);

it('shows what must be watched first, then what the county recommends, each film once', async () => {
  const { call, asked } = library(['new', 'must', 'old']);
  const items = [planned('must', true), planned('other', false), planned('must', true), planned('late', true)];
  expect(await shelf(call, items)).toEqual(['must', 'late', 'new', 'old']);
  expect(asked).toEqual([{ featured: 'true', state: 'ready', limit: '24' }, 'must', 'late']);
});

it('leaves out what is gone or withdrawn, and is empty where nothing is chosen', async () => {
  const { call } = library([], ['deleted']);
  expect(await shelf(call, [planned('deleted', true), planned('withdrawn', true)])).toEqual([]);
});

it('fails as a whole where the server does not answer, so that it is asked again', async () => {
  const call = (() => Promise.reject(new TypeError('no network'))) as unknown as Call;
  await expect(shelf(call, [])).rejects.toThrow('no network');
});
