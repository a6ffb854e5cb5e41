import { isDocument, isOperatorDocument, type BsonDocument } from './bson-document.ts';
import { badValue, unsupported } from './database-error.ts';
import { splitPath } from './field-path.ts';
import { sortKey } from './index-keys.ts';
import { compareValues, toNumber, valueIdentity } from './key-order.ts';
import { compileFilter, elementPredicate } from './match-filter.ts';
import { isNumber } from './number-arithmetic.ts';

const whole = (value: unknown, name: string): number => {
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(number)) throw badValue(`The value for ${name} must be an integer`);
  return number;
};

function listOf(operand: BsonDocument): readonly unknown[] {
  const each = operand['$each'];
  if (!Array.isArray(each)) throw badValue('The argument to $each must be an array');
  return each as unknown[];
}

const hasEach = (operand: unknown): operand is BsonDocument => isDocument(operand) && '$each' in operand;

/** The array after `$push`, with its modifiers in MongoDB's order: $position, $sort, $slice. */
export function pushed(array: readonly unknown[], operand: unknown): unknown[] {
  if (!hasEach(operand)) return [...array, operand];
  const odd = Object.keys(operand).find((name) => !['$each', '$position', '$sort', '$slice'].includes(name));
  if (odd !== undefined) throw badValue(`Unrecognized clause in $push: ${odd}`);
  const result = [...array];
  const position = operand['$position'] === undefined ? result.length : whole(operand['$position'], '$position');
  result.splice(position, 0, ...listOf(operand));
  if (operand['$sort'] !== undefined) sortElements(result, operand['$sort']);
  if (operand['$slice'] === undefined) return result;
  const count = whole(operand['$slice'], '$slice');
  return count < 0 ? result.slice(count) : result.slice(0, count);
}

function sortElements(array: unknown[], order: unknown): void {
  const direction = (value: unknown): 1 | -1 => (whole(value, '$sort') < 0 ? -1 : 1);
  if (isNumber(order)) {
    const sign = direction(order);
    array.sort((a, b) => sign * compareValues(a, b));
    return;
  }
  if (!isDocument(order)) throw badValue('The $sort is invalid: use 1 or -1, or a document of fields');
  const fields = Object.entries(order).map(([path, way]) => ({
    path,
    parts: splitPath(path),
    direction: direction(way),
  }));
  const key = (value: unknown): Buffer => sortKey(isDocument(value) ? value : {}, fields);
  array.sort((a, b) => Buffer.compare(key(a), key(b)));
}

/** The array after `$addToSet`. */
export function addedToSet(array: readonly unknown[], operand: unknown): unknown[] {
  const known = new Set(array.map(valueIdentity));
  const result = [...array];
  for (const value of hasEach(operand) ? listOf(operand) : [operand]) {
    const identity = valueIdentity(value);
    if (known.has(identity)) continue;
    known.add(identity);
    result.push(value);
  }
  return result;
}

/** The array after `$pull`: a document is a filter on elements, operators are conditions, all else is equality. */
export function pulled(array: readonly unknown[], operand: unknown): unknown[] {
  const test = pullTest(operand);
  return array.filter((element) => !test(element));
}

function pullTest(operand: unknown): (element: unknown) => boolean {
  if (isOperatorDocument(operand)) return elementPredicate(operand);
  if (isDocument(operand)) return elementPredicate(operand);
  const matches = compileFilter({ element: operand });
  // An element that is itself an array is compared whole, so it is not looked into.
  return (element) => (Array.isArray(element) ? Array.isArray(operand) && matches({ element }) : matches({ element }));
}

/** The array after `$pullAll`. */
export function pulledAll(array: readonly unknown[], operand: unknown): unknown[] {
  if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
  const gone = new Set((operand as unknown[]).map(valueIdentity));
  return array.filter((element) => !gone.has(valueIdentity(element)));
}

/** The array after `$pop`: 1 takes the last element, -1 the first. */
export function popped(array: readonly unknown[], operand: unknown): unknown[] {
  const end = whole(operand, '$pop');
  if (end !== 1 && end !== -1) throw unsupported('$pop with anything but 1 and -1');
  return end === 1 ? array.slice(0, -1) : array.slice(1);
}
