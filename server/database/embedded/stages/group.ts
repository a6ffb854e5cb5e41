import { isDocument, isOperatorDocument, type BsonDocument } from '../bson-document.ts';
import { badValue, DatabaseError, unsupported } from '../database-error.ts';
import { compileExpression, type Expression } from '../expressions/expression.ts';
import { extremeOf, meanOf, sumOf } from '../expressions/number-operators.ts';
import { isNothing } from '../expressions/operator.ts';
import { valueIdentity } from '../key-order.ts';
import { sortTooLarge } from '../sort-rows.ts';
import type { Stage, StageContext } from './stage.ts';

/** What an accumulator has taken in so far, and the bytes that this holds beyond a fixed size. */
interface Accumulator {
  add(value: unknown): number;
  result(): unknown;
}

const folding =
  (start: unknown, step: (state: unknown, value: unknown) => unknown): (() => Accumulator) =>
  () => {
    let state = start;
    return {
      add(value) {
        state = step(state, value);
        return 0;
      },
      result: () => state,
    };
  };

const isNumeric = (value: unknown): boolean =>
  typeof value === 'number' || (!isNothing(value) && meanOf([value]) !== null);

function mean(): Accumulator {
  let [sum, count] = [0, 0];
  return {
    add(value) {
      if (isNumeric(value)) [sum, count] = [sum + (meanOf([value]) ?? 0), count + 1];
      return 0;
    },
    result: () => (count === 0 ? null : sum / count),
  };
}

function first(): Accumulator {
  let held: { readonly value: unknown } | undefined;
  return {
    add(value) {
      held ??= { value };
      return 0;
    },
    result: () => held?.value ?? null,
  };
}

function list(): Accumulator {
  const values: unknown[] = [];
  return {
    add(value) {
      if (value === undefined) return 0;
      values.push(value);
      return valueIdentity(value).length;
    },
    result: () => values,
  };
}

function set(): Accumulator {
  const values = new Map<string, unknown>();
  return {
    add(value) {
      if (value === undefined) return 0;
      const identity = valueIdentity(value);
      if (values.has(identity)) return 0;
      values.set(identity, value);
      return identity.length * 2;
    },
    result: () => [...values.values()],
  };
}

const accumulators: Readonly<Record<string, () => Accumulator>> = {
  $sum: folding(0, (sum, value) => sumOf([sum, value])),
  $count: folding(0, (count) => (count as number) + 1),
  $min: folding(null, (best, value) => extremeOf([best, value], -1)),
  $max: folding(null, (best, value) => extremeOf([best, value], 1)),
  $last: folding(null, (_last, value) => value ?? null),
  $avg: mean,
  $first: first,
  $push: list,
  $addToSet: set,
  $mergeObjects: folding({}, (merged, value) => {
    if (isNothing(value)) return merged;
    if (!isDocument(value)) throw new DatabaseError(40400, 'Location40400', '$mergeObjects requires object inputs');
    return { ...(merged as BsonDocument), ...value };
  }),
};

interface Field {
  readonly name: string;
  readonly start: () => Accumulator;
  readonly value: Expression;
}

function fieldOf(name: string, specification: unknown, context: StageContext): Field {
  if (name.includes('.') || name.startsWith('$')) throw badValue(`The field name '${name}' cannot be used in $group`);
  const [operator = '', ...others] = isOperatorDocument(specification) ? Object.keys(specification) : [];
  if (!isOperatorDocument(specification) || others.length > 0)
    throw badValue(`The field '${name}' must be an accumulator object`);
  const start = Object.hasOwn(accumulators, operator) ? accumulators[operator] : undefined;
  if (start === undefined) throw unsupported(`the accumulator ${operator}`);
  const operand = specification[operator];
  if (operator === '$count' && !(isDocument(operand) && Object.keys(operand).length === 0))
    throw badValue('$count takes {}');
  return { name, start, value: operator === '$count' ? () => null : compileExpression(operand, context.variables) };
}

const groupOverheadBytes = 400;

/** `$group`: one document for each value of `_id`, computed while documents pass; bounded like a sort. */
export function compileGroup(operand: unknown, context: StageContext): Stage {
  if (!isDocument(operand) || !('_id' in operand))
    throw badValue('a group specification must be an object with an _id');
  const id = compileExpression(operand['_id'], context.variables);
  const fields = Object.entries(operand)
    .filter(([name]) => name !== '_id')
    .map(([name, specification]) => fieldOf(name, specification, context));
  const mostBytes = context.database.settings.sortBytes;

  return function* group(documents) {
    const groups = new Map<string, { readonly id: unknown; readonly held: readonly Accumulator[] }>();
    let bytes = 0;
    for (const document of documents) {
      const value = id(document) ?? null;
      const identity = valueIdentity(value);
      let found = groups.get(identity);
      if (found === undefined) {
        groups.set(identity, (found = { id: value, held: fields.map(({ start }) => start()) }));
        bytes += identity.length * 2 + groupOverheadBytes;
      }
      for (const [at, field] of fields.entries()) bytes += found.held[at]?.add(field.value(document)) ?? 0;
      if (bytes > mostBytes) throw sortTooLarge(mostBytes);
    }
    for (const { id: _id, held } of groups.values()) {
      yield { _id, ...Object.fromEntries(fields.map(({ name }, at) => [name, held[at]?.result()])) };
    }
  };
}
