import { describe, expect, it } from 'vitest';
import { activationCell, urgentActivationCell } from '../../../../media/channel/activation.ts';
import { alarmsAt } from '../../../../media/plan/alarm-ladder.ts';
import { withChanges } from '../../../../media/plan/changed-rows.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan, withdrawRevision } from '../../../../media/plan/edits.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import type { FilmFacts, FilmTable } from '../../../../media/plan/plan.ts';
import { slotFilmIds, tendItemSlots } from '../../../../media/plan/tend-item-slots.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { spansBetween } from '../../../../media/plan/timeline-spans.ts';
import { timelineSchema } from '../../../../media/plan/timeline-schema.ts';
import { cellAt } from '../../../../media/grid/cell.ts';
import { at, channel, day, film, filmTable, item, midnightCell } from './plan-of-a-day.ts';

const own = film('own', 150);
const late: FilmFacts = { filmId: 'own', title: 'Film own', state: 'encoding', durationMs: own.durationMs! };
const spare = film('spare', 60);
const loop = film('loop', 15);
const plan = day(item('a', 'own', at(19, 0), { alternates: ['spare'], title: 'Lesson' }), item('b', 'spare'));
const lateTable = filmTable(late, spare);

function tend(timeline: Timeline, films: FilmTable, atMs: number, fillers = [] as readonly FilmFacts[]): Timeline {
  return tendItemSlots(timeline, {
    films,
    package: 'ts',
    fillers: fillers as never,
    turns: { seed: 'county', restCells: 0 },
    ordinaryCell: activationCell(atMs),
    urgentCell: urgentActivationCell(atMs),
    atMs,
  });
}
const published = publishPlan(channel(), midnightCell, compilePlan(plan, lateTable));
/** What airs from 19:00 on, as revision and cells. */
const aired = (timeline: Timeline, cells = 210) =>
  spansBetween(timeline, cellAt(at(19, 0)), cellAt(at(19, 0)) + cells).map(({ revision, cells }) => [revision, cells]);
const told = (timeline: Timeline, atMs = at(19, 0)) =>
  withChanges(guideRows(timeline, cellAt(atMs), cellAt(atMs) + 210), timeline)
    .filter(({ kind, insteadOf }) => kind === 'item' || insteadOf !== undefined)
    .map(({ title, insteadOf }) => [title, insteadOf]);

describe('a film that is late', () => {
  it('leaves its time to the alternate, and what follows begins when it would have ended', () => {
    expect(aired(published)).toEqual([
      ['rev-spare', 60],
      ['rev-slate', 90],
      ['rev-spare', 60],
    ]);
    expect(timelineSchema.parse(published)).toEqual(published);
  });

  it('is announced as planned until two hours before, then its alternate is, as a change', () => {
    const early = tend(published, lateTable, at(16, 59));
    expect(told(early)[0]).toEqual(['Lesson', undefined]);
    expect(tend(early, lateTable, at(16, 59, 30))).toBe(early);
    const bound = tend(early, lateTable, at(17, 0));
    expect(told(bound)[0]).toEqual(['Film spare', 'Lesson']);
    expect(spansBetween(bound, midnightCell, cellAt(at(20, 0)))).toEqual(
      spansBetween(early, midnightCell, cellAt(at(20, 0))),
    );
  });

  it('goes on air whole and on time when it becomes ready before its cell may not change any more', () => {
    const ready = tend(tend(published, lateTable, at(17, 30)), filmTable(own, spare), at(18, 59, 28));
    expect(aired(ready)).toEqual([
      ['rev-own', 150],
      ['rev-spare', 60],
    ]);
    expect(told(ready)[0]).toEqual(['Lesson', undefined]);
    expect(slotFilmIds(ready, cellAt(at(18, 59)), new Set())).toEqual([]);
  });

  it('is skipped when it becomes ready too late, and its alternate goes on', () => {
    const atMs = at(18, 59, 32);
    const bound = tend(published, lateTable, at(17, 30));
    expect(tend(bound, filmTable(own, spare), atMs)).toBe(bound);
    expect(tend(bound, filmTable(own, spare), at(19, 1))).toBe(bound);
  });
});

describe('a film that is withdrawn', () => {
  const planned = publishPlan(channel(), midnightCell, compilePlan(plan, filmTable(own, spare)));
  const gone = filmTable({ ...own, state: 'withdrawn' }, spare);

  it('is replaced by its alternate, named at once', () => {
    const atMs = at(10, 0);
    const next = tend(withdrawRevision(planned, urgentActivationCell(atMs), 'rev-own'), gone, atMs);
    expect(aired(next)[0]).toEqual(['rev-spare', 60]);
    expect(told(next)[0]).toEqual(['Film spare', 'Lesson']);
  });

  it('on air gives way to the alternate from the first cell that nobody has listed, as a row of its own', () => {
    const atMs = at(19, 3);
    const next = tend(withdrawRevision(planned, urgentActivationCell(atMs), 'rev-own'), gone, atMs);
    expect(aired(next)).toEqual([
      ['rev-own', 49],
      ['rev-spare', 60],
      ['rev-slate', 41],
      ['rev-spare', 60],
    ]);
    expect(told(next)).toEqual([
      ['Lesson', undefined],
      ['Film spare', 'Lesson'],
      ['Film spare', undefined],
    ]);
    expect(tend(next, gone, atMs + 1000)).toBe(next);
    expect(tend(next, gone, atMs + 60_000)).toBe(next);
  });

  it('without alternates leaves fillers and a change that says what was planned', () => {
    const alone = day(item('a', 'own', at(19, 0)));
    const atMs = at(10, 0);
    const before = publishPlan(channel(), midnightCell, compilePlan(alone, filmTable(own)));
    const next = tend(withdrawRevision(before, urgentActivationCell(atMs), 'rev-own'), gone, atMs, [loop]);
    expect(aired(next, 150)).toEqual(Array.from({ length: 10 }, () => ['rev-loop', 15]));
    expect(told(next)).toEqual([['节目调整', 'Film own']]);
    const back = tend(next, filmTable(own), at(12, 0));
    expect(aired(back, 150)).toEqual([['rev-own', 150]]);
    expect(back.withdrawn).toEqual([]);
  });
});

describe('the alarms', () => {
  const stages = (timeline: Timeline, films: FilmTable, atMs: number) =>
    alarmsAt(timeline, films, atMs).map(({ stage }) => stage);

  it('come a day, two hours and a quarter before, and when the time has begun; each says what airs instead', () => {
    expect(stages(published, lateTable, at(19, 0) - 86_400_001)).toEqual([]);
    expect(stages(published, lateTable, at(19, 0) - 86_400_000)).toEqual(['day']);
    expect(stages(published, lateTable, at(17, 0))).toEqual(['day', 'two-hours']);
    expect(stages(published, lateTable, at(18, 45))).toEqual(['day', 'two-hours', 'quarter']);
    expect(stages(published, lateTable, at(19, 0))).toEqual(['day', 'two-hours', 'quarter', 'missed']);
    expect(alarmsAt(published, lateTable, at(18, 45))[0]).toEqual({
      ...{ itemId: 'a', stage: 'day', title: 'Lesson', filmId: 'own', filmState: 'encoding', airs: 'Film spare' },
      ...{ startAtMs: at(19, 0), endAtMs: at(19, 10) },
    });
  });

  it('are over when the film is on, and when the time of the item is', () => {
    expect(stages(tend(published, filmTable(own, spare), at(18, 50)), filmTable(own, spare), at(18, 51))).toEqual([]);
    expect(stages(published, lateTable, at(19, 10))).toEqual([]);
  });
});
