import { describe, expect, it } from 'vitest';
import { readClock, readLength, showClock } from '../../../../player/console/planning/clock-text.ts';

describe('a time as people type it', () => {
  it.each([
    ['19:30', '19:30:00'],
    ['1930', '19:30:00'],
    ['193004', '19:30:04'],
    ['8:05', '08:05:00'],
    ['８：０５', '08:05:00'],
    ['8点', '08:00:00'],
    ['8点5分', '08:05:00'],
    [' 19 : 30 : 08 ', '19:30:08'],
    ['19', '19:00:00'],
  ])('reads %s as %s', (typed, clock) => {
    expect(readClock(typed)).toBe(clock);
  });

  it.each(['', '24:00', '19:60', '25', 'abc', '19:30:61', '-1:00', '1:2:3:4'])('refuses %s', (typed) => {
    expect(readClock(typed)).toBeUndefined();
  });

  it('shows seconds only where there are any', () => {
    expect(showClock('19:30:00')).toBe('19:30');
    expect(showClock('19:30:04')).toBe('19:30:04');
  });
});

describe('a length as people type it', () => {
  it.each([
    ['45', 45 * 60_000],
    ['45:30', 45.5 * 60_000],
    ['1:02:03', 3_723_000],
    ['４５：００', 45 * 60_000],
  ])('reads %s', (typed, ms) => {
    expect(readLength(typed)).toBe(ms);
  });

  it.each(['', '0', '0:00', 'x', '1500', '25:00:00'])('refuses %s', (typed) => {
    expect(readLength(typed)).toBeUndefined();
  });
});
