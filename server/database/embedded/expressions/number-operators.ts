import { badValue, unsupported } from '../database-error.ts';
import { compareValues, rank, rankOf } from '../key-order.ts';
import { isNothing, numberArgument, onArguments, wholeArgument, type Operator } from './operator.ts';
import { roundTo, truncateTo } from './rounding.ts';

/** A result of integers must be exact: MongoDB would use 64 bits where JavaScript begins to round. */
export function exact(name: string, result: number, inputs: readonly number[]): number {
  if (Number.isInteger(result) && !Number.isSafeInteger(result) && inputs.every(Number.isSafeInteger)) {
    throw unsupported(`${name} with a result beyond 2^53`);
  }
  return result;
}

/** An operator on numbers that answers null when an argument is missing. */
const numeric = (name: string, count: number, apply: (...numbers: readonly number[]) => number): Operator =>
  onArguments(count, count, (...values) => {
    if (values.some(isNothing)) return null;
    const numbers = values.map((value) => numberArgument(name, value));
    return exact(name, apply(...numbers), numbers);
  });

function add(...values: readonly unknown[]): unknown {
  if (values.some(isNothing)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw badValue('only one date allowed in an $add expression');
  const numbers = values.filter((value) => !(value instanceof Date)).map((value) => numberArgument('$add', value));
  const sum = exact(
    '$add',
    numbers.reduce((total, number) => total + number, 0),
    numbers,
  );
  return dates[0] === undefined ? sum : new Date(dates[0].getTime() + Math.round(sum));
}

function subtract(from: unknown, what: unknown): unknown {
  if (isNothing(from) || isNothing(what)) return null;
  if (from instanceof Date && what instanceof Date) return from.getTime() - what.getTime();
  const amount = numberArgument('$subtract', what);
  if (from instanceof Date) return new Date(from.getTime() - Math.round(amount));
  const start = numberArgument('$subtract', from);
  return exact('$subtract', start - amount, [start, amount]);
}

function multiply(...values: readonly unknown[]): unknown {
  if (values.some(isNothing)) return null;
  const numbers = values.map((value) => numberArgument('$multiply', value));
  return exact(
    '$multiply',
    numbers.reduce((product, number) => product * number, 1),
    numbers,
  );
}

function nonZero(name: string, divisor: number): number {
  if (divisor === 0) throw badValue(`can't ${name} by zero`);
  return divisor;
}

const rounding = (name: string, apply: (value: number, place: number) => number): Operator =>
  onArguments(1, 2, (value, place = 0) =>
    isNothing(value) || place === null ? null : apply(numberArgument(name, value), placeArgument(name, place)),
  );

function placeArgument(name: string, place: unknown): number {
  const whole = wholeArgument(name, place);
  if (whole < -20 || whole > 20) throw unsupported(`${name} to more than 20 places`);
  return whole;
}

/** The arguments of an operator that also takes one array: `{$max: '$list'}` and `{$max: ['$a', '$b']}`. */
const spread = (values: readonly unknown[]): readonly unknown[] =>
  values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;

const isNumeric = (value: unknown): boolean => !isNothing(value) && rankOf(value) === rank.number;

/** Sum of the numbers among the values; others are passed over. */
export function sumOf(values: readonly unknown[]): number {
  const numbers = values.filter(isNumeric).map((value) => numberArgument('$sum', value));
  return exact(
    '$sum',
    numbers.reduce((total, number) => total + number, 0),
    numbers,
  );
}

/** Mean of the numbers among the values; null when there is none. */
export function meanOf(values: readonly unknown[]): number | null {
  const numbers = values.filter(isNumeric).map((value) => numberArgument('$avg', value));
  return numbers.length === 0 ? null : numbers.reduce((total, number) => total + number, 0) / numbers.length;
}

/** The smallest (-1) or largest (1) value that is there; null when none is. */
export function extremeOf(values: readonly unknown[], sign: 1 | -1): unknown {
  let best: unknown = null;
  for (const value of values) {
    if (!isNothing(value) && (best === null || compareValues(value, best) * sign > 0)) best = value;
  }
  return best;
}

/** Arithmetic operators. */
export const numberOperators: Readonly<Record<string, Operator>> = {
  $add: onArguments(0, 1000, add),
  $subtract: onArguments(2, 2, subtract),
  $multiply: onArguments(0, 1000, multiply),
  $divide: numeric('$divide', 2, (a = 0, b = 0) => a / nonZero('$divide', b)),
  $mod: numeric('$mod', 2, (a = 0, b = 0) => a % nonZero('$mod', b)),
  $abs: numeric('$abs', 1, (a = 0) => Math.abs(a)),
  $ceil: numeric('$ceil', 1, (a = 0) => Math.ceil(a)),
  $floor: numeric('$floor', 1, (a = 0) => Math.floor(a)),
  $round: rounding('$round', roundTo),
  $trunc: rounding('$trunc', truncateTo),
  $min: onArguments(1, 1000, (...values) => extremeOf(spread(values), -1)),
  $max: onArguments(1, 1000, (...values) => extremeOf(spread(values), 1)),
  $sum: onArguments(1, 1000, (...values) => sumOf(spread(values))),
  $avg: onArguments(1, 1000, (...values) => meanOf(spread(values))),
};
