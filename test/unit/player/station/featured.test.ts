import { expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { Film } from '../../../../media/contract/library.ts';
import { featuredFilms } from '../../../../player/station/featured.ts';

const film = (id: string) => ({ id }) as Film;
const planned = (filmId: string, mustWatch: boolean) => ({ filmId, mustWatch }) as GuideItem;

it('puts what must be watched on the featured shelf first, then the newest', () => {
  const films = ['new', 'newer', 'older', 'must'].map(film);
  const shelf = featuredFilms(films, [planned('must', true), planned('older', false)]);
  expect(shelf.map(({ id }) => id)).toEqual(['must', 'new', 'newer', 'older']);
});

it('keeps the shelf to two rows', () => {
  expect(
    featuredFilms(
      Array.from({ length: 30 }, (_, at) => film(String(at))),
      [],
    ),
  ).toHaveLength(8);
});
