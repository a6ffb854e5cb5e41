import { badValue } from '../database-error.ts';

/** A wall clock's reading: the milliseconds since 1970-01-01T00:00 that the same reading would be in UTC. */
export type WallMs = number;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    const numeric = 'numeric' as const;
    try {
      format = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
        timeZone: zone,
        hourCycle: 'h23',
        year: numeric,
        month: numeric,
        day: numeric,
        hour: numeric,
        minute: numeric,
        second: numeric,
      });
    } catch {
      throw badValue(`unrecognized time zone identifier: "${zone}"`);
    }
    formats.set(zone, format);
  }
  return format;
}

/** Offset of a zone from UTC at an instant, in milliseconds, east positive. Zones are Olson names or `+08:00`. */
export function zoneOffsetMs(zone: string, atMs: number): number {
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (fixed !== null) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000;
  if (zone === 'UTC' || zone === 'GMT') return 0;
  const parts = new Map(
    formatOf(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(atMs / 1000) * 1000;
}

/** The wall clock of a zone at an instant. */
export const toWall = (atMs: number, zone: string): WallMs => atMs + zoneOffsetMs(zone, atMs);

/** The instant at which the zone's wall clock shows a reading; of two the earlier offset's, of none the next. */
export function fromWall(wallMs: WallMs, zone: string): number {
  const guess = wallMs - zoneOffsetMs(zone, wallMs);
  return wallMs - zoneOffsetMs(zone, guess);
}
