import { describe, expect, it } from 'vitest';
import type { Film } from '../../../../media/contract/library.ts';
import { idSchema } from '../../../../media/contract/ids.ts';
import { DEMO_FILMS } from '../../../../media/film/demo-films.ts';
import { missingFilms, reviewUntil } from '../../../../server/demo/seed-films.ts';
import { untilDone } from '../../../../server/demo/until-done.ts';

const ownId = idSchema.parse('01'.padEnd(26, 'a'));
const otherId = idSchema.parse('01'.padEnd(26, 'b'));
let films = 0;
const film = (n: number, state: Film['state'], owner = ownId): Film => ({
  id: idSchema.parse(`01${String((films += 1)).padStart(24, '0')}`),
  title: 'title',
  language: 'zh-CN',
  synopsis: '',
  audience: 'public',
  wordsVersion: '',
  state,
  filename: DEMO_FILMS[n]?.file ?? '',
  sourceBytes: 1,
  playable: false,
  warnings: [],
  owner: { id: owner, name: '李制播' },
  place: 'county',
  createdAtMs: 0,
});

describe('a run of seeding that follows a killed one', () => {
  it('gives up half uploads and makes their films anew, tries failed films again, and leaves the rest alone', async () => {
    const library = [
      film(0, 'ready'),
      film(1, 'uploading'),
      film(2, 'failed'),
      film(3, 'withdrawn'),
      film(4, 'uploading', otherId),
    ];
    const done: string[] = [];
    const missing = await missingFilms({
      id: ownId,
      films: () => Promise.resolve(library),
      abandonUpload: (id) => Promise.resolve(done.push(`abandon ${id}`)),
      retry: (id) => Promise.resolve(done.push(`retry ${id}`)),
    });
    expect(done).toEqual([`abandon ${library[1]!.id}`, `retry ${library[2]!.id}`]);
    const expected = DEMO_FILMS.filter((_, n) => n === 1 || n > 4).map(({ code }) => code);
    expect(missing).toEqual(expected);
  });
});

describe('the review of the sample films', () => {
  it('passes what waits and puts two of the films on the featured shelf', async () => {
    const library = DEMO_FILMS.map((_, n) => film(n, 'review'));
    const featured: string[] = [];
    const ready = await reviewUntil(
      {
        films: () => Promise.resolve(library),
        pass: (id) => Promise.resolve(void (library.find((each) => each.id === id)!.state = 'ready')),
        feature: (id) => Promise.resolve(featured.push(library.find((each) => each.id === id)?.filename ?? '')),
      },
      (all) => all.length === DEMO_FILMS.length,
      new AbortController().signal,
    );
    expect(ready).toHaveLength(DEMO_FILMS.length);
    expect(featured).toEqual(['rice.mp4', 'flood.mp4']);
  });
});

describe('work under restarts', () => {
  it('is taken up again with one sentence a time until it is done', async () => {
    const said: unknown[] = [];
    let attempts = 0;
    const attempt = () => {
      attempts += 1;
      return attempts < 3 ? Promise.reject(new Error('The server does not answer GET /api/films.')) : Promise.resolve();
    };
    const log = { warn: (fields: unknown) => void said.push(fields) };
    await untilDone(attempt, { log, signal: new AbortController().signal, pauseMs: 1 });
    expect(attempts).toBe(3);
    expect(said).toEqual(
      [1, 2].map((againInMs) => ({ cause: 'The server does not answer GET /api/films.', againInMs })),
    );
  });

  it('ends at once, and without a word, when the program must end', async () => {
    const stopping = new AbortController();
    const attempt = () => {
      stopping.abort();
      return Promise.reject(new Error('aborted'));
    };
    const log = { warn: () => expect.unreachable('nothing is wrong') };
    await untilDone(attempt, { log, signal: stopping.signal });
  });
});
