import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { formatCivilTime, parseCivilDate, parseCivilTime } from '../../../../media/grid/civil-time.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { checkPlan } from '../../../../media/plan/check-plan.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import { expandRepeats } from '../../../../media/plan/expand-repeats.ts';
import { findingText } from '../../../../media/plan/finding-text.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import type { PlanItem } from '../../../../media/plan/plan.ts';
import { seasonOn } from '../../../../media/plan/season.ts';
import { at, channel, film, filmTable, midnightAtMs, midnightCell } from '../../../unit/media/plan/plan-of-a-day.ts';
import { runs } from '../runs.ts';

const hosts = ['UTC', 'Asia/Shanghai', 'America/St_Johns', 'Pacific/Apia'];
const before = process.env['TZ'];
afterEach(() => {
  process.env['TZ'] = before ?? 'UTC';
});

/** What a function says on a host of each zone; the hosts truly differ. */
function onEveryHost(say: () => string): Set<string> {
  const offsets = new Set<number>();
  const said = hosts.map((zone) => {
    process.env['TZ'] = zone;
    offsets.add(new Date(2026, 0, 1).getTimezoneOffset());
    return say();
  });
  expect(offsets.size).toBe(hosts.length);
  return new Set(said);
}

const odd = [
  '2026-02-29T10:00:00', // No such day in a common year.
  '2026-04-31T10:00:00',
  '2028-02-29T10:00:00',
  '２０２６-12-01T10:00:00',
  '2026-12-01T１9:30:00',
  '2026-12-01T24:00:00',
  '2026-12-01T24:00:01',
  '2026-12-01T23:59:60',
  '2026-03-08T02:30:00', // Clocks in New York skip it.
  '2026-11-01T01:30:00', // They show it twice.
  '1990-07-01T09:00:00+09:00',
  '2026-12-01T00:00:00Z',
];

it('reads every date and time the same on every host, and 24:00 as an end only', () => {
  const zones = ['Asia/Shanghai', 'America/New_York', 'Asia/Urumqi'];
  const said = onEveryHost(() =>
    canonicalJson(
      zones.map((zone) =>
        odd.map((text) => [
          parseCivilTime(text, zone),
          parseCivilTime(text, zone, { mayEndDay: true }),
          parseCivilDate(text.slice(0, 10), zone),
        ]),
      ),
    ),
  );
  expect(said.size).toBe(1);
  const midnight = { ok: true, atMs: midnightAtMs + 86_400_000 };
  expect(parseCivilTime('2026-12-01T24:00:00', 'Asia/Shanghai', { mayEndDay: true })).toEqual(midnight);
  expect(parseCivilTime('2026-12-01T24:00:00', 'Asia/Shanghai')).toEqual({ ok: false, code: 'bad_time' });
});

const films = filmTable(
  film('half', 450),
  film('short', 15),
  film('soon', 15, { airFrom: '2026-12-03' }),
  film('unseen', 30, { state: 'review' }),
);
const repeat = fc.constantFrom(
  { every: 'day' as const, except: ['2026-12-03'] },
  { every: 'week' as const, weekdays: [2, 7] },
  { every: 'month' as const, dates: [1, -1] },
  { every: 'month-weekday' as const, weekday: 3, week: 1 },
);
const lists = fc.array(
  fc.record({
    filmId: fc.constantFrom(...films.keys()),
    minute: fc.integer({ min: 0, max: 7 * 1440 }),
    startMode: fc.constantFrom('hard' as const, 'soft' as const, 'follow' as const),
    repeat: fc.option(repeat, { nil: undefined }),
    mustWatch: fc.boolean(),
  }),
  { maxLength: 10 },
);

/** Everything that follows from a list of one week: items written out, findings in words, what airs, the guide. */
function consequences(items: readonly PlanItem[]): string {
  const zone = 'Asia/Shanghai';
  const list = { items, fromCell: midnightCell, toCell: midnightCell + 7 * 21_600 };
  const context = { films, atMs: midnightAtMs - 3_600_000, timeZone: zone, package: 'ts' as const };
  const findings = checkPlan(list, context);
  const compiled = compilePlan(expandRepeats(list, zone), films);
  const guide = guideRows(publishPlan(channel(), midnightCell, compiled), list.fromCell, list.toCell);
  const words = findings.map((found) => [findingText(found, 'zh'), findingText(found, 'en')]);
  const starts = guide.map(({ startAtMs }) => formatCivilTime(startAtMs, zone));
  return createHash('sha256')
    .update(canonicalJson([findings, words, compiled, guide, starts]))
    .digest('hex');
}

it('checks, compiles and lists any plan the same on every host', () => {
  fc.assert(
    fc.property(lists, (lines) => {
      const items = lines.map(({ filmId, minute, startMode, repeat: rule, mustWatch }, index): PlanItem => ({
        ...{ id: `i${index}`, filmId, startMode, mustWatch, maxLateMs: 600_000 },
        ...(startMode === 'follow' ? {} : { startAtMs: at(0, minute), ...(rule ? { repeat: rule } : {}) }),
      }));
      expect(onEveryHost(() => consequences(items)).size).toBe(1);
    }),
    runs(20261129, 100),
  );
});

it('finds the season of a date the same on every host', () => {
  const seasons = [
    { id: 'a', name: '农闲', ranges: [{ from: '2026-11-01', to: '2027-03-01' }], rules: [] },
    { id: 'b', name: '春节', ranges: [{ from: '2027-02-05', to: '2027-02-13' }], rules: [] },
  ];
  const dates = ['2026-10-31', '2026-11-01', '2027-02-05', '2027-02-13', '2027-02-28', '2027-03-01'];
  expect(onEveryHost(() => dates.map((date) => seasonOn(seasons, date)?.season.name ?? '-').join()).size).toBe(1);
});
