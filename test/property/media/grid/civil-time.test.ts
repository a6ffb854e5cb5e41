import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatCivilTime, parseCivilTime } from '../../../../media/grid/civil-time.ts';

const zones = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'UTC',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Apia',
  'America/Asuncion',
];
const instant = fc
  .integer({ min: Date.UTC(2000, 0, 3) / 1000, max: Date.UTC(2100, 11, 29) / 1000 })
  .map((s) => s * 1000);

it('reads back every instant that it writes, in every zone', () => {
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), fc.constantFrom(...zones), (atMs, written, read) => {
      expect(parseCivilTime(formatCivilTime(atMs, written), read)).toEqual({ ok: true, atMs });
    }),
    { seed: 20261206, numRuns: 3000 },
  );
});

it('takes a civil time without offset for the first instant that shows it', () => {
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), (atMs, zone) => {
      const local = formatCivilTime(atMs, zone).slice(0, 19);
      const parsed = parseCivilTime(local, zone);
      const found = parsed.ok ? parsed.atMs : Number.NaN;
      expect(formatCivilTime(found, zone).slice(0, 19)).toBe(local);
      expect(found).toBeLessThanOrEqual(atMs);
      expect(atMs - found).toBeLessThanOrEqual(2 * 3_600_000);
    }),
    { seed: 20261207, numRuns: 3000 },
  );
});

it('never throws and never reads rubbish', () => {
  const dateLike = fc.stringMatching(/^[0-9T:+Z.-]{0,30}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), dateLike), (text) => {
      const parsed = parseCivilTime(text, 'Asia/Shanghai');
      if (parsed.ok) expect(text).toMatch(/^20\d\d-\d\d-\d\dT|^2100-/);
    }),
    { seed: 20261208, numRuns: 3000 },
  );
});
