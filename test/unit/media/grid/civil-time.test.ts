import { afterEach, describe, expect, it } from 'vitest';
import {
  addCivilDays,
  civilDateOf,
  formatCivilTime,
  parseCivilDate,
  parseCivilTime,
  zoneOffsetMs,
} from '../../../../media/grid/civil-time.ts';

const zone = 'Asia/Shanghai';
const HOUR_MS = 3_600_000;
const code = (result: ReturnType<typeof parseCivilDate>): string => (result.ok ? 'ok' : result.code);

describe('a county date', () => {
  it('begins at midnight of the county', () => {
    expect(parseCivilDate('2026-12-01', zone)).toEqual({ ok: true, atMs: Date.UTC(2026, 10, 30, 16) });
    expect(parseCivilDate('2028-02-29', zone).ok).toBe(true);
  });
  it.each([
    ['2026-02-29', 'bad_date'],
    ['2026-04-31', 'bad_date'],
    ['2026-13-01', 'bad_date'],
    ['2026-00-10', 'bad_date'],
    ['2026-01-00', 'bad_date'],
    ['1999-12-31', 'bad_year'],
    ['1899-01-01', 'bad_year'],
    ['2101-01-01', 'bad_year'],
    ['10000-01-01', 'bad_format'],
    ['２０２６-11-22', 'bad_format'],
    ['2026-11-2', 'bad_format'],
    ['2026/11/22', 'bad_format'],
    [' 2026-11-22', 'bad_format'],
    ['2026-11-22\n', 'bad_format'],
    ['', 'bad_format'],
    ['NaN', 'bad_format'],
    ['1796083200', 'bad_format'],
    ['-1', 'bad_format'],
    ['1e20', 'bad_format'],
  ])('%j is refused as %s', (text, expected) => {
    expect(code(parseCivilDate(text, zone))).toBe(expected);
  });
  it('begins after the hour that summer time skips where it skips midnight', () => {
    // Cairo, 28 April 2023: 00:00 did not exist.
    expect(parseCivilDate('2023-04-28', 'Africa/Cairo')).toEqual({ ok: true, atMs: Date.UTC(2023, 3, 27, 22) });
  });
});

describe('a civil time', () => {
  it('is county time without an offset, and is converted with one', () => {
    const expected = { ok: true, atMs: Date.UTC(2026, 11, 1, 11, 30) };
    expect(parseCivilTime('2026-12-01T19:30:00', zone)).toEqual(expected);
    expect(parseCivilTime('2026-12-01T19:30', zone)).toEqual(expected);
    expect(parseCivilTime('2026-12-01T19:30:00+08:00', zone)).toEqual(expected);
    expect(parseCivilTime('2026-12-01T20:30:00+09:00', zone)).toEqual(expected);
    expect(parseCivilTime('2026-12-01T11:30:00Z', zone)).toEqual(expected);
    expect(parseCivilTime('2026-12-01T06:00:00.000-05:30', zone)).toEqual(expected);
  });
  it.each([
    ['2026-12-01T25:00:00+08:00', 'bad_time'],
    ['2026-12-01T24:00:00+08:00', 'bad_time'],
    ['2026-12-01T23:59:60+08:00', 'bad_time'],
    ['2026-12-01T23:60:00+08:00', 'bad_time'],
    ['2026-02-29T10:00:00+08:00', 'bad_date'],
    ['2026-12-01T19:30:00+24:00', 'bad_format'],
    ['2026-12-01T19:30:00+08:60', 'bad_format'],
    ['2026-12-01T19:30:00+0800', 'bad_format'],
    ['2026-12-01 19:30:00', 'bad_format'],
    ['2026-12-01T１9:30:00', 'bad_format'],
    ['2026-12-01T7:30:00', 'bad_format'],
    ['2026-12-01t19:30:00z', 'bad_format'],
    ['1899-12-01T19:30:00+08:00', 'bad_year'],
    ['1764588600000', 'bad_format'],
  ])('%j is refused as %s', (text, expected) => {
    expect(code(parseCivilTime(text, zone))).toBe(expected);
  });
  it('may be 24:00 where something ends, and then is the next midnight', () => {
    const end = parseCivilTime('2026-12-01T24:00:00+08:00', zone, { mayEndDay: true });
    expect(end).toEqual(parseCivilDate('2026-12-02', zone));
    expect(code(parseCivilTime('2026-12-01T24:00:01', zone, { mayEndDay: true }))).toBe('bad_time');
  });
  it('is refused in an hour that summer time skips, and means the first of an hour that comes twice', () => {
    expect(code(parseCivilTime('2026-03-08T02:30:00', 'America/New_York'))).toBe('bad_time');
    expect(parseCivilTime('2026-11-01T01:30:00', 'America/New_York')).toEqual({
      ok: true,
      atMs: Date.UTC(2026, 10, 1, 5, 30),
    });
  });
});

describe('writing an instant', () => {
  it('gives county time with its offset', () => {
    expect(formatCivilTime(Date.UTC(2026, 11, 1, 11, 30), zone)).toBe('2026-12-01T19:30:00+08:00');
    expect(formatCivilTime(Date.UTC(2026, 5, 1, 12), 'America/St_Johns')).toBe('2026-06-01T09:30:00-02:30');
    expect(civilDateOf(Date.UTC(2026, 11, 31, 16), zone)).toBe('2027-01-01');
  });
  it('knows that China had summer time from 1986 to 1991', () => {
    expect(formatCivilTime(Date.UTC(1990, 6, 1), zone)).toBe('1990-07-01T09:00:00+09:00');
    expect(zoneOffsetMs(zone, Date.UTC(1990, 0, 1))).toBe(8 * HOUR_MS);
    expect(zoneOffsetMs(zone, Date.UTC(1992, 6, 1))).toBe(8 * HOUR_MS);
  });
  it('counts days over months, years and 29 February', () => {
    expect(addCivilDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addCivilDays('2028-03-01', -1)).toBe('2028-02-29');
  });
});

describe('the zone of the host', () => {
  const before = process.env['TZ'];
  afterEach(() => {
    process.env['TZ'] = before ?? 'UTC';
  });
  it('changes nothing', () => {
    const outputs = ['UTC', 'America/New_York', 'Asia/Tokyo'].map((host) => {
      process.env['TZ'] = host;
      const parsed = parseCivilTime('2026-12-01T19:30:00', zone);
      return [new Date(2026, 0, 1).getTimezoneOffset(), parsed, formatCivilTime(Date.UTC(2026, 6, 1), zone)];
    });
    expect(new Set(outputs.map(([hostOffset]) => hostOffset)).size).toBe(3);
    expect(new Set(outputs.map(([, ...rest]) => JSON.stringify(rest))).size).toBe(1);
  });
});
