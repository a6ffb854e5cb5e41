import { describe, expect, it } from 'vitest';
import type { CompiledPlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import { emptyTimeline } from '../../../../media/plan/timeline.ts';
import { withFreeKeys } from '../../../../server/planning/item-keys.ts';

const facts = (title: string) => ({
  filmId: title,
  title,
  segments: 100,
  durationMs: 400_000,
  rungs: ['360p'],
  packages: ['ts' as const],
});
const plan = (fromCell: number, itemId: string, title: string, at: number): CompiledPlan => ({
  fromCell,
  toCell: fromCell + 1000,
  runs: [{ fromCell: at, cells: 100, revision: title, firstSegment: 0, itemId }],
  revisions: { [title]: facts(title) },
  items: { [itemId]: { filmId: title, title, kind: 'item', mustWatch: false } },
});
const slate = { revision: 'slate', facts: facts('slate') };
const monday = publishPlan(emptyTimeline('county', '2026', 0, slate), 0, plan(0, 'a1', 'rice', 200));

describe('item ids that clients choose', () => {
  it('do not rename what a copied plan leaves on air', () => {
    const tuesday = withFreeKeys(plan(1000, 'a1', 'tea', 1200), monday, 500, 'tuesday');
    const both = publishPlan(monday, 500, tuesday);
    const rows = guideRows(both, 0, 2000).filter(({ kind }) => kind === 'item');
    expect(rows.map(({ id, title }) => [id, title])).toEqual([
      ['a1', 'rice'],
      ['a1-tuesday', 'tea'],
    ]);
  });

  it('stay where the item itself was replaced, and where it is on air across the edge', () => {
    const replaced = withFreeKeys(plan(0, 'a1', 'tea', 300), monday, 100, 'again');
    expect(Object.keys(replaced.items)).toEqual(['a1']);
    const going = withFreeKeys(plan(0, 'a1', 'rice', 200), monday, 250, 'again');
    expect(Object.keys(going.items)).toEqual(['a1']);
    const rows = guideRows(publishPlan(monday, 250, going), 0, 1000).filter(({ kind }) => kind === 'item');
    expect(rows).toMatchObject([{ id: 'a1', fromCell: 200, toCell: 300 }]);
  });
});
