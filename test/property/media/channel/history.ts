import fc from 'fast-check';
import { FREEZE_CELLS, URGENT_FREEZE_CELLS } from '../../../../media/channel/activation.ts';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { type CompiledPlan, compilePlan } from '../../../../media/plan/compile-plan.ts';
import {
  changeSlate,
  endInterrupt,
  insertFilm,
  openEpoch,
  prolongInterrupt,
  publishPlan,
  startCut,
  withdrawRevision,
} from '../../../../media/plan/edits.ts';
import { type FilmFacts, isReady, type PlanItem, type PlanList } from '../../../../media/plan/plan.ts';
import { dropBefore } from '../../../../media/plan/splice.ts';
import { type NamedRevision, type Timeline, emptyTimeline } from '../../../../media/plan/timeline.ts';

/** House rungs of the test channel, highest first. */
export const ladder = ['1080p', '720p', '480p', '360p', '216p', 'audio'];

/** A line of a plan before its start is known: so many cells behind the one before. */
interface Line {
  readonly gapCells: number;
  readonly film: number;
  readonly startMode: PlanItem['startMode'];
  readonly maxLateCells: number;
  readonly durationCells: number | undefined;
  /** Left to places; every other such line is to be watched by all and so is not. */
  readonly open: boolean;
}

/** One thing that people do to a channel. */
export type Deed =
  | { readonly do: 'publish'; readonly fromCells: number; readonly lines: readonly Line[]; readonly tailCells: number }
  | { readonly do: 'cut'; readonly cells: number | undefined }
  | { readonly do: 'end' }
  | { readonly do: 'insert'; readonly film: number; readonly cells: number; readonly resume: boolean }
  | { readonly do: 'prolong'; readonly cells: number }
  | { readonly do: 'withdraw'; readonly film: number }
  | { readonly do: 'slate'; readonly segments: number }
  | { readonly do: 'epoch' }
  | { readonly do: 'forget' }
  | { readonly do: 'nothing' };

/** The life of a channel: films, its slate, and what happens after how many ms. */
export interface History {
  readonly films: readonly { readonly segments: number; readonly rungs: readonly string[] }[];
  readonly slateSegments: number;
  readonly startAtMs: number;
  readonly steps: readonly { readonly waitMs: number; readonly deed: Deed }[];
}

const line: fc.Arbitrary<Line> = fc.record({
  gapCells: fc.nat(30),
  film: fc.nat(7),
  startMode: fc.constantFrom('hard' as const, 'soft' as const, 'follow' as const),
  maxLateCells: fc.nat(20),
  durationCells: fc.option(fc.integer({ min: 3, max: 40 }), { nil: undefined, freq: 3 }),
  open: fc.boolean(),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      fromCells: fc.integer({ min: -60, max: 40 }),
      lines: fc.array(line, { maxLength: 10 }),
      tailCells: fc.nat(60),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cut' as const),
      cells: fc.option(fc.integer({ min: 3, max: 60 }), { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'end' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('insert' as const),
      film: fc.nat(7),
      cells: fc.integer({ min: 3, max: 50 }),
      resume: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('prolong' as const), cells: fc.integer({ min: 1, max: 50 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), film: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('slate' as const), segments: fc.integer({ min: 3, max: 60 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'epoch' as const }, { do: 'forget' as const }) },
  { weight: 8, arbitrary: fc.constant({ do: 'nothing' as const }) },
);

const waitMs = fc.oneof({ weight: 8, arbitrary: fc.nat(12_000) }, { weight: 1, arbitrary: fc.nat(400_000) });

/** Random lives of a channel; eight films of 3 to 80 cells with some of the rungs. */
export const histories: fc.Arbitrary<History> = fc.record({
  films: fc.array(
    fc.record({
      segments: fc.integer({ min: 3, max: 80 }),
      rungs: fc.subarray(['1080p', '720p', '480p', '360p', '216p'], { minLength: 1 }),
    }),
    { minLength: 8, maxLength: 8 },
  ),
  slateSegments: fc.integer({ min: 3, max: 60 }),
  startAtMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
  steps: fc.array(fc.record({ waitMs, deed }), { minLength: 10, maxLength: 60 }),
});

const revision = (name: string, segments: number, rungs: readonly string[]): NamedRevision => ({
  revision: name,
  facts: { filmId: `film-${name}`, title: name, segments, durationMs: segments * 4000 - 1, rungs, packages: ['ts'] },
});

/** Films of a history as revisions, `film0` ... `film7`. */
export function filmsOf(history: History): NamedRevision[] {
  return history.films.map(({ segments, rungs }, index) => revision(`film${index}`, segments, rungs));
}

/** The same films as planning knows them. */
export function tableOf(films: readonly NamedRevision[]): ReadonlyMap<string, FilmFacts> {
  return new Map(
    films.map(({ revision: name, facts }): [string, FilmFacts] => [
      facts.filmId,
      { filmId: facts.filmId, title: facts.title, state: 'ready', revision: name, facts },
    ]),
  );
}

/** A channel that has just begun, 20 cells before the history does. */
export function firstTimeline(history: History): Timeline {
  const slate = revision('slate', history.slateSegments, ['480p']);
  return emptyTimeline('county', '2026', cellAt(history.startAtMs) - 20, slate);
}

/** A plan's list around an instant; some of its open slots have no film. */
export function listOf(deedToDo: Extract<Deed, { do: 'publish' }>, atMs: number, tag: string): PlanList {
  const fromCell = cellAt(atMs) + deedToDo.fromCells;
  let cell = fromCell;
  const items = deedToDo.lines.map((each, index): PlanItem => {
    cell += each.gapCells;
    const isBare = each.open && each.durationCells !== undefined && each.film < 4;
    return {
      id: `${tag}-${index}`,
      ...(isBare ? {} : { filmId: `film-film${each.film}` }),
      startAtMs: cellStartAtMs(cell),
      startMode: each.startMode,
      maxLateMs: each.maxLateCells * 4000,
      ...(each.durationCells === undefined ? {} : { durationMs: each.durationCells * 4000 }),
      mustWatch: !isBare && each.maxLateCells % 4 === 0,
      open: each.open,
    };
  });
  return { items, fromCell, toCell: cell + deedToDo.tailCells };
}

/** A deed's plan; every other one has the holes between its items filled with the shorter half of the films. */
export function planOf(
  deedToDo: Extract<Deed, { do: 'publish' }>,
  step: { readonly atMs: number; readonly index: number },
  films: readonly NamedRevision[],
): CompiledPlan {
  const table = tableOf(films);
  const ready = [...table.values()].filter(isReady);
  const shorter = ready.sort((a, b) => a.facts.segments - b.facts.segments).slice(0, ready.length / 2);
  const list = listOf(deedToDo, step.atMs, `p${step.index}`);
  return compilePlan(list, table, step.index % 2 === 0 ? shorter : []);
}

/** How edits take effect: `ordinary` and `urgent` cells from now on stay; mutations set them wrong on purpose. */
export interface Rules {
  readonly ordinary: number;
  readonly urgent: number;
  readonly after?: (timeline: Timeline, activation: number) => Timeline;
}

/** The rules of the house. */
export const houseRules: Rules = { ordinary: FREEZE_CELLS, urgent: URGENT_FREEZE_CELLS };

/** The youngest insertion whose end nobody has listed yet. */
export const insertionToProlong = (
  { interrupts }: Timeline,
  cell: number,
): { id: string; toCell: number } | undefined =>
  interrupts
    .flatMap(({ id, kind, toCell = 0 }) => (kind === 'insertion' && toCell >= cell ? [{ id, toCell }] : []))
    .at(-1);

/** What a deed makes of a timeline, and the first cell that it may change; undefined when it changes nothing. */
export function edit(
  timeline: Timeline,
  step: { readonly deed: Deed; readonly atMs: number; readonly index: number },
  films: readonly NamedRevision[],
  rules: Rules,
): { readonly timeline: Timeline; readonly activation: number } | undefined {
  const { deed: toDo, atMs, index } = step;
  const now = cellAt(atMs);
  const done = (activation: number, next: Timeline): { timeline: Timeline; activation: number } => ({
    timeline: rules.after ? rules.after(next, activation) : next,
    activation,
  });
  const [slow, fast] = [now + rules.ordinary, now + rules.urgent];
  switch (toDo.do) {
    case 'publish':
      return done(slow, publishPlan(timeline, slow, planOf(toDo, step, films)));
    case 'cut':
      return done(
        fast,
        startCut(timeline, fast, {
          id: `cut${index}`,
          ...(toDo.cells === undefined ? {} : { toCell: fast + toDo.cells }),
        }),
      );
    case 'end': {
      const [first] = timeline.interrupts;
      return first && done(slow, endInterrupt(timeline, slow, first.id));
    }
    case 'insert': {
      const film = films[toDo.film]!;
      const item = { filmId: film.facts.filmId, title: 'urgent', kind: 'item', mustWatch: true } as const;
      const insertion = { id: `urgent${index}`, cells: toDo.cells, film, item };
      return done(fast, insertFilm(timeline, fast, { ...insertion, return: toDo.resume ? 'resume' : 'join' }));
    }
    case 'prolong': {
      const running = insertionToProlong(timeline, fast);
      return running && done(fast, prolongInterrupt(timeline, fast, running.id, running.toCell + toDo.cells));
    }
    case 'withdraw':
      return done(fast, withdrawRevision(timeline, fast, films[toDo.film]!.revision));
    case 'slate':
      return done(slow, changeSlate(timeline, slow, revision(`slate${index}`, toDo.segments, ['720p', '216p'])));
    case 'epoch':
      return { timeline: openEpoch(timeline, `20${30 + index}`, slow), activation: slow };
    case 'forget':
      return { timeline: dropBefore(timeline, now - 40), activation: Math.max(now - 40, timeline.fromCell) };
    case 'nothing':
      return undefined;
  }
}
