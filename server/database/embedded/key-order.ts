import type { Binary, BSONRegExp, Long, ObjectId, Timestamp } from 'mongodb';
import { bsonType } from './bson-document.ts';
import { unsupported } from './database-error.ts';

/**
 * Order of BSON types, smallest first. Source: MongoDB manual, "Comparison/Sort Order".
 * The number is also the first byte of an encoded key.
 */
export const rank = {
  minKey: 1,
  undefined: 2,
  null: 3,
  number: 4,
  string: 5,
  document: 6,
  array: 7,
  binary: 8,
  objectId: 9,
  boolean: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  maxKey: 127,
} as const;

/** A value of {@link rank}. */
export type Rank = (typeof rank)[keyof typeof rank];

const rankOfBsonType: Readonly<Record<string, Rank>> = {
  ObjectId: rank.objectId,
  Binary: rank.binary,
  Long: rank.number,
  Int32: rank.number,
  Double: rank.number,
  Timestamp: rank.timestamp,
  BSONRegExp: rank.regex,
  MinKey: rank.minKey,
  MaxKey: rank.maxKey,
};

/** The rank of a value's type; throws for types whose order we do not keep (Decimal128, code, symbol, DBRef). */
export function rankOf(value: unknown): Rank {
  if (value === undefined) return rank.undefined;
  if (value === null) return rank.null;
  if (typeof value === 'number' || typeof value === 'bigint') return rank.number;
  if (typeof value === 'string') return rank.string;
  if (typeof value === 'boolean') return rank.boolean;
  if (value instanceof Date) return rank.date;
  if (Array.isArray(value)) return rank.array;
  if (value instanceof RegExp) return rank.regex;
  if (value instanceof Uint8Array) return rank.binary;
  const type = bsonType(value);
  if (type === undefined) return rank.document;
  const known = rankOfBsonType[type];
  if (known === undefined) throw unsupported(`comparing values of type ${type}`);
  return known;
}

/** True for a value that an index can find by one key: no array, document or regular expression. */
export function isScalar(value: unknown): boolean {
  const type = bsonType(value);
  if (type !== undefined && rankOfBsonType[type] === undefined) return false;
  const kind = rankOf(value);
  return kind !== rank.document && kind !== rank.array && kind !== rank.regex && kind !== rank.undefined;
}

/** A number as JavaScript has it; a Long beyond 2^53 is rounded. */
export const toNumber = (value: unknown): number => {
  if (typeof value === 'number') return value;
  if (bsonType(value) === 'Long') return (value as Long).toNumber();
  return typeof value === 'bigint' ? Number(value) : (value as { value: number }).value;
};

/** What rounding to a double took from a 64-bit integer: at most 512 either way. */
function lostByRounding(value: unknown, rounded: number): number {
  if (Number.isSafeInteger(rounded)) return 0;
  const exact = typeof value === 'bigint' ? value : bsonType(value) === 'Long' ? (value as Long).toBigInt() : undefined;
  return exact === undefined ? 0 : Number(exact - BigInt(rounded));
}

/** 8 bytes whose byte order is the order of the doubles; NaN below all, -0 equal to 0. */
function writeOrderedDouble(into: Buffer, value: number, at: number): void {
  if (Number.isNaN(value)) {
    into.fill(0, at, at + 8);
    return;
  }
  into.writeDoubleBE(value === 0 ? 0 : value, at);
  if ((into[at] ?? 0) & 0x80) for (let i = at; i < at + 8; i++) into[i] = ~(into[i] ?? 0) & 0xff;
  else into[at] = (into[at] ?? 0) | 0x80;
}

function numberKey(value: unknown): Buffer {
  const key = Buffer.allocUnsafe(11);
  const rounded = toNumber(value);
  key[0] = rank.number;
  writeOrderedDouble(key, rounded, 1);
  key.writeUInt16BE(0x8000 + lostByRounding(value, rounded), 9);
  return key;
}

function dateKey(value: Date): Buffer {
  const key = Buffer.allocUnsafe(9);
  key[0] = rank.date;
  writeOrderedDouble(key, value.getTime(), 1);
  return key;
}

/** Bytes ended by 00 00, a 00 inside written as 00 FF: no key is the beginning of another. */
function bytesKey(bytes: Uint8Array, kind: Rank): Buffer {
  if (!bytes.includes(0)) {
    const key = Buffer.alloc(bytes.length + 3);
    key[0] = kind;
    key.set(bytes, 1);
    return key;
  }
  const out: number[] = [kind];
  for (const byte of bytes) {
    out.push(byte);
    if (byte === 0) out.push(0xff);
  }
  out.push(0, 0);
  return Buffer.from(out);
}

const textKey = (text: string, kind: Rank): Buffer => bytesKey(Buffer.from(text, 'utf8'), kind);

/** Binary sorts by length, then subtype, then bytes (MongoDB manual, "Binary Data"). */
function binaryKey(value: unknown): Buffer {
  const binary = bsonType(value) === 'Binary' ? (value as Binary) : undefined;
  const bytes = binary === undefined ? (value as Uint8Array) : binary.buffer.subarray(0, binary.position);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length);
  head[4] = binary?.sub_type ?? 0;
  return bytesKey(Buffer.concat([head, bytes]), rank.binary);
}

function timestampKey(value: Timestamp): Buffer {
  const key = Buffer.alloc(9);
  key[0] = rank.timestamp;
  key.writeBigUInt64BE(BigInt.asUintN(64, value.toBigInt()), 1);
  return key;
}

function regexKey(value: unknown): Buffer {
  const { pattern, options } =
    value instanceof RegExp ? { pattern: value.source, options: value.flags } : (value as BSONRegExp);
  return textKey(`${pattern}\0${options}`, rank.regex);
}

/** Fields in their order, each as type, name, value (MongoDB manual, "Objects"). */
function documentKey(value: object): Buffer {
  const fields = Object.entries(value).flatMap(([name, inner]) => {
    const key = encodeKey(inner);
    return [key.subarray(0, 1), textKey(name, rank.string), key];
  });
  return Buffer.concat([Buffer.from([rank.document]), ...fields, Buffer.from([0])]);
}

/** Bytes whose order (memcmp) is MongoDB's order of values; two values are equal exactly when their keys are. */
export function encodeKey(value: unknown): Buffer {
  const kind = rankOf(value);
  switch (kind) {
    case rank.number:
      return numberKey(value);
    case rank.string:
      return textKey(value as string, kind);
    case rank.boolean:
      return Buffer.from([kind, value === true ? 1 : 0]);
    case rank.date:
      return dateKey(value as Date);
    case rank.objectId:
      return Buffer.concat([Buffer.from([kind]), (value as ObjectId).id]);
    case rank.binary:
      return binaryKey(value);
    case rank.timestamp:
      return timestampKey(value as Timestamp);
    case rank.regex:
      return regexKey(value);
    case rank.array:
      return Buffer.concat([Buffer.from([kind]), ...(value as unknown[]).map(encodeKey), Buffer.from([0])]);
    case rank.document:
      return documentKey(value as object);
    case rank.minKey:
    case rank.undefined:
    case rank.null:
    case rank.maxKey:
      return Buffer.from([kind]);
  }
}

/** The same key with its order turned round, for descending index fields. */
export const invertKey = (key: Uint8Array): Buffer => Buffer.from(key.map((byte) => ~byte & 0xff));

/** An encoded key ascending (1) or descending (-1). */
export const directedKey = (value: unknown, direction: 1 | -1): Buffer =>
  direction < 0 ? invertKey(encodeKey(value)) : encodeKey(value);

/** MongoDB's order of two values: negative, 0 or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a) && !Number.isNaN(b)) {
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Buffer.compare(encodeKey(a), encodeKey(b));
}

/** True when MongoDB calls the two values equal: 1 equals 1.0, documents count their field order. */
export const sameValue = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;

/** A text that is equal exactly for equal values, for Map and Set. */
export const valueIdentity = (value: unknown): string => encodeKey(value).toString('latin1');
