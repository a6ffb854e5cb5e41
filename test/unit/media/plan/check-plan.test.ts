import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../../media/plan/check-plan.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import { findingText } from '../../../../media/plan/finding-text.ts';
import { findingSeverities } from '../../../../media/plan/finding.ts';
import type { PlanItem } from '../../../../media/plan/plan.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { at, channel, day, film, filmTable, item, midnightAtMs, midnightCell } from './plan-of-a-day.ts';

const DAY_MS = 86_400_000;
const films = filmTable(
  film('half', 450),
  film('short', 15),
  film('tiny', 2),
  film('encoding', 10, { state: 'encoding' }),
  film('withdrawn', 10, { state: 'withdrawn' }),
  film('unseen', 10, { state: 'review' }),
  film('returned', 10, { state: 'refused', isReturned: true }),
  film('damaged', 10, { state: 'refused' }),
  film('from-today', 15, { airFrom: '2026-12-01', airUntil: '2026-12-01' }),
  film('from-tomorrow', 15, { airFrom: '2026-12-02' }),
  film('until-today', 450, { airUntil: '2026-12-01' }),
  film('until-yesterday', 15, { airUntil: '2026-11-30' }),
  withLanguages('mandarin', ['zh-CN']),
  withLanguages('bilingual', ['zh-CN', 'ug']),
);
/** A film in package `cmaf` with these languages. */
function withLanguages(name: string, languages: readonly string[]) {
  const { facts, ...rest } = film(name, 15);
  return { ...rest, facts: { ...facts!, languages, packages: ['ts', 'cmaf'] as const } };
}

const twoDaysBefore = { films, atMs: midnightAtMs - 2 * DAY_MS, timeZone: 'Asia/Shanghai', package: 'ts' as const };

function codes(items: readonly PlanItem[], context: object = {}): string[] {
  return checkPlan(day(...items), { ...twoDaysBefore, ...context }).map(({ code, row }) => `${code}@${row ?? '-'}`);
}

describe('a plan', () => {
  it('without fault has no findings', () => {
    expect(codes([item('a', 'half', at(19, 30)), item('b', 'half')])).toEqual([]);
  });
  it('leaves slots open without a film: no gap, no film, but neither too short nor two at once', () => {
    const slot = (startAtMs: number, durationMs: number): PlanItem => ({
      ...{ id: 's', startAtMs, startMode: 'hard', maxLateMs: 0, durationMs, mustWatch: false, open: true },
    });
    const [before, after] = [item('a', 'half', at(19, 0)), item('b', 'half', at(20, 0))];
    expect(codes([before, slot(at(19, 30), 1_800_000), after])).toEqual([]);
    expect(codes([before, slot(at(19, 30), 8000), after])).toContain('item_too_short@2');
    expect(codes([before, slot(at(19, 30), 1_804_000), after])).toEqual(['overlap@3']);
    expect(codes([slot(at(19, 30), 1_800_000)], { atMs: at(19, 0) })).toEqual([]);
  });
  it('that is empty says so', () => {
    expect(codes([])).toEqual(['empty_plan@-']);
  });
  it('names both rows of an overlap, how long it is, and the cure', () => {
    const found = checkPlan(day(item('a', 'half', at(19, 0)), item('b', 'half', at(19, 29, 56))), twoDaysBefore);
    expect(found).toEqual([
      {
        severity: 'error',
        code: 'overlap',
        itemId: 'b',
        row: 2,
        params: { title: 'Film half', start: '2026-12-01 19:29:56', otherTitle: 'Film half', otherRow: 1, seconds: 4 },
      },
    ]);
    expect(found.map((each) => findingText(each, 'zh'))[0]).toContain('第 1 行《Film half》还差 4秒没有播完');
    expect(found.map((each) => findingText(each, 'en'))[0]).toMatch(/row 1\) still has 4 s to run.*Start it later/);
  });
  it('tells the end before a gap to the second', () => {
    const [gap] = checkPlan(day(item('a', 'tiny', at(19, 0)), item('b', 'short', at(19, 1))), twoDaysBefore).filter(
      ({ code }) => code === 'gap',
    );
    expect(gap?.params['start']).toBe('2026-12-01 19:00:08');
  });
  it('finds the same row twice', () => {
    expect(codes([item('a', 'short', at(19, 0)), item('b', 'short', at(19, 0))])).toEqual(['overlap@2']);
  });
  it('warns of the smallest gap within a day, and not of the night', () => {
    const after = (second: number) => codes([item('a', 'short', at(19, 0)), item('b', 'short', at(19, 1, second))]);
    expect(after(4)).toEqual(['gap@2', 'slate_scrap@2']);
    expect(after(8)).toEqual(['gap@2', 'slate_scrap@2']);
    expect(after(12)).toEqual(['gap@2']);
    const list = {
      ...day(item('a', 'short', at(19, 0)), item('b', 'short', at(31, 0))),
      toCell: midnightCell + 50_000,
    };
    expect(checkPlan(list, twoDaysBefore)).toEqual([]);
  });
  it.each([
    ['missing', 'film_missing@1'],
    ['encoding', 'film_not_ready@1'],
    ['unseen', 'film_not_passed@1'],
    ['returned', 'film_not_passed@1'],
    ['damaged', 'film_not_ready@1'],
    ['withdrawn', 'film_withdrawn@1'],
    ['tiny', 'item_too_short@1'],
  ])('says of the film %s: %s', (filmId, expected) => {
    expect(codes([item('a', filmId, at(19, 0))])).toEqual([expected]);
  });
  it.each([
    [
      'missing',
      '2026-12-01 19:00 的节目：片库中没有编号为 missing 的片',
      'no film missing, planned at 2026-12-01 19:00.',
    ],
    [
      'encoding',
      '2026-12-01 19:00 的《Film encoding》还不能播出（制作中）',
      'planned at 2026-12-01 19:00, cannot air yet',
    ],
    ['withdrawn', '2026-12-01 19:00 的《Film withdrawn》已撤回', 'planned at 2026-12-01 19:00, was withdrawn'],
  ])('names the time at which the film %s does not air', (filmId, chinese, english) => {
    const [found] = checkPlan(day(item('a', filmId, at(19, 0))), twoDaysBefore);
    expect(findingText(found!, 'zh')).toContain(chinese);
    expect(findingText(found!, 'en')).toContain(english);
  });
  it('airs an alternate where the film may not, says so, and what would not help', () => {
    const plan = [item('a', 'encoding', at(19, 0), { title: 'Lesson', alternates: ['withdrawn', 'short'] })];
    const found = checkPlan(day(...plan), twoDaysBefore);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['alternate_airs', 'warning'],
      ['alternate_not_ready', 'warning'],
      ['truncated', 'warning'],
    ]);
    expect(findingText(found[0]!, 'zh')).toContain(
      '2026-12-01 19:00 的《Lesson》不能播出，将由备播片《Film short》代替',
    );
    expect(findingText(found[1]!, 'en')).toContain('"Film withdrawn", an alternate of "Lesson" at 2026-12-01 19:00');
    const { items } = compilePlan(day(...plan), films);
    expect(items['a']).toMatchObject({ filmId: 'short', title: 'Film short' });
  });
  it.each([
    ['from-today', []],
    ['from-tomorrow', ['film_expired@1']],
    ['until-yesterday', ['film_expired@1']],
    ['until-today', []],
  ])('shows the film %s on its days only', (filmId, expected) => {
    expect(codes([item('a', filmId, at(12, 0))])).toEqual(expected);
  });
  it('says which days a film has, in both languages, and counts the part behind midnight too', () => {
    const list = { ...day(item('a', 'until-today', at(23, 45))), toCell: midnightCell + 43_200 };
    const [found] = checkPlan(list, twoDaysBefore);
    expect([found?.code, found?.severity]).toEqual(['film_expired', 'error']);
    expect(findingText(found!, 'zh')).toContain(
      '2026-12-01 23:45 的《Film until-today》不在可播出的日期之内（至 2026-12-01 止）',
    );
    expect(findingText(found!, 'en')).toContain('may not be shown then (until 2026-12-01). Move the item');
  });
  it('lets no film stand in outside of its days', () => {
    const plan = [item('a', 'encoding', at(19, 0), { alternates: ['until-yesterday'] })];
    expect(codes(plan)).toEqual(['alternate_airs@1', 'alternate_not_ready@1', 'film_expired@1', 'truncated@1']);
  });
  it('names the languages that its channel declares and a film lacks, on channels that air several', () => {
    const plan = [item('a', 'mandarin', at(19, 0)), item('b', 'bilingual')];
    const cmaf = { package: 'cmaf', languages: ['zh-CN', 'ug', 'kk'] };
    const found = checkPlan(day(...plan), { ...twoDaysBefore, ...cmaf } as Parameters<typeof checkPlan>[1]);
    expect(found.map(({ code, severity, row, params }) => [code, severity, row, params['languages']])).toEqual([
      ['language_missing', 'warning', 1, 'ug, kk'],
      ['language_missing', 'warning', 2, 'kk'],
    ]);
    expect(codes(plan, { ...cmaf, languages: ['zh-CN'] })).toEqual([]);
    expect(codes(plan, { languages: ['zh-CN', 'ug', 'kk'] })).toEqual([]);
  });
  it('warns where a must-watch item is not shown whole or another film takes its place', () => {
    const must = (filmId: string, more: object = {}) => item('a', filmId, at(19, 0), { mustWatch: true, ...more });
    expect(codes([must('half')])).toEqual([]);
    expect(codes([must('half', { durationMs: 60_000 })])).toEqual(['must_watch_cut@1', 'truncated@1']);
    expect(codes([must('half'), item('b', 'short', at(19, 20))])).toEqual(['must_watch_cut@1', 'overlap@2']);
    expect(codes([{ ...must('half'), startAtMs: at(23, 45) }])).toEqual(['must_watch_cut@1', 'truncated@1']);
    const [, replaced] = checkPlan(day(must('encoding', { alternates: ['half'] })), twoDaysBefore);
    expect(findingText(replaced!, 'zh')).toContain('必看节目《Film encoding》由备播片《Film half》代替');
    expect(findingText(replaced!, 'en')).toContain('is replaced by its alternate "Film half"');
  });
  it('without an alternate that is ready keeps its error', () => {
    expect(codes([item('a', 'encoding', at(19, 0), { alternates: ['withdrawn'] })])).toEqual(['film_not_ready@1']);
  });
  it('names the line of a repeat and each time at which something is wrong, and a repeat without a day', () => {
    const twoDays = (...items: PlanItem[]) => ({ ...day(...items), toCell: midnightCell + 43_200 });
    const found = checkPlan(
      twoDays(
        item('once', 'short', at(18, 0)),
        item('daily', 'encoding', at(19, 0), { repeat: { every: 'day' } }),
        item('never', 'short', at(20, 0), { repeat: { every: 'week', weekdays: [7] } }),
      ),
      twoDaysBefore,
    ).filter(({ code }) => code !== 'gap');
    expect(found.map(({ code, row, itemId, params }) => [code, row, itemId, params['start']])).toEqual([
      ['film_not_ready', 2, 'daily', '2026-12-01 19:00'],
      ['film_not_ready', 2, 'daily', '2026-12-02 19:00'],
      ['repeat_without_day', 3, 'never', '2026-12-01T20:00:00+08:00'],
    ]);
  });
  it('needs a start on the grid and inside its dates', () => {
    expect(codes([item('a', 'short', at(19, 0, 2))])).toEqual(['off_grid@1']);
    expect(codes([item('a', 'short', at(-1, 0))])).toEqual(['outside_plan@1']);
    expect(codes([item('a', 'short', at(24, 0))])).toEqual(['outside_plan@1']);
    expect(codes([item('a', 'short', at(0, 0))])).toEqual([]);
  });
  it('says where a film is cut: by its length, by the next item, at the end of the plan', () => {
    expect(codes([item('a', 'half', at(19, 0), { durationMs: 60_000 })])).toEqual(['truncated@1']);
    expect(codes([item('a', 'half', at(23, 50))])).toEqual(['truncated@1']);
    const waits = item('b', 'half', at(19, 20), { startMode: 'soft', maxLateMs: 600_000 });
    expect(codes([item('a', 'half', at(19, 0)), waits, item('c', 'short', at(19, 50))])).toEqual([
      'late@2',
      'truncated@2',
    ]);
  });
  it('says when a soft item was to begin, when it does and by how much that is late', () => {
    const waits = item('b', 'short', at(19, 20), { startMode: 'soft', maxLateMs: 900_000 });
    const found = checkPlan(day(item('a', 'half', at(19, 0)), waits, item('c', 'short')), twoDaysBefore);
    expect(found.map(({ code, row }) => [code, row])).toEqual([['late', 2]]);
    expect(findingText(found[0]!, 'zh')).toContain('将由 2026-12-01 19:20 推迟 10分，于 2026-12-01 19:30 开始');
    expect(findingText(found[0]!, 'en')).toMatch(
      /planned at 2026-12-01 19:20,.*starts 10 min late, at 2026-12-01 19:30/,
    );
  });
  it('is refused where a soft item may not wait as long as the one before it runs', () => {
    const waits = item('b', 'short', at(19, 20), { startMode: 'soft', maxLateMs: 300_000 });
    const found = checkPlan(day(item('a', 'half', at(19, 0)), waits), twoDaysBefore);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['late', 'warning'],
      ['overlap', 'error'],
    ]);
    expect(found[1]?.params).toMatchObject({ start: '2026-12-01 19:25', otherRow: 1, seconds: 300 });
  });
  it('knows followers without a leader and items without a start', () => {
    const lost: PlanItem = { id: 'b', filmId: 'short', startMode: 'hard', maxLateMs: 0, mustWatch: false };
    expect(codes([item('a', 'short'), lost])).toEqual(['follow_without_previous@1', 'start_missing@2']);
  });
  it('asks for the package that the channel airs', () => {
    expect(codes([item('a', 'short', at(19, 0))], { package: 'cmaf' })).toEqual(['no_package@1']);
  });
});

describe('the time of a plan', () => {
  const items = [item('a', 'short', at(8, 0)), item('b', 'short', at(19, 0))];
  const published: Timeline = publishPlan(channel(), midnightCell, compilePlan(day(...items), films));

  /** The day between the two items is a gap, which is not the question here. */
  const late = (some: readonly PlanItem[], context: object): string[] =>
    codes(some, context).filter((each) => !each.startsWith('gap'));

  it('warns once when new items begin within a day, for the notice board', () => {
    const found = checkPlan(day(...items), { ...twoDaysBefore, atMs: midnightAtMs });
    expect(
      found.filter(({ code }) => code !== 'gap').map(({ code, row, params }) => [code, row, params['items']]),
    ).toEqual([['notice_lead', 1, 2]]);
  });
  it('refuses new items in the past', () => {
    expect(late(items, { atMs: at(12, 0) })).toEqual(['start_in_past@1', 'notice_lead@2']);
  });
  it('leaves history and what people have read alone', () => {
    expect(late(items, { atMs: at(12, 0), published })).toEqual([]);
    const moved = [items[0]!, item('b', 'short', at(20, 0))];
    expect(late(moved, { atMs: at(12, 0), published })).toEqual(['notice_lead@2']);
  });
});

describe('the sentence of every finding', () => {
  it('has a line in the table of the papers', () => {
    const table = readFileSync('docs/plan-findings.md', 'utf8');
    for (const [code, severity] of Object.entries(findingSeverities)) {
      expect(table).toMatch(new RegExp(`\\| [^|]*\`${code}\`[^|]*\\| ${severity} \\|`));
    }
  });
  it('ends with a cure in both languages', () => {
    for (const [code, severity] of Object.entries(findingSeverities)) {
      const finding = { severity, code: code as keyof typeof findingSeverities, params: { title: 'T', seconds: 64 } };
      expect(findingText(finding, 'en').match(/[.;] /g)?.length ?? 0).toBeGreaterThanOrEqual(1);
      expect(findingText(finding, 'zh')).toMatch(/。[^。]+。$/);
    }
  });
});
