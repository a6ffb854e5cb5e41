import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOfDigest, type Id } from '../../../../media/contract/ids.ts';
import { transcodeJobId, type TranscodeJob } from '../../../../media/contract/transcode-job.ts';
import { jobOrder, type QueueFacts, queueOrder, type WaitingJob } from '../../../../media/film/queue-order.ts';

const ids = new Map<string, Id>();
const names = new Map<string, string>();
/** An id for a film that a test calls by a short name. */
function idOf(name: string): Id {
  const id = ids.get(name) ?? idOfDigest(new Uint8Array(32).fill(ids.size + 1));
  ids.set(name, id);
  names.set(id, name);
  return id;
}
const film = (name: string, ownerId: string, queuedAtMs: number, more: Partial<QueueFacts> = {}): QueueFacts => ({
  filmId: idOf(name),
  ownerId,
  queuedAtMs,
  ...more,
});
const waiting = (job: TranscodeJob): WaitingJob => ({ id: `${job.filmId} ${transcodeJobId(job)}`, job });
const work = (name: string) => ({ filmId: idOf(name), attempt: 0, sourceKey: 'source' });
const chunk = (name: string, number: number) =>
  waiting({ kind: 'chunk', ...work(name), revision: idOf(name), chunk: number });
const audio = (name: string, language = 'zh-CN') =>
  waiting({ kind: 'audio', ...work(name), revision: idOf(name), language });
const finish = (name: string) => waiting({ kind: 'finish', ...work(name), revision: idOf(name) });
const prepare = (name: string) => waiting({ kind: 'prepare', ...work(name), language: 'zh-CN' });
const chunks = (name: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_none, index) => chunk(name, from + index));

const orderOf = (films: readonly QueueFacts[]) => queueOrder(films).map(({ filmId }) => names.get(filmId));
const jobsOf = (jobs: readonly WaitingJob[], films: readonly QueueFacts[]) =>
  jobOrder(jobs, films).map(({ job }) => {
    const step = job.kind === 'chunk' ? String(job.chunk) : job.kind;
    return `${names.get(job.filmId) ?? '?'} ${step}`;
  });

describe('the order of films', () => {
  it('is by hand first, the latest word first, then by air time, then by turn', () => {
    const films = [
      film('late', 'a', 1, { neededAtMs: 900 }),
      film('plain', 'a', 0),
      film('soon', 'b', 3, { neededAtMs: 500 }),
      film('bumped', 'b', 4, { bumpedAtMs: 50 }),
      film('bumped later', 'c', 5, { bumpedAtMs: 60 }),
    ];
    expect(orderOf(films)).toEqual(['bumped later', 'bumped', 'soon', 'late', 'plain']);
  });

  it('lets twenty films of one producer keep nobody else waiting', () => {
    const many = Array.from({ length: 20 }, (_none, index) => film(`m${index}`, 'busy', index));
    expect(orderOf([...many, film('one', 'other', 100)]).slice(0, 3)).toEqual(['m0', 'one', 'm1']);
  });

  it('begins with the producer who was served longest ago', () => {
    const films = [film('p', 'a', 1, { servedAtMs: 90 }), film('q', 'b', 2, { servedAtMs: 30 })];
    expect(orderOf(films)).toEqual(['q', 'p']);
    // Who comes new has not waited longer than those who are here.
    expect(orderOf([...films, film('r', 'c', 200)])).toEqual(['q', 'p', 'r']);
  });
});

describe('the order of jobs', () => {
  it('looks at films first and finishes them next, in the order of the films', () => {
    const films = [film('x', 'a', 1), film('y', 'b', 2), film('z', 'c', 3, { neededAtMs: 10 })];
    const jobs = [chunk('x', 1), finish('x'), prepare('y'), prepare('z')];
    expect(jobsOf(jobs, films)).toEqual(['z prepare', 'y prepare', 'x finish', 'x 1']);
  });

  it('lets every job of a film that is needed on air pass those of the others', () => {
    const films = [film('old', 'a', 1), film('urgent', 'b', 2, { neededAtMs: 10 })];
    const jobs = [...chunks('old', 3, 6), ...chunks('urgent', 0, 3)];
    expect(jobsOf(jobs, films)).toEqual(['urgent 0', 'urgent 1', 'urgent 2', 'old 3', 'old 4', 'old 5']);
  });

  it('goes round the producers a job each, and first makes each one’s films playable', () => {
    const films = [film('a1', 'a', 1), film('a2', 'a', 2), film('b1', 'b', 3)];
    const jobs = [...chunks('a1', 4, 7), audio('a2'), ...chunks('b1', 0, 3)];
    expect(jobsOf(jobs, films)).toEqual(['a2 audio', 'b1 0', 'a1 4', 'b1 1', 'a1 5', 'b1 2', 'a1 6']);
  });

  it('lets cards between programmes wait for every film, and makes one after another', () => {
    const films = [
      film('card', 'house', 1, { isCard: true }),
      film('next', 'house', 2, { isCard: true }),
      film('x', 'a', 3),
    ];
    const jobs = [prepare('next'), finish('card'), ...chunks('card', 0, 2), finish('x'), chunk('x', 0)];
    expect(jobsOf(jobs, films)).toEqual(['x finish', 'x 0', 'card 0', 'card 1', 'card finish', 'next prepare']);
    expect(orderOf(films)).toEqual(['x', 'card', 'next']);
  });

  it('takes other languages after the chunks', () => {
    expect(jobsOf([audio('n', 'bo'), chunk('n', 1), chunk('n', 0)], [film('n', 'a', 1)])).toEqual([
      'n 0',
      'n 1',
      'n audio',
    ]);
  });
});

describe('whatever waits', () => {
  const facts = fc.record(
    {
      ownerId: fc.constantFrom('a', 'b', 'c'),
      queuedAtMs: fc.nat(50),
      neededAtMs: fc.nat(50),
      bumpedAtMs: fc.nat(50),
      servedAtMs: fc.nat(50),
    },
    { requiredKeys: ['ownerId', 'queuedAtMs'] },
  );
  const scene = fc.array(fc.tuple(facts, fc.nat(6), fc.boolean()), { maxLength: 12 }).map((rows) => {
    const films = rows.map(([own], index): QueueFacts => ({ ...own, filmId: idOf(`film ${index}`) }));
    const jobs = rows.flatMap(([, count, isNew], index) =>
      isNew ? [audio(`film ${index}`)] : chunks(`film ${index}`, index % 2, count),
    );
    return { films, jobs };
  });
  const shuffled = scene.chain(({ films, jobs }) =>
    fc.record({
      films: fc.constant(films),
      jobs: fc.constant(jobs),
      otherFilms: fc.shuffledSubarray(films, { minLength: films.length }),
      otherJobs: fc.shuffledSubarray(jobs, { minLength: jobs.length }),
    }),
  );
  const check = <Value>(what: fc.Arbitrary<Value>, law: (value: Value) => void) =>
    fc.assert(fc.property(what, law), { seed: 3, numRuns: 300 });

  it('is ordered whole and the same from whatever order it was read in', () => {
    check(shuffled, ({ films, jobs, otherFilms, otherJobs }) => {
      const order = jobOrder(jobs, films).map(({ id }) => id);
      expect([...order].sort()).toEqual(jobs.map(({ id }) => id).sort());
      expect(jobOrder(otherJobs, otherFilms).map(({ id }) => id)).toEqual(order);
    });
  });

  it('of a producer whose turn it is goes on at least once in as many jobs as there are producers', () => {
    check(scene, ({ films, jobs }) => {
      const isPlain = ({ bumpedAtMs, neededAtMs }: QueueFacts) => bumpedAtMs === undefined && neededAtMs === undefined;
      const owner = new Map(films.filter(isPlain).map(({ filmId, ownerId }) => [filmId, ownerId]));
      const turns = jobOrder(jobs, films).flatMap(({ job }) => owner.get(job.filmId) ?? []);
      for (const waits of new Set(turns)) {
        const places = turns.flatMap((each, place) => (each === waits ? [place] : []));
        const producers = new Set(turns).size;
        const gaps = places.map((place, index) => place - (places[index - 1] ?? -1));
        expect(Math.max(...gaps)).toBeLessThanOrEqual(producers);
      }
    });
  });
});
