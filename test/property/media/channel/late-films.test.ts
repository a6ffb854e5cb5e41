import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationCell, urgentActivationCell } from '../../../../media/channel/activation.ts';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { endInterrupt, insertFilm, publishPlan, startCut, withdrawRevision } from '../../../../media/plan/edits.ts';
import type { FilmFacts, FilmTable, PlanList, ReadyFilm } from '../../../../media/plan/plan.ts';
import { plannedRuns } from '../../../../media/plan/splice.ts';
import { slotFilmIds, tendItemSlots } from '../../../../media/plan/tend-item-slots.ts';
import { emptyTimeline, type Timeline } from '../../../../media/plan/timeline.ts';
import { spansBetween } from '../../../../media/plan/timeline-spans.ts';
import { runs } from '../runs.ts';
import { stored } from './life.ts';

const run = (property: number) => runs(20261204, 120, property);
const count = 6;
type State = 'ready' | 'encoding' | 'withdrawn';

const step = fc.record({
  waitMs: fc.oneof({ weight: 5, arbitrary: fc.nat(30_000) }, { weight: 1, arbitrary: fc.nat(300_000) }),
  deed: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('publish' as const),
        lines: fc.array(
          fc.record({
            gap: fc.nat(40),
            film: fc.nat(count - 1),
            alternates: fc.array(fc.nat(count - 1), { maxLength: 2 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('state' as const),
        film: fc.nat(count - 1),
        state: fc.constantFrom<State>('ready', 'encoding', 'withdrawn'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom({ do: 'cut' as const }, { do: 'insert' as const }, { do: 'end' as const }),
    },
    { weight: 3, arbitrary: fc.constant({ do: 'nothing' as const }) },
  ),
});
const lives = fc.record({
  segments: fc.array(fc.integer({ min: 3, max: 60 }), { minLength: count, maxLength: count }),
  first: fc.array(fc.constantFrom<State>('ready', 'encoding'), { minLength: count, maxLength: count }),
  startAtMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
  steps: fc.array(step, { minLength: 5, maxLength: 30 }),
});
type Life = typeof lives extends fc.Arbitrary<infer Value> ? Value : never;
type Deed = Life['steps'][number]['deed'];

/** A film as the library has it in a state; one that is ready has been packaged. */
function filmIn(state: State, index: number, segments: number): FilmFacts {
  const [filmId, title, durationMs] = [`film${index}`, `Film ${index}`, segments * 4000];
  const facts = { filmId, title, segments, durationMs, rungs: ['720p'], packages: ['ts' as const] };
  return { filmId, title, state, durationMs, ...(state === 'encoding' ? {} : { revision: `rev${index}`, facts }) };
}

function listOf(deed: Extract<Deed, { do: 'publish' }>, atMs: number, tag: string): PlanList {
  const fromCell = cellAt(atMs) - 5;
  let cell = fromCell;
  const items = deed.lines.map(({ gap, film, alternates }, index) => {
    cell += gap + 3;
    const films = { filmId: `film${film}`, alternates: alternates.map((each) => `film${each}`) };
    const start = { startAtMs: cellStartAtMs(cell), startMode: 'soft' as const, maxLateMs: 400_000, mustWatch: false };
    return { id: `${tag}-${index}`, ...films, ...start };
  });
  return { items, fromCell, toCell: cell + 100 };
}

function edited(timeline: Timeline, deed: Deed, films: FilmTable, atMs: number, index: number): Timeline {
  const [slow, fast] = [activationCell(atMs), urgentActivationCell(atMs)];
  const loop = filmIn('ready', count, 7) as ReadyFilm;
  switch (deed.do) {
    case 'publish':
      return publishPlan(timeline, slow, compilePlan(listOf(deed, atMs, `p${index}`), films, index % 2 ? [loop] : []));
    case 'state':
      return deed.state === 'withdrawn' ? withdrawRevision(timeline, fast, `rev${deed.film}`) : timeline;
    case 'cut':
      return startCut(timeline, fast, { id: `cut${index}`, toCell: fast + 20 });
    case 'insert': {
      const item = { filmId: loop.filmId, title: 'urgent', kind: 'item', mustWatch: false } as const;
      return insertFilm(timeline, fast, { id: `urgent${index}`, cells: 9, film: loop, item, return: 'join' });
    }
    case 'end':
      return endInterrupt(timeline, slow, timeline.interrupts[0]?.id ?? '');
    case 'nothing':
      return timeline;
  }
}

/** Lives a life through and shows each moment after the channel was looked after. */
function live(life: Life, look: (before: Timeline, after: Timeline, films: FilmTable, atMs: number) => void): void {
  const slate = {
    filmId: 'slate',
    title: 'Slate',
    segments: 30,
    durationMs: 120_000,
    rungs: ['720p'],
    packages: ['ts' as const],
  };
  let timeline = emptyTimeline('county', '2026', cellAt(life.startAtMs) - 20, { revision: 'slate', facts: slate });
  const states = [...life.first];
  let atMs = life.startAtMs;
  for (const [index, { waitMs, deed }] of life.steps.entries()) {
    atMs += waitMs;
    if (deed.do === 'state') states[deed.film] = deed.state;
    const all = new Map(states.map((state, film) => [`film${film}`, filmIn(state, film, life.segments[film] ?? 3)]));
    const before = timeline;
    timeline = edited(before, deed, all, atMs, index);
    timeline = stored(tended(timeline, all, atMs));
    look(before, timeline, all, atMs);
  }
}

function tended(timeline: Timeline, all: FilmTable, atMs: number): Timeline {
  const gone = new Set([...all.values()].filter(({ state }) => state === 'withdrawn').map(({ filmId }) => filmId));
  const asked = slotFilmIds(timeline, cellAt(atMs), gone);
  const films = new Map([...all].filter(([filmId]) => asked.includes(filmId)));
  const edges = { ordinaryCell: activationCell(atMs), urgentCell: urgentActivationCell(atMs), atMs };
  const fillers = [filmIn('ready', count, 7) as ReadyFilm];
  return tendItemSlots(timeline, { films, package: 'ts', fillers, turns: { seed: 'c', restCells: 0 }, ...edges });
}

describe('films that are late, ready and withdrawn', () => {
  it('never change what may be listed, and never air what was not ready when it was put there (I6, I18)', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const put = new Set<string>();
        live(life, (before, after, films, atMs) => {
          const edge = urgentActivationCell(atMs);
          expect(spansBetween(after, before.fromCell, edge)).toEqual(spansBetween(before, before.fromCell, edge));
          for (const { filmId, state, revision = '' } of films.values()) {
            if (state === 'ready') put.add(filmId);
            if (state !== 'withdrawn') continue;
            expect(plannedRuns(after, edge).filter((each) => each.revision === revision)).toEqual([]);
          }
          for (const { revision } of spansBetween(after, edge, edge + 1000)) {
            if (revision.startsWith('rev') && revision !== `rev${count}`)
              expect(put).toContain(revision.replace('rev', 'film'));
          }
        });
      }),
      run(1),
    );
  });

  it('air whenever they are ready in time, each item at its own cell, and a second look changes nothing', () => {
    fc.assert(
      fc.property(lives, (life) => {
        live(life, (_before, after, films, atMs) => {
          expect(tended(after, films, atMs)).toBe(after);
          const planned = plannedRuns(after, cellAt(atMs));
          for (const slot of after.itemSlots ?? []) {
            const first = planned.find(({ itemId }) => itemId === slot.itemId);
            if (first && slot.fromCell > cellAt(atMs)) expect(first.fromCell).toBe(slot.fromCell);
            const own = films.get(slot.filmIds[0]);
            if (own?.state !== 'ready' || slot.fromCell < activationCell(atMs) || slot.cells < 3) continue;
            expect(first?.revision).toBe(own.revision);
          }
        });
      }),
      run(2),
    );
  });
});
