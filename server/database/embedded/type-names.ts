import { bsonType } from './bson-document.ts';
import { badValue, unsupported } from './database-error.ts';
import { isScalar, toNumber } from './key-order.ts';

/** The BSON type numbers that `$type` takes besides names (MongoDB manual, "BSON Types"). */
const nameOfNumber: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
};
const names = new Set([...Object.values(nameOfNumber), 'number']);
/** Telling these apart needs the stored number class, which reading a document for a query drops. */
const numberKinds = new Set(['double', 'int', 'long']);

const nameOfBsonType: Readonly<Record<string, string>> = {
  ObjectId: 'objectId',
  Binary: 'binData',
  Long: 'long',
  Int32: 'int',
  Double: 'double',
  Decimal128: 'decimal',
  Timestamp: 'timestamp',
  BSONRegExp: 'regex',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
};

/** MongoDB's name of a value's type; numbers are `number` unless they carry their class; `missing` for undefined. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  if (value instanceof Uint8Array) return 'binData';
  const type = bsonType(value);
  return type === undefined ? 'object' : (nameOfBsonType[type] ?? type);
}

const isNumberName = (name: string): boolean => name === 'number' || name === 'decimal' || numberKinds.has(name);

/** The test of `$type`: one name or number, or a list of them; an array passes by itself or by an element. */
export function typeTest(operand: unknown): (leaves: readonly unknown[]) => boolean {
  const wanted = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).map(wantedName);
  const passes = (value: unknown): boolean => {
    const name = typeName(value);
    return wanted.includes(name) || (wanted.includes('number') && isNumberName(name));
  };
  return (leaves) =>
    leaves.some((value) => passes(value) || (Array.isArray(value) && (value as unknown[]).some(passes)));
}

function wantedName(operand: unknown): string {
  const name = typeof operand === 'string' ? operand : isScalar(operand) ? nameOfNumber[toNumber(operand)] : undefined;
  if (name === undefined || !names.has(name)) throw badValue(`Unknown type name alias: ${String(operand)}`);
  if (numberKinds.has(name)) throw unsupported(`$type '${name}'; use 'number'`);
  return name;
}
