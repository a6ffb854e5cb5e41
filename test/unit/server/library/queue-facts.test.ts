import { describe, expect, it } from 'vitest';
import { idOfDigest, type Id } from '../../../../media/contract/ids.ts';
import { queueFacts } from '../../../../server/library/arrange-queue.ts';
import type { FilmRecord } from '../../../../server/library/film-record.ts';

const id = (byte: number): Id => idOfDigest(new Uint8Array(32).fill(byte));
const film = (byte: number, more: Partial<FilmRecord> = {}): FilmRecord => ({
  id: id(byte),
  version: 1,
  title: '水稻育秧要点',
  language: 'zh-CN',
  audience: 'public',
  state: 'queued',
  stateAtMs: 0,
  warnings: [],
  filename: 'rice.mp4',
  sourceBytes: 1000,
  owner: { id: id(9), name: '制播员' },
  place: 'county',
  createdAtMs: 0,
  attempt: 0,
  playable: false,
  reviews: [],
  ...more,
});

/** When each of the films is needed, where plans name these. */
async function neededAt(films: readonly FilmRecord[], plans: ReadonlyMap<string, number>) {
  const starts = (asked: readonly Id[]) =>
    Promise.resolve(new Map([...plans].filter(([filmId]) => asked.some((each) => each === filmId))));
  const parts = {
    films: { inStates: () => Promise.resolve(films) },
    filmCatalogue: { plannedStarts: [starts] },
  };
  return (await queueFacts(parts, 0)).map(({ facts }) => facts.neededAtMs);
}

describe('when a film is needed on air', () => {
  it('is when a plan names it, or one of the same bytes', async () => {
    const twins = [film(1, { revision: id(5) }), film(2, { revision: id(5) }), film(3)];
    expect(await neededAt(twins, new Map([[id(2), 7000]]))).toEqual([7000, 7000, undefined]);
  });

  it('is for a re-encode when a plan names the film that it renews', async () => {
    const films = [film(1, { renews: id(4) }), film(2)];
    const plans = new Map([
      [id(4), 8000],
      [id(2), 9000],
    ]);
    expect(await neededAt(films, plans)).toEqual([8000, 9000]);
  });
});
