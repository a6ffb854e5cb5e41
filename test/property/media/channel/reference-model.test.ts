import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endCell } from '../../../../media/grid/span.ts';
import { spansBetween } from '../../../../media/plan/timeline-spans.ts';
import { runs } from '../runs.ts';
import { type Deed, filmsOf, histories, insertionToProlong, planOf } from './history.ts';
import { type Edit, live } from './life.ts';

/** The channel as a plain list of cells: what is planned, and what displaces it. No spans, no numbers. */
interface Model {
  readonly planned: Map<number, string>;
  readonly interrupts: {
    readonly id: string;
    readonly cut: boolean;
    readonly from: number;
    to: number;
    readonly film: string;
    readonly segments: number;
    /** What it displaced and lets go on, cell by cell. */
    readonly waiting: readonly string[];
  }[];
  /** Items that are fillers. */
  readonly fillers: Set<string>;
  readonly withdrawn: Set<string>;
}

/** Cell as text: revision, segment, item; `slate` for whatever slate. */
const cellText = (revision: string, segment: number, item: string): string => `${revision}/${segment}/${item}`;

const partsOf = (text: string): readonly [film: string, segment: number, item: string] => {
  const [film = '', segment = '', item = ''] = text.split('/');
  return [film, Number(segment), item];
};

/** Whether a cell shows what the one before it does not lead to. */
function isStart(text: string, before: string | undefined): boolean {
  const [film, segment, item] = partsOf(text);
  return before !== cellText(film, segment - 1, item);
}

/** All cells without cuts: the plan, over it what insertions let wait, over that the insertions, one after the other. */
function uncut({ planned, interrupts, withdrawn, fillers }: Model): Map<number, string> {
  const cells = new Map(planned);
  const insertions = interrupts.filter(({ cut }) => !cut);
  const starts = [...planned]
    .filter(([cell, text]) => !fillers.has(partsOf(text)[2]) && isStart(text, planned.get(cell - 1)))
    .sort(([a], [b]) => a - b);
  for (const { from, to, waiting } of insertions) {
    const [, , item] = partsOf(waiting[0] ?? '');
    const isNext = (text: string): boolean => partsOf(text)[2] !== item || partsOf(text)[1] === 0;
    const next = starts.find(([cell, text]) => cell > from && isNext(text))?.[0] ?? Infinity;
    waiting.forEach((text, i) => {
      if (to + i < next && !withdrawn.has(partsOf(text)[0])) cells.set(to + i, text);
    });
  }
  for (const { from, to, film, segments, id } of insertions) {
    for (let cell = from; cell < to; cell += 1) {
      if (withdrawn.has(film)) cells.delete(cell);
      else cells.set(cell, cellText(film, (cell - from) % segments, id));
    }
  }
  return cells;
}

/** What the model airs on a range of cells: cuts above all. */
function wanted(model: Model, fromCell: number, toCell: number): string[] {
  const cells = uncut(model);
  const cuts = model.interrupts.filter(({ cut }) => cut);
  return Array.from({ length: toCell - fromCell }, (_, i) => fromCell + i).map((cell) =>
    cuts.some(({ from, to }) => from <= cell && cell < to) ? 'slate' : (cells.get(cell) ?? 'slate'),
  );
}

/** What waits while an insertion is on air from a cell on: the rest of the item there; a filler, slate and another insertion do not. */
function waitingAt(model: Model, cell: number): string[] {
  const [first = 'slate', ...later] = wanted(model, cell, cell + 200);
  const [, , item] = partsOf(first);
  if (first === 'slate' || model.fillers.has(item) || model.interrupts.some(({ id }) => id === item)) return [];
  const all = [first, ...later];
  const end = all.findIndex((text, i) => i > 0 && isStart(text, all[i - 1]));
  return end === -1 ? all : all.slice(0, end);
}

/** Does to the model what the deed says, cell by cell. */
function apply(
  model: Model,
  { deed, activation, atMs, before }: Edit,
  films: ReturnType<typeof filmsOf>,
  id: number,
): void {
  switch (deed.do) {
    case 'publish': {
      const plan = planOf(deed, { atMs, index: id }, films);
      if (Math.max(plan.fromCell, activation) >= plan.toCell) return;
      for (let cell = Math.max(plan.fromCell, activation); cell < plan.toCell; cell += 1) model.planned.delete(cell);
      for (const run of plan.runs) {
        model.withdrawn.delete(run.revision);
        if (plan.items[run.itemId ?? '']?.kind === 'filler') model.fillers.add(run.itemId ?? '');
        for (let cell = Math.max(run.fromCell, activation); cell < endCell(run); cell += 1) {
          model.planned.set(cell, cellText(run.revision, run.firstSegment + cell - run.fromCell, run.itemId ?? ''));
        }
      }
      return;
    }
    case 'cut':
      model.interrupts.push({
        id: `cut${id}`,
        cut: true,
        from: activation,
        to: activation + (deed.cells ?? Infinity),
        film: '',
        segments: 0,
        waiting: [],
      });
      return;
    case 'end': {
      const ended = model.interrupts.find((each) => each.id === before.interrupts[0]?.id);
      if (ended) ended.to = Math.min(ended.to, activation);
      return;
    }
    case 'insert': {
      const { revision: film, facts } = films[deed.film]!;
      const waiting = deed.resume ? waitingAt(model, activation) : [];
      const range = { from: activation, to: activation + deed.cells };
      model.interrupts.push({ id: `urgent${id}`, cut: false, ...range, film, segments: facts.segments, waiting });
      return;
    }
    case 'prolong': {
      const running = insertionToProlong(before, activation);
      const known = model.interrupts.find((each) => each.id === running?.id);
      if (known) known.to += deed.cells;
      return;
    }
    case 'withdraw': {
      const { revision } = films[deed.film]!;
      model.withdrawn.add(revision);
      for (const [cell, text] of model.planned)
        if (cell >= activation && text.startsWith(`${revision}/`)) model.planned.delete(cell);
      return;
    }
    case 'slate':
    case 'epoch':
    case 'forget':
    case 'nothing':
  }
}

/** Deeds that the model knows. */
const known = (deed: Deed): boolean => deed.do !== 'forget';

it('airs what a cell by cell model of plan, cuts, insertions and withdrawals airs', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const films = filmsOf(history);
      const steps = history.steps.map((step) =>
        known(step.deed) ? step : { ...step, deed: { do: 'nothing' as const } },
      );
      const model: Model = { planned: new Map(), interrupts: [], withdrawn: new Set(), fillers: new Set() };
      live(
        { ...history, steps },
        {
          onEdit: (edit) => {
            const { after, activation, index } = edit;
            apply(model, edit, films, index);
            const texts = spansBetween(after, activation, activation + 1200).flatMap((span) =>
              Array.from({ length: span.cells }, (_, i) =>
                span.itemId === undefined ? 'slate' : cellText(span.revision, span.firstSegment + i, span.itemId),
              ),
            );
            expect(texts).toEqual(wanted(model, activation, activation + 1200));
          },
        },
      );
    }),
    runs(20261205, 300),
  );
});
