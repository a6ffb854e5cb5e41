import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan, startCut } from '../../../../media/plan/edits.ts';
import { timelineSchema } from '../../../../media/plan/timeline-schema.ts';
import { revisionFacts } from '../../../../media/plan/timeline.ts';
import { at, channel, day, film, filmTable, item, midnightCell } from './plan-of-a-day.ts';

const films = filmTable(film('a', 30));
const timeline = startCut(
  publishPlan(channel(), midnightCell, compilePlan(day(item('ia', 'a', at(1, 0), { note: 'n' })), films)),
  midnightCell + 905,
  { id: 'c' },
);

describe('a stored timeline', () => {
  it('is read back as it was', () => {
    expect(timelineSchema.parse(JSON.parse(canonicalJson(timeline)))).toEqual(timeline);
  });
  it('has one text whatever the order of its keys', () => {
    const turned = Object.fromEntries(Object.entries(timeline).reverse());
    expect(canonicalJson(turned)).toBe(canonicalJson(timeline));
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[{"d":1}]}');
  });
  it('is refused with a hole, a revision without facts or a key that nobody knows', () => {
    const [first, ...rest] = timeline.spans;
    const shifted = { ...first!, fromCell: first!.fromCell + 1 };
    expect(timelineSchema.safeParse({ ...timeline, spans: [shifted, ...rest] }).success).toBe(false);
    expect(timelineSchema.safeParse({ ...timeline, slate: 'toString' }).success).toBe(false);
    expect(timelineSchema.safeParse({ ...timeline, surprise: 1 }).success).toBe(false);
  });
  it('that names an unknown revision is an error at once, not a blank screen later', () => {
    expect(() => revisionFacts(timeline, 'nothing')).toThrow(/nothing/);
  });
});
