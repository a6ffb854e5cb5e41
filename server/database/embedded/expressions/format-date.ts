import { unsupported } from '../database-error.ts';
import { toWall, zoneOffsetMs } from './zoned-time.ts';

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

const dayOfYear = (wall: Date): number =>
  Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0)) / 86_400_000) + 1;

/** The Thursday of a date's week: its year is the ISO week's year. */
const thursday = (wall: Date): Date => new Date(wall.getTime() + (4 - (wall.getUTCDay() || 7)) * 86_400_000);

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(Math.round(offsetMs / 60_000));
  return `${offsetMs < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}${padded(minutes % 60, 2)}`;
}

/** Writes an instant by MongoDB's format specifiers (MongoDB manual, `$dateToString`); throws for those we lack. */
export function formatDate(atMs: number, zone: string, format: string): string {
  const wall = new Date(toWall(atMs, zone));
  return format.replace(/%(.?)/gs, (_whole, specifier: string) => {
    switch (specifier) {
      case 'Y':
        return padded(wall.getUTCFullYear(), 4);
      case 'm':
        return padded(wall.getUTCMonth() + 1, 2);
      case 'd':
        return padded(wall.getUTCDate(), 2);
      case 'H':
        return padded(wall.getUTCHours(), 2);
      case 'M':
        return padded(wall.getUTCMinutes(), 2);
      case 'S':
        return padded(wall.getUTCSeconds(), 2);
      case 'L':
        return padded(wall.getUTCMilliseconds(), 3);
      case 'j':
        return padded(dayOfYear(wall), 3);
      case 'w':
        return String(wall.getUTCDay() + 1);
      case 'u':
        return String(wall.getUTCDay() || 7);
      case 'G':
        return padded(thursday(wall).getUTCFullYear(), 4);
      case 'V':
        return padded(Math.ceil(dayOfYear(thursday(wall)) / 7), 2);
      case 'z':
        return offsetText(zoneOffsetMs(zone, atMs));
      case 'Z':
        return String(Math.round(zoneOffsetMs(zone, atMs) / 60_000));
      case '%':
        return '%';
      default:
        throw unsupported(`the date format specifier %${specifier}`);
    }
  });
}
