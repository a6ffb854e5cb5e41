import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endCell } from '../../../../media/grid/span.ts';
import { spansBetween } from '../../../../media/plan/timeline-spans.ts';
import { runs } from '../runs.ts';
import { type Deed, filmsOf, histories, planOf } from './history.ts';
import { type Edit, live } from './life.ts';

/** The channel as a plain list of cells: what is planned, and what displaces it. No spans, no numbers. */
interface Model {
  readonly planned: Map<number, string>;
  readonly interrupts: { id: string; cut: boolean; from: number; to: number; film: string; segments: number }[];
  readonly withdrawn: Set<string>;
}

/** Cell as text: revision, segment, item; `slate` for whatever slate. */
const cellText = (revision: string, segment: number, item: string): string => `${revision}/${segment}/${item}`;

/** What the model airs on a cell: a cut above all, then the youngest insertion, then the plan. */
function wanted(model: Model, cell: number): string {
  const over = model.interrupts.filter(({ from, to }) => from <= cell && cell < to);
  if (over.some(({ cut }) => cut)) return 'slate';
  const insertion = over.at(-1);
  if (!insertion) return model.planned.get(cell) ?? 'slate';
  if (model.withdrawn.has(insertion.film)) return 'slate';
  return cellText(insertion.film, (cell - insertion.from) % insertion.segments, insertion.id);
}

/** Does to the model what the deed says, cell by cell. */
function apply(
  model: Model,
  { deed, activation, atMs, before }: Edit,
  films: ReturnType<typeof filmsOf>,
  id: number,
): void {
  const insert = (film: string, segments: number, cells: number): void => {
    model.interrupts.push({ id: `urgent${id}`, cut: false, from: activation, to: activation + cells, film, segments });
  };
  switch (deed.do) {
    case 'publish': {
      const plan = planOf(deed, { atMs, index: id }, films);
      if (Math.max(plan.fromCell, activation) >= plan.toCell) return;
      for (let cell = Math.max(plan.fromCell, activation); cell < plan.toCell; cell += 1) model.planned.delete(cell);
      for (const run of plan.runs) {
        model.withdrawn.delete(run.revision);
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
      });
      return;
    case 'end': {
      const ended = model.interrupts.find((each) => each.id === before.interrupts[0]?.id);
      if (ended) ended.to = Math.min(ended.to, activation);
      return;
    }
    case 'insert':
      insert(films[deed.film]!.revision, films[deed.film]!.facts.segments, deed.cells);
      return;
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

/** Deeds that the model knows; insertions that resume move the plan and have their own test. */
const known = (deed: Deed): boolean => deed.do !== 'forget' && !(deed.do === 'insert' && deed.resume);

it('airs what a cell by cell model of plan, cuts, insertions and withdrawals airs', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const films = filmsOf(history);
      const steps = history.steps.map((step) =>
        known(step.deed) ? step : { ...step, deed: { do: 'nothing' as const } },
      );
      const model: Model = { planned: new Map(), interrupts: [], withdrawn: new Set() };
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
            expect(texts).toEqual(texts.map((_, i) => wanted(model, activation + i)));
          },
        },
      );
    }),
    runs(20261205, 300),
  );
});
