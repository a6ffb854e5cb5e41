import { type Run, type Span, cutRuns, endCell } from '../grid/span.ts';
import { type CellRange, withoutRanges } from './cell-ranges.ts';
import { slateRuns } from './fill-gaps.ts';
import { isGapRun } from './gap-cards.ts';
import { type Timeline, revisionFacts } from './timeline.ts';

/** A card or trailer as it airs, and the cells that must air what the timeline has there for it to be true. */
interface Announced {
  readonly run: Run;
  readonly cells: readonly CellRange[];
}

const announced = new WeakMap<readonly Span[], readonly Announced[]>();

/** What cards and trailers of a timeline name, in order; spans never change, so neither does what is remembered. */
function announcedIn(timeline: Timeline): readonly Announced[] {
  const known = announced.get(timeline.spans);
  if (known) return known;
  const found: Announced[] = [];
  let nextStart = Infinity;
  for (const run of [...timeline.spans].reverse()) {
    const item = timeline.items[run.itemId ?? ''];
    if (isGapRun(timeline, run)) found.push({ run, cells: announcedCells(run, item?.announces, nextStart) });
    else if (item?.kind === 'item') nextStart = run.fromCell;
  }
  found.reverse();
  announced.set(timeline.spans, found);
  return found;
}

function announcedCells(run: Run, announces: 'next' | readonly number[] | undefined, nextStart: number): CellRange[] {
  // Nobody wrote down what cards of older documents name: a place that airs anything of its own behind them doubts them.
  if (announces === undefined) return [{ fromCell: endCell(run), toCell: Infinity }];
  // What a place begins while the card stands comes before what it names.
  if (announces === 'next') return [{ fromCell: run.fromCell, toCell: nextStart + 1 }];
  return announces.map((fromCell) => ({ fromCell, toCell: fromCell + 1 }));
}

/** Ordered runs that have a part in a range. */
export function runsWithin(runs: readonly Run[], { fromCell, toCell }: CellRange): readonly Run[] {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run && endCell(run) <= fromCell) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((runs[end]?.fromCell ?? Infinity) < toCell) end += 1;
  return runs.slice(low, end);
}

/**
 * Slate from a cell on where the place above shows a card or trailer that names what this place does not air, because it airs
 * runs of its own instead. The slate begins with its card, so the same follows from every later cell.
 */
export function slateForUntrueCards(parent: Timeline, own: readonly Run[], cell: number): Run[] {
  const slate = { revision: parent.slate, segments: revisionFacts(parent, parent.slate).segments };
  const isUntrue = ({ cells }: Announced): boolean => cells.some((range) => runsWithin(own, range).length > 0);
  return announcedIn(parent)
    .filter((each) => endCell(each.run) > cell && isUntrue(each))
    .flatMap(({ run }) => {
      const range = { fromCell: run.fromCell, toCell: endCell(run) };
      const taken = runsWithin(own, range).map((each) => ({ fromCell: each.fromCell, toCell: endCell(each) }));
      const runs = slateRuns(slate, undefined, range.fromCell, range.toCell);
      return withoutRanges([range], taken).flatMap(({ fromCell, toCell }) =>
        cutRuns(runs, Math.max(fromCell, cell), toCell),
      );
    });
}
