import { describe, expect, it } from 'vitest';
import { spanAt, spansBetween } from '../../../../media/plan/timeline-spans.ts';
import { channel } from './plan-of-a-day.ts';

/** A timeline of so many spans of 1 to 7 cells. */
function longTimeline(count: number) {
  const empty = channel();
  let fromCell = empty.fromCell;
  const spans = Array.from({ length: count }, (_, n) => {
    const span = { fromCell, cells: 1 + ((n * 5) % 7), revision: empty.slate, firstSegment: 0, dsn: n + 2 };
    fromCell += span.cells;
    return span;
  });
  return { ...empty, spans };
}

describe('spans of a long timeline', () => {
  it.each([1, 2047, 2048, 2049, 5000])('are found by their first and last cell (%i of them)', (count) => {
    const timeline = longTimeline(count);
    for (const span of timeline.spans) {
      expect(spanAt(timeline, span.fromCell)).toBe(span);
      expect(spanAt(timeline, span.fromCell + span.cells - 1)).toBe(span);
    }
    expect(spanAt(timeline, timeline.fromCell - 1)).toBeUndefined();
  });

  it('are cut from any cell on, and leave what they are cut from as it is', () => {
    const timeline = longTimeline(3000);
    const [third] = timeline.spans.slice(2900);
    const before = structuredClone(third);
    const parts = spansBetween(timeline, third!.fromCell + 1, third!.fromCell + 40);
    expect(parts[0]).toEqual({ ...third, fromCell: third!.fromCell + 1, cells: third!.cells - 1, firstSegment: 1 });
    expect(parts.reduce((sum, { cells }) => sum + cells, 0)).toBe(39);
    expect(third).toEqual(before);
  });
});
