import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../media/contract/planning.ts';
import { isAbout } from '../../../../player/console/planning/finding-day.ts';
import type { PlanRow, RowRepeat } from '../../../../player/console/planning/plan-rows.ts';
import {
  airingOn,
  airsOnOwnDay,
  detachDay,
  endBefore,
  exceptDay,
  repeatsOn,
  withRepeat,
} from '../../../../player/console/planning/repeat-rows.ts';
import { repeatText } from '../../../../player/console/planning/repeat-text.ts';
import { repeats as english } from '../../../../player/console/words/en/repeats.ts';
import { repeats as chinese } from '../../../../player/console/words/zh/repeats.ts';

const row = (id: string, fields: Partial<PlanRow> = {}): PlanRow => ({
  id,
  day: '2026-12-01',
  clock: '19:00:00',
  startMode: 'hard',
  maxLateMs: 0,
  filmId: '01h00000000000000000000000',
  filmTitle: '春耕',
  filmMs: 60_000,
  mustWatch: false,
  note: '',
  ...fields,
});
const daily = row('daily', { repeat: { every: 'day', until: '2026-12-05' } });
const follower = row('follower', { startMode: 'follow', clock: '' });
const rows = [
  row('once', { clock: '08:00:00' }),
  daily,
  follower,
  row('later', { day: '2026-12-03', clock: '20:00:00' }),
];
const on = (list: readonly PlanRow[], day: string): string =>
  airingOn(list, day)
    .map((block) => block.map(({ id }) => id).join('+'))
    .join(' ');

describe('lines that repeat', () => {
  it('air on other days with what follows them, in the order of the clock', () => {
    expect(on(rows, '2026-12-01')).toBe('once daily+follower');
    expect(on(rows, '2026-12-03')).toBe('daily+follower later');
    expect(on(rows, '2026-12-06')).toBe('');
    expect(repeatsOn(rows, '2026-12-01')).toEqual([]);
    expect(
      repeatsOn(rows, '2026-12-02')
        .flat()
        .map(({ day }) => day),
    ).toEqual(['2026-12-02', '2026-12-02']);
    expect(airingOn(rows, '2026-12-02')[0]?.[0]).not.toHaveProperty('repeat');
  });
  it('lose one day, and no other', () => {
    const fewer = exceptDay(rows, 'daily', '2026-12-03');
    expect(['02', '03', '04'].map((date) => on(fewer, `2026-12-${date}`))).toEqual([
      'daily+follower',
      'later',
      'daily+follower',
    ]);
    expect(exceptDay(fewer, 'daily', '2026-12-03')).toEqual(fewer);
    expect(exceptDay(rows, 'once', '2026-12-01')).toBe(rows);
  });
  it('begin on their next day when they lose the first, and go with the last', () => {
    const fewer = exceptDay(rows, 'daily', '2026-12-01');
    expect(on(fewer, '2026-12-01')).toBe('once');
    expect(fewer.map(({ id, day }) => `${id} ${day.slice(8)}`)).toEqual([
      'once 01',
      'daily 02',
      'follower 02',
      'later 03',
    ]);
    const onlyToday = withRepeat(rows, 'daily', { every: 'day', until: '2026-12-01' });
    expect(exceptDay(onlyToday, 'daily', '2026-12-01').map(({ id }) => id)).toEqual(['once', 'later']);
  });
  it('end before a day', () => {
    const ended = endBefore(rows, 'daily', '2026-12-03');
    expect(['02', '03', '04'].map((date) => on(ended, `2026-12-${date}`))).toEqual(['daily+follower', 'later', '']);
    expect(endBefore(rows, 'daily', '2026-12-01').map(({ id }) => id)).toEqual(['once', 'later']);
  });
  it('let one day be changed alone', () => {
    let made = 0;
    const detached = detachDay(rows, 'daily', '2026-12-03', () => `n${(made += 1)}`);
    expect(on(detached, '2026-12-03')).toBe('n1+n2 later');
    expect(on(detached, '2026-12-04')).toBe('daily+follower');
    expect(detached.find(({ id }) => id === 'n1')).not.toHaveProperty('repeat');
  });
  it('air once when the rule is taken away', () => {
    expect(on(withRepeat(rows, 'daily', undefined), '2026-12-02')).toBe('');
  });
  it('may leave out the day under which they are listed', () => {
    expect(airsOnOwnDay(row('a', { repeat: { every: 'week', weekdays: [3] } }))).toBe(false);
    expect(airsOnOwnDay(daily)).toBe(true);
    expect(airsOnOwnDay(follower)).toBe(true);
  });
});

describe('a rule in words', () => {
  it.each<[RowRepeat, string, string]>([
    [{ every: 'day', until: '2026-12-05' }, '每天，至 2026-12-05', 'Daily，until 2026-12-05'],
    [{ every: 'week', weekdays: [3, 1] }, '每周一、三', 'Weekly on Mon, Wed'],
    [{ every: 'month', dates: [-1, 15, 1] }, '每月 1 日、15 日、最后一天', 'Monthly on 1, 15, last day'],
    [
      { every: 'month-weekday', weekday: 2, week: 2, except: ['2026-12-08'] },
      '每月第 2 个周二，1 天除外',
      'Monthly on the no. 2 Tue，but for 1 day',
    ],
    [{ every: 'month-weekday', weekday: 7, week: -1 }, '每月最后一个周日', 'Monthly on the last Sun'],
  ])('%j is %s', (rule, zh, en) => {
    expect(repeatText(rule, chinese)).toBe(zh);
    expect(repeatText(rule, english)).toBe(en.replaceAll('，', ', '));
  });
});

describe('a finding of a line that repeats', () => {
  const finding = (start?: string): Finding => ({
    severity: 'warning',
    code: 'gap',
    message: '',
    itemId: 'daily',
    ...(start === undefined ? {} : { params: { start } }),
  });
  it('stands on the day that it is about', () => {
    expect(isAbout(finding('2026-12-03 19:00'), 'daily', '2026-12-03')).toBe(true);
    expect(isAbout(finding('2026-12-03 19:00'), 'daily', '2026-12-01')).toBe(false);
    expect(isAbout(finding(), 'daily', '2026-12-01')).toBe(true);
    expect(isAbout(finding('2026-12-03 19:00'), 'once', '2026-12-03')).toBe(false);
  });
});
