import { isDocument, type BsonDocument } from '../bson-document.ts';
import { badValue, DatabaseError } from '../database-error.ts';
import { splitPath } from '../field-path.ts';
import { sortKey } from '../index-keys.ts';
import { compareValues, valueIdentity } from '../key-order.ts';
import {
  arrayArgument,
  isNothing,
  isTrue,
  onArguments,
  onFields,
  operandFields,
  textArgument,
  wholeArgument,
  type Compile,
  type Evaluate,
  type Operator,
  type Scope,
} from './operator.ts';

/** A scope with one more variable. */
const withVariable = (scope: Scope, name: string, value: unknown): Scope => ({
  ...scope,
  variables: new Map([...scope.variables, [name, value]]),
});

function variableName(name: unknown): string {
  if (name === undefined) return 'this';
  if (typeof name === 'string' && /^[a-z]\w*$/u.test(name)) return name;
  throw badValue("A variable's name must begin with a lower-case letter");
}

/** Compiles the parts that $map and $filter share: an array, and what is computed for each of its elements. */
function perElement(name: string, field: string, operand: unknown, compile: Compile) {
  const fields = operandFields(name, operand, ['input', field], name === '$filter' ? ['as', 'limit'] : ['as']);
  const variable = variableName(fields['as']);
  const each = compile(fields[field]);
  const input = compile(fields['input']);
  return {
    array: (scope: Scope) => {
      const value = input(scope);
      return isNothing(value) ? undefined : arrayArgument(name, value);
    },
    each: (scope: Scope, element: unknown) => each(withVariable(scope, variable, element)),
    limit: compile(fields['limit'] ?? null),
  };
}

const map: Operator = (operand, compile) => {
  const { array, each } = perElement('$map', 'in', operand, compile);
  return (scope) => array(scope)?.map((element) => each(scope, element) ?? null) ?? null;
};

const filter: Operator = (operand, compile) => {
  const { array, each, limit } = perElement('$filter', 'cond', operand, compile);
  return (scope) => {
    const most = limit(scope);
    const kept = array(scope)?.filter((element) => isTrue(each(scope, element)));
    return (isNothing(most) ? kept : kept?.slice(0, wholeArgument('$filter', most))) ?? null;
  };
};

const reduce: Operator = (operand, compile): Evaluate => {
  const fields = operandFields('$reduce', operand, ['input', 'initialValue', 'in'], []);
  const [input, initial, step] = [compile(fields['input']), compile(fields['initialValue']), compile(fields['in'])];
  return (scope) => {
    const array = input(scope);
    if (isNothing(array)) return null;
    return arrayArgument('$reduce', array).reduce(
      (value, element) => step(withVariable(withVariable(scope, 'value', value), 'this', element)),
      initial(scope),
    );
  };
};

function elementAt(array: unknown, position: unknown): unknown {
  if (isNothing(array) || isNothing(position)) return null;
  return arrayArgument('$arrayElemAt', array).at(wholeArgument('$arrayElemAt', position));
}

const end = (name: string, position: 0 | -1): Operator =>
  onArguments(1, 1, (array) => (isNothing(array) ? null : arrayArgument(name, array).at(position)));

function slice(array: unknown, first: unknown, count?: unknown): unknown {
  if (isNothing(array) || isNothing(first) || count === null) return null;
  const elements = arrayArgument('$slice', array);
  const start = wholeArgument('$slice', first);
  if (count === undefined) return start < 0 ? elements.slice(start) : elements.slice(0, start);
  const length = wholeArgument('$slice', count);
  if (length <= 0) throw badValue('Third argument to $slice must be positive');
  const from = start < 0 ? Math.max(0, elements.length + start) : start;
  return elements.slice(from, from + length);
}

function concatenate(...arrays: readonly unknown[]): unknown {
  return arrays.some(isNothing) ? null : arrays.flatMap((array) => arrayArgument('$concatArrays', array));
}

function range(start: unknown, stop: unknown, step: unknown = 1): unknown {
  const [from, to, by] = [start, stop, step].map((value) => wholeArgument('$range', value)) as [number, number, number];
  if (by === 0) throw badValue('$range requires a non-zero step value');
  const length = Math.max(0, Math.ceil((to - from) / by));
  if (length > 1_000_000)
    throw new DatabaseError(146, 'ExceededMemoryLimit', '$range would make more than a million elements');
  return Array.from({ length }, (_, at) => from + at * by);
}

function indexOf(array: unknown, value: unknown, from: unknown = 0, to?: unknown): unknown {
  if (isNothing(array)) return null;
  const identity = valueIdentity(value);
  const elements = arrayArgument('$indexOfArray', array);
  const stop = isNothing(to) ? elements.length : Math.min(elements.length, wholeArgument('$indexOfArray', to));
  for (let at = wholeArgument('$indexOfArray', from); at < stop; at++)
    if (valueIdentity(elements[at]) === identity) return at;
  return -1;
}

const sorted = (values: Iterable<unknown>): readonly unknown[] => [...values].sort(compareValues);

const setOf = (name: string, value: unknown): ReadonlyMap<string, unknown> =>
  new Map(arrayArgument(name, value).map((element) => [valueIdentity(element), element]));

/** A set operator; null when a set is missing. Results are in value order, as MongoDB leaves it open. */
const onSets = (
  name: string,
  least: number,
  most: number,
  apply: (...sets: readonly ReadonlyMap<string, unknown>[]) => unknown,
): Operator =>
  onArguments(least, most, (...values) =>
    values.some(isNothing) ? null : apply(...values.map((value) => setOf(name, value))),
  );

const within = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean =>
  [...a.keys()].every((key) => b.has(key));

function mergeObjects(...values: readonly unknown[]): unknown {
  const documents = values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;
  return documents.reduce<BsonDocument>((merged, value) => {
    if (isNothing(value)) return merged;
    if (!isDocument(value)) throw new DatabaseError(40400, 'Location40400', '$mergeObjects requires object inputs');
    return { ...merged, ...value };
  }, {});
}

function toPairs(value: unknown): unknown {
  if (isNothing(value)) return null;
  if (!isDocument(value)) throw badValue('$objectToArray requires a document input');
  return Object.entries(value).map(([k, v]) => ({ k, v }));
}

function fromPairs(value: unknown): unknown {
  if (isNothing(value)) return null;
  const pairs = arrayArgument('$arrayToObject', value).map((pair) => {
    const [k, v] = Array.isArray(pair) ? (pair as unknown[]) : isDocument(pair) ? [pair['k'], pair['v']] : [];
    return [textArgument('$arrayToObject', k), v] as const;
  });
  return Object.fromEntries(pairs);
}

function sortArray({ input, sortBy }: Readonly<Record<string, unknown>>): unknown {
  if (isNothing(input)) return null;
  const elements = [...arrayArgument('$sortArray', input)];
  const sign = (way: unknown): 1 | -1 => {
    if (way !== 1 && way !== -1) throw badValue('$sortArray takes 1 or -1');
    return way;
  };
  if (!isDocument(sortBy)) return elements.sort((a, b) => sign(sortBy) * compareValues(a, b));
  const order = Object.entries(sortBy).map(([path, way]) => ({ path, parts: splitPath(path), direction: sign(way) }));
  const key = (value: unknown): Buffer => sortKey(isDocument(value) ? value : {}, order);
  return elements.sort((a, b) => Buffer.compare(key(a), key(b)));
}

/** Operators on arrays, sets and documents. */
export const arrayOperators: Readonly<Record<string, Operator>> = {
  $isArray: onArguments(1, 1, (value) => Array.isArray(value)),
  $size: onArguments(1, 1, (value) => arrayArgument('$size', value).length),
  $in: onArguments(2, 2, (value, array) =>
    arrayArgument('$in', array).some((element) => compareValues(element, value) === 0),
  ),
  $arrayElemAt: onArguments(2, 2, elementAt),
  $first: end('$first', 0),
  $last: end('$last', -1),
  $slice: onArguments(2, 3, slice),
  $concatArrays: onArguments(0, 1000, concatenate),
  $reverseArray: onArguments(1, 1, (array) =>
    isNothing(array) ? null : [...arrayArgument('$reverseArray', array)].reverse(),
  ),
  $range: onArguments(2, 3, range),
  $indexOfArray: onArguments(2, 4, indexOf),
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $sortArray: onFields('$sortArray', ['input', 'sortBy'], [], sortArray),
  $anyElementTrue: onArguments(1, 1, (array) => arrayArgument('$anyElementTrue', array).some(isTrue)),
  $allElementsTrue: onArguments(1, 1, (array) => arrayArgument('$allElementsTrue', array).every(isTrue)),
  $setUnion: onSets('$setUnion', 0, 1000, (...sets) => sorted(new Map(sets.flatMap((set) => [...set])).values())),
  $setIntersection: onSets('$setIntersection', 1, 1000, (first = new Map<string, unknown>(), ...others) =>
    sorted([...first].filter(([key]) => others.every((set) => set.has(key))).map(([, value]) => value)),
  ),
  $setDifference: onSets('$setDifference', 2, 2, (a = new Map<string, unknown>(), b = new Map<string, unknown>()) =>
    [...a].filter(([key]) => !b.has(key)).map(([, value]) => value),
  ),
  $setIsSubset: onSets('$setIsSubset', 2, 2, (a = new Map<string, unknown>(), b = new Map<string, unknown>()) =>
    within(a, b),
  ),
  $setEquals: onSets(
    '$setEquals',
    2,
    2,
    (a = new Map<string, unknown>(), b = new Map<string, unknown>()) => within(a, b) && within(b, a),
  ),
  $mergeObjects: onArguments(1, 1000, mergeObjects),
  $objectToArray: onArguments(1, 1, toPairs),
  $arrayToObject: onArguments(1, 1, fromPairs),
};
