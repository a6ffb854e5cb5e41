import { bsonType } from '../bson-document.ts';
import { badValue, DatabaseError, unsupported } from '../database-error.ts';
import { formatDate } from './format-date.ts';
import { isNothing, onFields, textArgument, wholeArgument, type Operator, type Compile } from './operator.ts';
import { isDocument } from '../bson-document.ts';
import { fromWall, toWall, type WallMs } from './zoned-time.ts';

const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = {
  week: 7 * dayMs,
  day: dayMs,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};
const unitMonths: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** MongoDB counts bins of $dateTrunc from here. */
const binOrigin = Date.UTC(2000, 0, 1);

/** The instant of a date or ObjectId in ms; throws for other types. */
function instant(name: string, value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (bsonType(value) === 'ObjectId') return (value as { getTimestamp(): Date }).getTimestamp().getTime();
  throw new DatabaseError(16006, 'Location16006', `${name} can't convert this value to a date`);
}

const zoneOf = (name: string, value: unknown): string => (value === undefined ? 'UTC' : textArgument(name, value));

function weekday(value: unknown): number {
  const name = value === undefined ? 'sunday' : textArgument('startOfWeek', value).toLowerCase();
  const found = weekdays.findIndex((day) => day === name || day.slice(0, 3) === name);
  if (found < 0) throw badValue(`unknown day of week value: ${name}`);
  return found;
}

const monthsOf = (wall: WallMs): number => {
  const date = new Date(wall);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** Whole days since the week began, for the first day of the week given. */
const intoWeek = (wall: WallMs, start: number): number => (new Date(wall).getUTCDay() - start + 7) % 7;

function truncate(fields: Readonly<Record<string, unknown>>): unknown {
  const { date, unit, binSize = 1, timezone, startOfWeek } = fields;
  if ([date, unit, binSize].some(isNothing) || timezone === null || startOfWeek === null) return null;
  const name = textArgument('$dateTrunc', unit);
  const size = wholeArgument('$dateTrunc', binSize);
  if (size < 1) throw badValue('$dateTrunc requires a binSize above 0');
  const zone = zoneOf('$dateTrunc', timezone);
  const at = instant('$dateTrunc', date);
  const wall = toWall(at, zone);
  const months = unitMonths[name];
  if (months !== undefined) {
    const origin = monthsOf(binOrigin);
    const bin = Math.floor((monthsOf(wall) - origin) / (months * size)) * months * size + origin;
    return new Date(fromWall(Date.UTC(Math.floor(bin / 12), bin % 12), zone));
  }
  const length = unitMs[name];
  if (length === undefined) throw badValue(`unknown time unit value: ${name}`);
  if (name === 'week') {
    if (size !== 1) throw unsupported('$dateTrunc to several weeks');
    const day = Math.floor(wall / dayMs) * dayMs;
    return new Date(fromWall(day - intoWeek(wall, weekday(startOfWeek)) * dayMs, zone));
  }
  if (name === 'day')
    return new Date(fromWall(Math.floor((wall - binOrigin) / (dayMs * size)) * dayMs * size + binOrigin, zone));
  // Below a day bins are lengths of real time, counted from the origin in the zone.
  const origin = fromWall(binOrigin, zone);
  return new Date(Math.floor((at - origin) / (length * size)) * length * size + origin);
}

/** Adds units: days and longer on the wall clock of the zone, shorter ones in real time; months end on their last day. */
function shift(name: string, sign: 1 | -1): Operator {
  return onFields(name, ['startDate', 'unit', 'amount'], ['timezone'], ({ startDate, unit, amount, timezone }) => {
    if ([startDate, unit, amount].some(isNothing) || timezone === null) return null;
    const by = sign * wholeArgument(name, amount);
    const of = textArgument(name, unit);
    const zone = zoneOf(name, timezone);
    const at = instant(name, startDate);
    const months = unitMonths[of];
    if (months !== undefined) return new Date(fromWall(addMonths(toWall(at, zone), months * by), zone));
    const length = unitMs[of];
    if (length === undefined) throw badValue(`unknown time unit value: ${of}`);
    return new Date(length < dayMs ? at + by * length : fromWall(toWall(at, zone) + by * length, zone));
  });
}

function addMonths(wall: WallMs, count: number): WallMs {
  const date = new Date(wall);
  const month = monthsOf(wall) + count;
  const lastDay = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), lastDay);
  return Date.UTC(Math.floor(month / 12), month % 12, day) + (((wall % dayMs) + dayMs) % dayMs);
}

/** How many boundaries of the unit lie between two instants. */
function difference(fields: Readonly<Record<string, unknown>>): unknown {
  const { startDate, endDate, unit, timezone, startOfWeek } = fields;
  if ([startDate, endDate, unit].some(isNothing) || timezone === null || startOfWeek === null) return null;
  const name = textArgument('$dateDiff', unit);
  const zone = zoneOf('$dateDiff', timezone);
  const ends = [instant('$dateDiff', startDate), instant('$dateDiff', endDate)];
  const count = (number: (at: number) => number): number => number(ends[1] ?? 0) - number(ends[0] ?? 0);
  const months = unitMonths[name];
  if (months !== undefined) return count((at) => Math.floor(monthsOf(toWall(at, zone)) / months));
  const length = unitMs[name];
  if (length === undefined) throw badValue(`unknown time unit value: ${name}`);
  if (name === 'week') {
    const start = weekday(startOfWeek);
    return count((at) => Math.round((Math.floor(toWall(at, zone) / dayMs) - intoWeek(toWall(at, zone), start)) / 7));
  }
  if (name === 'day') return count((at) => Math.floor(toWall(at, zone) / dayMs));
  const origin = fromWall(binOrigin, zone);
  return count((at) => Math.floor((at - origin) / length));
}

/** An operator on one date: `{$year: '$at'}` or `{$year: {date: '$at', timezone: 'Asia/Shanghai'}}`. */
const datePart =
  (name: string, read: (wall: Date) => number): Operator =>
  (operand, compile: Compile) => {
    const named = isDocument(operand) && 'date' in operand;
    const date = compile(
      named ? operand['date'] : Array.isArray(operand) && operand.length === 1 ? operand[0] : operand,
    );
    const timezone = named ? compile(operand['timezone']) : () => undefined;
    return (scope) => {
      const [value, zone] = [date(scope), timezone(scope)];
      if (isNothing(value) || zone === null) return null;
      return read(new Date(toWall(instant(name, value), zoneOf(name, zone))));
    };
  };

function toText({ date, format, timezone, onNull }: Readonly<Record<string, unknown>>): unknown {
  if (isNothing(date)) return onNull ?? null;
  if (format === null || timezone === null) return null;
  const zone = zoneOf('$dateToString', timezone);
  const usual = zone === 'UTC' || zone === 'GMT' ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L';
  return formatDate(
    instant('$dateToString', date),
    zone,
    format === undefined ? usual : textArgument('$dateToString', format),
  );
}

/** Operators on dates. */
export const dateOperators: Readonly<Record<string, Operator>> = {
  $dateToString: onFields('$dateToString', ['date'], ['format', 'timezone', 'onNull'], toText),
  $dateTrunc: onFields('$dateTrunc', ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'], truncate),
  $dateAdd: shift('$dateAdd', 1),
  $dateSubtract: shift('$dateSubtract', -1),
  $dateDiff: onFields('$dateDiff', ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek'], difference),
  $year: datePart('$year', (wall) => wall.getUTCFullYear()),
  $month: datePart('$month', (wall) => wall.getUTCMonth() + 1),
  $dayOfMonth: datePart('$dayOfMonth', (wall) => wall.getUTCDate()),
  $dayOfWeek: datePart('$dayOfWeek', (wall) => wall.getUTCDay() + 1),
  $isoDayOfWeek: datePart('$isoDayOfWeek', (wall) => wall.getUTCDay() || 7),
  $hour: datePart('$hour', (wall) => wall.getUTCHours()),
  $minute: datePart('$minute', (wall) => wall.getUTCMinutes()),
  $second: datePart('$second', (wall) => wall.getUTCSeconds()),
  $millisecond: datePart('$millisecond', (wall) => wall.getUTCMilliseconds()),
};
