import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../../media/plan/check-plan.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { findingText } from '../../../../media/plan/finding-text.ts';
import { at, day, film, filmTable, item, midnightAtMs } from './plan-of-a-day.ts';

const films = filmTable(film('good', 450), film('bare', 450, { lacksCertificate: true }));
const list = day(item('a', 'bare', at(19, 0)), item('b', 'good', at(19, 30)));
const context = { films, atMs: midnightAtMs - 2 * 86_400_000, timeZone: 'Asia/Shanghai', package: 'ts' as const };

describe('a film without a channel-ready certificate', () => {
  it('cannot be planned, and the plan says why and what to do', () => {
    const found = checkPlan(list, context);
    expect(found).toMatchObject([{ code: 'not_channel_ready', severity: 'error', itemId: 'a', row: 1 }]);
    expect(found.map((each) => findingText(each, 'zh'))[0]).toMatch(/《Film bare》没有播出合格证.*重新制作/);
    expect(found.map((each) => findingText(each, 'en'))[0]).toMatch(/no channel-ready certificate.*encoded anew/);
  });

  it('is not compiled: the channel shows slate in its place', () => {
    expect(compilePlan(list, films).runs.map(({ revision }) => revision)).toEqual(['rev-good']);
  });
});
