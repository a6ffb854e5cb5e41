import { describe, expect, it } from 'vitest';
import { readMonth, readSheetDate, readWeekday } from '../../../../media/sheet/sheet-date.ts';
import { readStartMode, writeStartMode } from '../../../../media/sheet/sheet-start.ts';
import { clockText, readSheetLength, readSheetTime } from '../../../../media/sheet/sheet-time.ts';

const march = { from: '2026-03-01', to: '2026-04-01' };
const clock = (value: string | number): string | undefined => {
  const read = readSheetTime(value);
  if (read === undefined) return undefined;
  return read.endMs === undefined ? clockText(read.startMs) : `${clockText(read.startMs)}-${clockText(read.endMs)}`;
};

describe('a date of a sheet', () => {
  it.each([
    ['2026-03-05', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['2026/3/5', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['3月5日', '2026-03-05'],
    ['３月５日', '2026-03-05'],
    ['3月5号', '2026-03-05'],
    ['3-5', '2026-03-05'],
    ['3/5', '2026-03-05'],
    [' 3 月 5 日 ', '2026-03-05'],
    [46_086, '2026-03-05'],
    [46_086.8125, '2026-03-05'],
    ['12月31日', '2026-12-31'],
  ])('%j is %s', (value, date) => {
    expect(readSheetDate(value, march)?.date).toBe(date);
  });
  it('takes the year in which the day lies within the plan', () => {
    const overNewYear = { from: '2026-12-15', to: '2027-01-15' };
    expect(readSheetDate('1月3日', overNewYear)?.date).toBe('2027-01-03');
    expect(readSheetDate('12-31', overNewYear)?.date).toBe('2026-12-31');
  });
  it('takes a day alone where the page names the month', () => {
    expect(readSheetDate('5日', { ...march, month: 3 })?.date).toBe('2026-03-05');
    expect(readSheetDate(5, { ...march, month: 3 })?.date).toBe('2026-03-05');
    expect(readSheetDate('5日', march)).toBeUndefined();
  });
  it.each(['2026-02-29', '4月31日', '13月1日', '', '下周四', '2026-3', '0-5', '=A1', 12.5])('%j is none', (value) => {
    expect(readSheetDate(value, march)).toBeUndefined();
  });
  it('reads the weekday behind it, and one of its own', () => {
    expect(readSheetDate('3月5日（周四）', march)).toEqual({ date: '2026-03-05', weekday: 4 });
    expect(readSheetDate('3月5日 星期四', march)).toEqual({ date: '2026-03-05', weekday: 4 });
    expect(['星期日', '周天', '四', 'Thu', '礼拜一'].map(readWeekday)).toEqual([7, 7, 4, 4, 1]);
    expect(readWeekday('假日')).toBeUndefined();
  });
  it('reads the month of a page', () => {
    expect(readMonth('3月节目单')).toBe(3);
    expect(readMonth('2026-03')).toBe(3);
    expect(readMonth('3月、4月')).toBeUndefined();
    expect(readMonth('Sheet1')).toBeUndefined();
  });
});

describe('a time of a sheet', () => {
  it.each([
    ['8:30', '08:30:00'],
    ['08:30:04', '08:30:04'],
    ['8：30', '08:30:00'],
    ['８：３０', '08:30:00'],
    ['上午8:30', '08:30:00'],
    ['下午2点', '14:00:00'],
    ['晚7点半', '19:30:00'],
    ['晚上7:30', '19:30:00'],
    ['19时30分', '19:30:00'],
    ['19点05分', '19:05:00'],
    ['7点一刻', '07:15:00'],
    ['中午12点', '12:00:00'],
    ['中午1点', '13:00:00'],
    ['凌晨12:30', '00:30:00'],
    ['7:30 PM', '19:30:00'],
    ['下午13:30', '13:30:00'],
    ['8:30-9:15', '08:30:00-09:15:00'],
    ['8:30～9:15', '08:30:00-09:15:00'],
    ['8：30—9：15', '08:30:00-09:15:00'],
    ['下午2点至3点', '14:00:00-15:00:00'],
    ['晚7点半到8点', '19:30:00-20:00:00'],
    ['23:30-24:00', '23:30:00-24:00:00'],
    ['23:30-0:15', '23:30:00-24:15:00'],
    [0.8125, '19:30:00'],
    [46_086.8125, '19:30:00'],
    [0, '00:00:00'],
  ])('%j is %s', (value, text) => {
    expect(clock(value)).toBe(text);
  });
  it.each([
    '24:00',
    '25:00',
    '8:60',
    '8',
    '晚上12点',
    '8:30-8:30',
    '8:30-9:00-9:30',
    '下午',
    '',
    8,
    -1,
    'a8:30',
    '8:3',
  ])('%j is none', (value) => {
    expect(clock(value)).toBeUndefined();
  });
});

describe('a length of a sheet', () => {
  it.each([
    ['45:20', 2_720_000],
    ['1:02:03', 3_723_000],
    ['00:45:20', 2_720_000],
    ['45分20秒', 2_720_000],
    ['30分钟', 1_800_000],
    ['1小时', 3_600_000],
    ['90秒', 90_000],
    ['45\'20"', 2_720_000],
    ['30', 1_800_000],
    [30, 1_800_000],
    [0.03148148148, 2_720_000],
  ])('%j is %d ms', (value, ms) => {
    expect(readSheetLength(value)).toBe(ms);
  });
  it.each(['', '0', 'lang', '99:99:99', 0, -3, 5000])('%j is none', (value) => {
    expect(readSheetLength(value)).toBeUndefined();
  });
});

describe('the mode of a start', () => {
  it('is read and written', () => {
    expect(readStartMode('')).toEqual({ startMode: 'hard', maxLateMs: 0 });
    expect(readStartMode('紧接')).toEqual({ startMode: 'follow', maxLateMs: 0 });
    expect(readStartMode('可推迟 5分')).toEqual({ startMode: 'soft', maxLateMs: 300_000 });
    expect(readStartMode('随便')).toBeUndefined();
    for (const maxLateMs of [0, 20_000, 300_000, 304_000]) {
      const start = { startMode: 'soft', maxLateMs } as const;
      expect(writeStartMode(start)).toMatch(/^可推迟 /);
      if (maxLateMs > 0) expect(readStartMode(writeStartMode(start))).toEqual(start);
    }
  });
});
