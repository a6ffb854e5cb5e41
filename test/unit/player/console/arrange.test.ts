import { describe, expect, it } from 'vitest';
import type { DayTemplate } from '../../../../media/contract/day-templates.ts';
import type { Season } from '../../../../media/contract/seasons.ts';
import { type Arrangement, arranged, daysBetween } from '../../../../player/console/planning/arrange/arranged.ts';
import { templateItems } from '../../../../player/console/planning/arrange/day-sources.ts';
import type { PlanRow } from '../../../../player/console/planning/plan-rows.ts';

const row = (id: string, day: string, clock: string, fields: Partial<PlanRow> = {}): PlanRow => ({
  ...{ id, day, clock, filmId: `film-${id}`, filmTitle: `《${id}》` },
  startMode: 'hard',
  maxLateMs: 0,
  filmMs: 1_800_000,
  mustWatch: false,
  note: '',
  ...fields,
});
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const base = { isReplacing: false, planFrom: '2026-12-01', zone: 'Asia/Shanghai' };
const lay = (rows: readonly PlanRow[], more: Pick<Arrangement, 'source' | 'days'> & Partial<Arrangement>) => {
  const laid = arranged(rows, { ...base, ...more });
  const lines = laid.rows.map(({ day, clock, filmTitle }) => `${day.slice(8)} ${clock.slice(0, 5)} ${filmTitle}`);
  return { ...laid, lines };
};

describe('copying a day', () => {
  const rows = [
    row('a', '2026-12-01', '19:00:00', { mustWatch: true, repeat: { every: 'week', weekdays: [2] } }),
    row('f', '2026-12-01', '', { startMode: 'follow' }),
    row('x', '2026-12-02', '19:15:00'),
  ];
  const source = { kind: 'day', day: '2026-12-01' } as const;

  it('keeps what is there and tells what it meets', () => {
    const { lines, placed, conflicts } = lay(rows, { source, days: ['2026-12-02', '2026-12-03'] });
    expect(lines).toEqual(['01 19:00 《a》', '01  《f》', '02 19:15 《x》', '03 19:00 《a》', '03  《f》']);
    expect(placed).toBe(2);
    expect(conflicts).toEqual([{ day: '2026-12-02', clock: '19:00:00', title: '《a》', withTitle: '《x》' }]);
  });
  it('copies lines as they air on that day: once', () => {
    const { rows: laid } = lay(rows, { source, days: ['2026-12-03'] });
    expect(laid.at(-2)).toMatchObject({ mustWatch: true, filmId: 'film-a' });
    expect(laid.at(-2)).not.toHaveProperty('repeat');
  });
  it('adds nothing where the same is there already, by a rule or by hand', () => {
    const once = lay(rows, { source, days: ['2026-12-08', '2026-12-03'] });
    expect([once.placed, once.present]).toEqual([2, 2]);
    const twice = lay(once.rows, { source, days: ['2026-12-08', '2026-12-03'] });
    expect([twice.placed, twice.present, twice.rows]).toEqual([0, 4, once.rows]);
  });
  it('replaces a day where that is wanted, and no other', () => {
    const { lines } = lay(rows, { source, days: ['2026-12-02'], isReplacing: true });
    expect(lines).toEqual(['01 19:00 《a》', '01  《f》', '02 19:00 《a》', '02  《f》']);
  });
});

it('copies a week by weekday', () => {
  const rows = [row('mon', '2026-11-30', '08:00:00'), row('sun', '2026-12-06', '09:00:00')];
  const days = daysBetween('2026-12-07', '2026-12-20', everyDay);
  expect(lay(rows, { source: { kind: 'week', day: '2026-12-02' }, days }).lines.slice(2)).toEqual([
    '07 08:00 《mon》',
    '13 09:00 《sun》',
    '14 08:00 《mon》',
    '20 09:00 《sun》',
  ]);
});

it('takes a month from the month before by weekday', () => {
  // 2026-11-10 is the second Tuesday of November, 2026-12-08 of December; 2026-12-29 the fifth, of which November has none.
  const november = [row('second', '2026-11-10', '19:00:00'), row('fourth', '2026-11-24', '19:00:00')];
  const source = { kind: 'plan', from: '2026-11-01', rows: november } as const;
  expect(lay([], { source, days: daysBetween('2026-12-01', '2026-12-31', everyDay) }).lines).toEqual([
    '08 19:00 《second》',
    '22 19:00 《fourth》',
    '29 19:00 《fourth》',
  ]);
});

describe('templates', () => {
  const evening = {
    ...{ id: 'evening', name: '晚间', version: 1 },
    items: [
      {
        clock: '19:30:00',
        startMode: 'hard',
        maxLateMs: 0,
        mustWatch: true,
        filmId: 'f',
        filmTitle: '开台',
        filmMs: 60_000,
      },
      { startMode: 'follow', maxLateMs: 0, mustWatch: false },
    ],
  } as unknown as DayTemplate;
  const season = (name: string, from: string, to: string, shiftMinutes: number, weekdays = everyDay) =>
    ({
      id: name,
      name,
      version: 1,
      ranges: [{ from, to }],
      rules: [{ weekdays, template: 'evening', shiftMinutes }],
    }) as unknown as Season;

  it('put lines at their time on the chosen days, also those that still want a film', () => {
    const { rows, placed } = lay([], {
      source: { kind: 'template', template: evening },
      days: ['2026-12-01', '2026-12-05'],
    });
    expect(placed).toBe(4);
    expect(rows.map(({ day, clock, filmId, mustWatch }) => [day.slice(8), clock, filmId, mustWatch])).toEqual([
      ['01', '19:30:00', 'f', true],
      ['01', '', '', false],
      ['05', '19:30:00', 'f', true],
      ['05', '', '', false],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
  });
  it('fill a month as the seasons say, half past seven in the slack one and an hour later in the busy one', () => {
    const seasons = [
      season('农闲', '2026-12-01', '2026-12-03', 0),
      season('农忙', '2026-12-03', '2026-12-06', 60, [6, 7]),
    ];
    const source = { kind: 'season', seasons, templates: [evening] } as const;
    const { lines } = lay([], { source, days: daysBetween('2026-12-01', '2026-12-31', everyDay) });
    expect(lines.filter((one) => one.includes('开台'))).toEqual(['01 19:30 开台', '02 19:30 开台', '05 20:30 开台']);
  });
  it('tell what a season would bring out of the day', () => {
    const source = {
      kind: 'season',
      seasons: [season('通宵', '2026-12-01', '2026-12-02', 300)],
      templates: [evening],
    } as const;
    const { placed, conflicts } = lay([], { source, days: ['2026-12-01'] });
    expect([placed, conflicts]).toEqual([0, [{ day: '2026-12-01', clock: '19:30:00', title: '开台' }]]);
  });
  it('keep a day without its dates and rules', () => {
    const rows = [
      row('a', '2026-12-01', '19:00:00', { repeat: { every: 'day' }, note: ' 带教材 ' }),
      row('f', '2026-12-01', '', { startMode: 'follow', filmId: '' }),
    ];
    expect(templateItems(rows, '2026-12-03')).toEqual([
      { startMode: 'hard', maxLateMs: 0, mustWatch: false, clock: '19:00:00', filmId: 'film-a', note: '带教材' },
      { startMode: 'follow', maxLateMs: 0, mustWatch: false },
    ]);
  });
});
