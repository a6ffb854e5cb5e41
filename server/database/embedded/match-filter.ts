import { bsonType, isDocument, isOperatorDocument, type BsonDocument } from './bson-document.ts';
import { badValue, unsupported } from './database-error.ts';
import { leafValues, splitPath } from './field-path.ts';
import { compareValues, encodeKey, isScalar, rank, rankOf, toNumber, valueIdentity } from './key-order.ts';
import { compileRegex } from './regex.ts';
import { typeTest } from './type-names.ts';

/** Answers whether a document matches the filter that it was compiled from. */
export type Matcher = (document: BsonDocument) => boolean;

/** Compiles `$expr`; given by the aggregation side so that filters do not depend on it. */
export type ExpressionTest = (expression: unknown) => Matcher;

/** Answers for one value of a path; `undefined` is a missing field. */
type ValueTest = (value: unknown) => boolean;
/** Answers for all values that a path reaches. */
type LeavesTest = (leaves: readonly unknown[]) => boolean;

const noExpressions: ExpressionTest = () => {
  throw unsupported('$expr here');
};

/** Compiles a filter (MongoDB manual, "Query Predicates"); throws on every operator that is not on the allow-list. */
export function compileFilter(filter: BsonDocument, expression: ExpressionTest = noExpressions): Matcher {
  const tests = Object.entries(filter).flatMap(([name, condition]) =>
    name.startsWith('$') ? logicalTest(name, condition, expression) : pathTest(name, condition, expression),
  );
  const [only, ...others] = tests;
  if (only === undefined) return () => true;
  return others.length === 0 ? only : (document) => tests.every((test) => test(document));
}

function logicalTest(name: string, condition: unknown, expression: ExpressionTest): Matcher[] {
  switch (name) {
    case '$comment':
      return [];
    case '$expr':
      return [expression(condition)];
    case '$and':
    case '$or':
    case '$nor': {
      if (!Array.isArray(condition) || condition.length === 0) throw badValue(`${name} must be a nonempty array`);
      const branches = (condition as unknown[]).map((branch) => {
        if (!isDocument(branch)) throw badValue(`${name} argument's entries must be objects`);
        return compileFilter(branch, expression);
      });
      if (name === '$and') return [(document) => branches.every((test) => test(document))];
      const any: Matcher = (document) => branches.some((test) => test(document));
      return [name === '$or' ? any : (document) => !any(document)];
    }
    default:
      throw unsupported(`the query operator ${name}`);
  }
}

function pathTest(path: string, condition: unknown, expression: ExpressionTest): Matcher {
  const parts = splitPath(path);
  const test = conditionTest(condition, expression);
  return (document) => test(leafValues(document, parts));
}

function conditionTest(condition: unknown, expression: ExpressionTest): LeavesTest {
  if (!isOperatorDocument(condition)) return onEach(equalityTest(condition));
  if (Object.keys(condition).some((name) => !name.startsWith('$'))) {
    throw badValue(`unknown operator: ${Object.keys(condition).find((name) => !name.startsWith('$')) ?? ''}`);
  }
  if ('$options' in condition && !('$regex' in condition)) throw badValue('$options needs a $regex');
  const tests = Object.entries(condition)
    .filter(([name]) => name !== '$options')
    .map(([name, operand]) => operatorTest(name, operand, condition, expression));
  return (leaves) => tests.every((test) => test(leaves));
}

/** A value passes when it or, being an array, one of its elements does. */
const onEach =
  (test: ValueTest): LeavesTest =>
  (leaves) =>
    leaves.some((value) => test(value) || (Array.isArray(value) && (value as unknown[]).some(test)));

const onWhole =
  (test: ValueTest): LeavesTest =>
  (leaves) =>
    leaves.some(test);

const not =
  (test: LeavesTest): LeavesTest =>
  (leaves) =>
    !test(leaves);

function operatorTest(name: string, operand: unknown, all: BsonDocument, expression: ExpressionTest): LeavesTest {
  switch (name) {
    case '$eq':
      return onEach(equalsTest(operand));
    case '$ne':
      return not(onEach(equalsTest(operand)));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return onEach(orderTest(name, operand));
    case '$in':
      return onEach(membershipTest(name, operand));
    case '$nin':
      return not(onEach(membershipTest(name, operand)));
    case '$regex':
      return onEach(regexTest(operand, all['$options']));
    case '$not':
      return not(negatedTest(operand, expression));
    case '$exists':
      return isFalse(operand) ? not(onWhole(isThere)) : onWhole(isThere);
    case '$type':
      return typeTest(operand);
    case '$size':
      return onWhole(sizeTest(operand));
    case '$mod':
      return onEach(modTest(operand));
    case '$all':
      return allTest(operand, expression);
    case '$elemMatch':
      return onWhole(elementTest(operand, expression));
    default:
      throw unsupported(`the query operator ${name}`);
  }
}

/** MongoDB takes 0 and null for false; the filters of an update come with their numbers in BSON classes. */
const isFalse = (operand: unknown): boolean =>
  operand === false || operand === null || (rankOf(operand) === rank.number && toNumber(operand) === 0);

const isThere: ValueTest = (value) => value !== undefined;

function negatedTest(operand: unknown, expression: ExpressionTest): LeavesTest {
  if (isOperatorDocument(operand)) return conditionTest(operand, expression);
  if (isRegex(operand)) return onEach(equalityTest(operand));
  throw badValue('$not needs a regex or a document');
}

const isRegex = (value: unknown): boolean => value instanceof RegExp || bsonType(value) === 'BSONRegExp';

/** A bare value in a filter: a regular expression matches texts, everything else must be equal. */
const equalityTest = (wanted: unknown): ValueTest =>
  isRegex(wanted) ? regexTest(wanted, undefined) : equalsTest(wanted);

/** Equality; `null` also finds a missing field (MongoDB manual, "Query for Null or Missing Fields"). */
function equalsTest(wanted: unknown): ValueTest {
  if (wanted === null || wanted === undefined) return (value) => value === null || value === undefined;
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return (value) => value === wanted;
  const key = encodeKey(wanted);
  const kind = rankOf(wanted);
  return (value) => value !== undefined && rankOf(value) === kind && encodeKey(value).equals(key);
}

const accepts: Readonly<Record<'$gt' | '$gte' | '$lt' | '$lte', (order: number) => boolean>> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

/** Order within one type only ("type bracketing"); null with null; NaN with NaN. */
function orderTest(name: keyof typeof accepts, bound: unknown): ValueTest {
  if (isRegex(bound)) throw badValue(`Can't have RegEx as arg to predicate over field with ${name}`);
  const orEqual = name === '$gte' || name === '$lte';
  if (bound === null || bound === undefined) return orEqual ? equalsTest(null) : () => false;
  const kind = rankOf(bound);
  if (kind === rank.minKey || kind === rank.maxKey) throw unsupported(`${name} with MinKey or MaxKey`);
  const accept = accepts[name];
  if (kind === rank.number && Number.isNaN(toNumber(bound))) return orEqual ? equalsTest(bound) : () => false;
  return (value) => {
    if (value === undefined || rankOf(value) !== kind) return false;
    if (kind === rank.number && Number.isNaN(toNumber(value))) return false;
    return accept(compareValues(value, bound));
  };
}

function membershipTest(name: string, operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw badValue(`${name} needs an array`);
  const wanted = operand as unknown[];
  if (wanted.some(isOperatorDocument)) throw badValue(`cannot nest $ under ${name}`);
  const patterns = wanted.filter(isRegex).map(equalityTest);
  const keys = new Set(wanted.filter((value) => value !== undefined && value !== null).map(valueIdentity));
  const orMissing = wanted.some((value) => value === null || value === undefined);
  return (value) => {
    if (value === undefined || value === null) return orMissing;
    return keys.has(valueIdentity(value)) || patterns.some((test) => test(value));
  };
}

function regexTest(operand: unknown, options: unknown): ValueTest {
  const regex = compileRegex(operand, options);
  const same = isRegex(operand) ? encodeKey(operand) : undefined;
  return (value) =>
    typeof value === 'string'
      ? regex.test(value)
      : same !== undefined && isRegex(value) && encodeKey(value).equals(same);
}

function sizeTest(operand: unknown): ValueTest {
  const size = typeof operand === 'number' || isScalar(operand) ? toNumber(operand) : Number.NaN;
  if (!Number.isInteger(size) || size < 0) throw badValue('$size must be a non-negative whole number');
  return (value) => Array.isArray(value) && value.length === size;
}

function modTest(operand: unknown): ValueTest {
  if (!Array.isArray(operand) || operand.length !== 2)
    throw badValue('malformed mod, needs to be [divisor, remainder]');
  const [divisor, remainder] = (operand as unknown[]).map((value) => Math.trunc(toNumber(value))) as [number, number];
  if (!Number.isSafeInteger(divisor) || divisor === 0) throw badValue('divisor cannot be 0');
  return (value) => {
    if (value === undefined || rankOf(value) !== rank.number) return false;
    const number = Math.trunc(toNumber(value));
    if (!Number.isFinite(number)) return false;
    if (!Number.isSafeInteger(number)) throw unsupported('$mod on integers beyond 2^53');
    return number % divisor === remainder;
  };
}

function allTest(operand: unknown, expression: ExpressionTest): LeavesTest {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return () => false;
  const tests = (operand as unknown[]).map((wanted) => {
    if (isOperatorDocument(wanted)) {
      if (!('$elemMatch' in wanted)) throw badValue('no $ expressions in $all');
      return onWhole(elementTest(wanted['$elemMatch'], expression));
    }
    return onEach(equalityTest(wanted));
  });
  return (leaves) => tests.every((test) => test(leaves));
}

const logical = new Set(['$and', '$or', '$nor', '$expr', '$comment']);

/** The test of one array element that `$elemMatch` describes, as conditions on the value or as a filter on a document. */
export function elementPredicate(operand: unknown, expression: ExpressionTest = noExpressions): ValueTest {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const [first] = Object.keys(operand);
  if (first?.startsWith('$') === true && !logical.has(first)) {
    const test = conditionTest(operand, expression);
    return (element) => test([element]);
  }
  const matches = compileFilter(operand, expression);
  // An array inside the array counts as a document of its positions.
  return (element) =>
    isDocument(element) ? matches(element) : Array.isArray(element) && matches(Object.fromEntries(element.entries()));
}

function elementTest(operand: unknown, expression: ExpressionTest): ValueTest {
  const test = elementPredicate(operand, expression);
  return (value) => Array.isArray(value) && (value as unknown[]).some(test);
}
