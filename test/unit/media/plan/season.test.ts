import { describe, expect, it } from 'vitest';
import { seasonOn, type SeasonProfile, shiftClock } from '../../../../media/plan/season.ts';

const season = (name: string, from: string, to: string, ...weekdays: number[]): SeasonProfile => ({
  id: name,
  name,
  ranges: [{ from, to }],
  rules: [{ weekdays, template: `template of ${name}`, shiftMinutes: 0 }],
});
const slack = season('农闲', '2026-11-01', '2027-03-01', 1, 2, 3, 4, 5, 6, 7);
const festival = season('春节', '2027-02-05', '2027-02-13', 6, 7);
const nameOn = (date: string): string | undefined => seasonOn([slack, festival], date)?.season.name;

describe('the season of a date', () => {
  it('begins on its first day and ends before its last', () => {
    expect(['2026-10-31', '2026-11-01', '2027-02-28', '2027-03-01'].map(nameOn)).toEqual([
      undefined,
      '农闲',
      '农闲',
      undefined,
    ]);
  });
  it('is the one that began last, in whatever order they are listed', () => {
    expect(['2027-02-04', '2027-02-05', '2027-02-12', '2027-02-13'].map(nameOn)).toEqual([
      '农闲',
      '春节',
      '春节',
      '农闲',
    ]);
    expect(seasonOn([festival, slack], '2027-02-05')?.season.name).toBe('春节');
  });
  it('applies what its weekday has, which may be nothing', () => {
    expect(seasonOn([festival], '2027-02-05')?.rules).toEqual([]);
    expect(seasonOn([festival], '2027-02-06')?.rules).toHaveLength(1);
  });
});

describe('a time of day', () => {
  it('is put later or earlier within its day', () => {
    expect(shiftClock('19:30:00', 60)).toBe('20:30:00');
    expect(shiftClock('19:30:04', -30)).toBe('19:00:04');
    expect(shiftClock('23:30:00', 30)).toBeUndefined();
    expect(shiftClock('00:15:00', -30)).toBeUndefined();
    expect(shiftClock('23:30:00', 29)).toBe('23:59:00');
  });
});
