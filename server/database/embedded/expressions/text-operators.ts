import { ObjectId } from 'mongodb';
import { bsonType } from '../bson-document.ts';
import { badValue, DatabaseError, unsupported } from '../database-error.ts';
import { rank, rankOf } from '../key-order.ts';
import { compileRegex } from '../regex.ts';
import {
  isNothing,
  isTrue,
  numberArgument,
  onArguments,
  onFields,
  textArgument,
  wholeArgument,
  type Operator,
} from './operator.ts';

const codePoints = (text: string): readonly string[] => Array.from(text);

function concatenate(...values: readonly unknown[]): unknown {
  return values.some(isNothing) ? null : values.map((value) => textArgument('$concat', value)).join('');
}

/** Case of ASCII letters; MongoDB promises no more. */
const changeCase = (name: string, change: (text: string) => string): Operator =>
  onArguments(1, 1, (value) => (isNothing(value) ? '' : change(textArgument(name, value))));

function split(text: unknown, separator: unknown): unknown {
  if (isNothing(text) || isNothing(separator)) return null;
  if (separator === '') throw badValue('$split requires a non-empty separator');
  return textArgument('$split', text).split(textArgument('$split', separator));
}

function substring(text: unknown, first: unknown, count: unknown): unknown {
  if (isNothing(text)) return '';
  const [from, length] = [wholeArgument('$substrCP', first), wholeArgument('$substrCP', count)];
  if (from < 0 || length < 0) throw badValue('$substrCP: the starting index and the length must be 0 or more');
  return codePoints(textArgument('$substrCP', text))
    .slice(from, from + length)
    .join('');
}

function indexOf(text: unknown, part: unknown, first: unknown = 0): unknown {
  if (isNothing(text)) return null;
  const start = wholeArgument('$indexOfCP', first);
  const points = codePoints(textArgument('$indexOfCP', text));
  const found = points.slice(start).join('').indexOf(textArgument('$indexOfCP', part));
  return found < 0 ? -1 : start + codePoints(points.slice(start).join('').slice(0, found)).length;
}

/** White space that $trim takes away when no characters are named (MongoDB manual, `$trim`). */
const whiteSpace = '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

const trimming = (name: string, left: boolean, right: boolean): Operator =>
  onFields(name, ['input'], ['chars'], ({ input, chars }) => {
    if (isNothing(input) || chars === null) return null;
    const gone = new Set(codePoints(chars === undefined ? whiteSpace : textArgument(name, chars)));
    const points = codePoints(textArgument(name, input));
    const stays = (point: string): boolean => !gone.has(point);
    const from = left ? points.findIndex(stays) : 0;
    if (from < 0) return '';
    const to = right ? points.length - [...points].reverse().findIndex(stays) : points.length;
    return points.slice(from, to).join('');
  });

const replacing = (name: string, replace: (input: string, find: string, replacement: string) => string): Operator =>
  onFields(name, ['input', 'find', 'replacement'], [], ({ input, find, replacement }) =>
    [input, find, replacement].some(isNothing)
      ? null
      : replace(textArgument(name, input), textArgument(name, find), textArgument(name, replacement)),
  );

function replaceFirst(input: string, find: string, replacement: string): string {
  const at = input.indexOf(find);
  return at < 0 ? input : input.slice(0, at) + replacement + input.slice(at + find.length);
}

const conversionFailed = (value: unknown, type: string): DatabaseError =>
  new DatabaseError(241, 'ConversionFailure', `Failed to convert ${JSON.stringify(value)} to ${type}`);

function toText(value: unknown): unknown {
  if (isNothing(value)) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (bsonType(value) === 'ObjectId') return (value as { toHexString(): string }).toHexString();
  if (bsonType(value) === 'Long') return (value as { toString(): string }).toString();
  throw conversionFailed(typeof value, 'string');
}

/** A number from a number, text, flag or date; throws ConversionFailure (241) otherwise. */
function toNumeric(value: unknown, type: string): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date && type !== 'int') return value.getTime();
  if (typeof value === 'string' && (type === 'double' ? /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/ : /^[+-]?\d+$/).test(value))
    return Number(value);
  if (typeof value !== 'string' && !(value instanceof Date) && rankOf(value) === rank.number)
    return numberArgument(`$to ${type}`, value);
  throw conversionFailed(value, type);
}

const toWhole = (type: 'int' | 'long', most: number): Operator =>
  onArguments(1, 1, (value) => {
    if (isNothing(value)) return null;
    const number = Math.trunc(toNumeric(value, type));
    if (!Number.isFinite(number) || Math.abs(number) > most) throw conversionFailed(value, type);
    return number;
  });

const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

function toDate(value: unknown): unknown {
  if (isNothing(value) || value instanceof Date) return value ?? null;
  if (bsonType(value) === 'ObjectId') return (value as { getTimestamp(): Date }).getTimestamp();
  if (typeof value === 'number') return new Date(Math.trunc(value));
  if (typeof value !== 'string') throw conversionFailed(value, 'date');
  if (!isoInstant.test(value)) throw unsupported('$toDate of a text that is no full ISO 8601 instant with its zone');
  const atMs = Date.parse(value);
  if (Number.isNaN(atMs)) throw conversionFailed(value, 'date');
  return new Date(atMs);
}

function toObjectId(value: unknown): unknown {
  if (isNothing(value) || bsonType(value) === 'ObjectId') return value ?? null;
  if (typeof value === 'string' && /^[0-9a-fA-F]{24}$/.test(value)) return new ObjectId(value);
  throw conversionFailed(value, 'objectId');
}

/** Operators on texts, and conversions between types. */
export const textOperators: Readonly<Record<string, Operator>> = {
  $concat: onArguments(1, 1000, concatenate),
  $toLower: changeCase('$toLower', (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())),
  $toUpper: changeCase('$toUpper', (text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())),
  $split: onArguments(2, 2, split),
  $strLenCP: onArguments(1, 1, (value) => codePoints(textArgument('$strLenCP', value)).length),
  $substrCP: onArguments(3, 3, substring),
  $indexOfCP: onArguments(2, 3, indexOf),
  $trim: trimming('$trim', true, true),
  $ltrim: trimming('$ltrim', true, false),
  $rtrim: trimming('$rtrim', false, true),
  $replaceAll: replacing('$replaceAll', (input, find, replacement) => input.split(find).join(replacement)),
  $replaceOne: replacing('$replaceOne', replaceFirst),
  $regexMatch: onFields('$regexMatch', ['input', 'regex'], ['options'], ({ input, regex, options }) =>
    isNothing(input) || isNothing(regex)
      ? false
      : compileRegex(regex, options ?? undefined).test(textArgument('$regexMatch', input)),
  ),
  $isNumber: onArguments(1, 1, (value) => !isNothing(value) && rankOf(value) === rank.number),
  $toString: onArguments(1, 1, toText),
  $toInt: toWhole('int', 2 ** 31 - 1),
  $toLong: toWhole('long', Number.MAX_SAFE_INTEGER),
  $toDouble: onArguments(1, 1, (value) => (isNothing(value) ? null : toNumeric(value, 'double'))),
  $toBool: onArguments(1, 1, (value) => (isNothing(value) ? null : isTrue(value))),
  $toDate: onArguments(1, 1, toDate),
  $toObjectId: onArguments(1, 1, toObjectId),
};
