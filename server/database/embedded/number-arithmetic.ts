import { Double, Int32, Long } from 'mongodb';
import { bsonType } from './bson-document.ts';
import { badValue, DatabaseError, unsupported } from './database-error.ts';
import { toNumber } from './key-order.ts';

/** The class of a stored number; `undefined` for what is no number (Decimal128 is refused). */
function numberClass(value: unknown): 'Int32' | 'Long' | 'Double' | undefined {
  if (typeof value === 'bigint') return 'Long';
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'Int32' : 'Double';
  const type = bsonType(value);
  if (type === 'Decimal128') throw unsupported('arithmetic with Decimal128');
  return type === 'Int32' || type === 'Long' || type === 'Double' ? type : undefined;
}

/** True for a number that arithmetic works on. */
export const isNumber = (value: unknown): boolean => numberClass(value) !== undefined;

const toBigInt = (value: unknown): bigint =>
  bsonType(value) === 'Long' ? (value as Long).toBigInt() : typeof value === 'bigint' ? value : BigInt(toNumber(value));

/**
 * Adds, multiplies or combines bits as MongoDB does: integers stay integers and grow from 32 to 64 bits, a double makes
 * a double. Throws TypeMismatch (14) for what is no number and BadValue beyond 64 bits.
 */
export function calculate(
  operation: '$inc' | '$mul' | 'and' | 'or' | 'xor',
  a: unknown,
  b: unknown,
): Int32 | Long | Double {
  const [classA, classB] = [numberClass(a), numberClass(b)];
  if (classA === undefined || classB === undefined) {
    throw new DatabaseError(14, 'TypeMismatch', `Cannot apply ${operation} to a value of non-numeric type`);
  }
  if (classA === 'Double' || classB === 'Double') {
    if (operation === '$inc') return new Double(toNumber(a) + toNumber(b));
    if (operation === '$mul') return new Double(toNumber(a) * toNumber(b));
    throw badValue('The $bit modifier needs integers');
  }
  return integer(integerResult(operation, toBigInt(a), toBigInt(b)), classA === 'Long' || classB === 'Long');
}

function integerResult(operation: '$inc' | '$mul' | 'and' | 'or' | 'xor', a: bigint, b: bigint): bigint {
  switch (operation) {
    case '$inc':
      return a + b;
    case '$mul':
      return a * b;
    case 'and':
      return a & b;
    case 'or':
      return a | b;
    case 'xor':
      return a ^ b;
  }
}

function integer(value: bigint, long: boolean): Int32 | Long {
  if (BigInt.asIntN(64, value) !== value) throw badValue('The result does not fit into a 64-bit integer');
  return !long && BigInt.asIntN(32, value) === value ? new Int32(Number(value)) : Long.fromBigInt(value);
}
