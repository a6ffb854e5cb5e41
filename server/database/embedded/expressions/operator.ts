import { isDocument } from '../bson-document.ts';
import { badValue, DatabaseError, unsupported } from '../database-error.ts';
import { rank, rankOf, toNumber } from '../key-order.ts';

/** What an expression can see. */
export interface Scope {
  /** The document of the pipeline. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly variables: ReadonlyMap<string, unknown>;
}

/** A compiled expression; `undefined` is a missing field. */
export type Evaluate = (scope: Scope) => unknown;
/** Compiles an operand. */
export type Compile = (expression: unknown) => Evaluate;
/** Compiles an operator with its operand. */
export type Operator = (operand: unknown, compile: Compile) => Evaluate;

/** An operator on between `least` and `most` arguments, all evaluated before. One argument needs no array around it. */
export const onArguments =
  (least: number, most: number, apply: (...values: readonly unknown[]) => unknown): Operator =>
  (operand, compile) => {
    const given: readonly unknown[] = Array.isArray(operand) ? (operand as unknown[]) : [operand];
    if (given.length < least || given.length > most) {
      throw badValue(`An expression takes between ${least} and ${most} arguments, ${given.length} were passed in`);
    }
    const values = given.map(compile);
    return (scope) => apply(...values.map((evaluate) => evaluate(scope)));
  };

/** The fields of an operand that is a document; throws on unknown and on missing ones. */
export function operandFields(
  name: string,
  operand: unknown,
  required: readonly string[],
  optional: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isDocument(operand)) throw badValue(`${name} only supports an object as its argument`);
  const odd = Object.keys(operand).find((field) => !required.includes(field) && !optional.includes(field));
  if (odd !== undefined) throw badValue(`Unrecognized argument to ${name}: ${odd}`);
  const missing = required.find((field) => !(field in operand));
  if (missing !== undefined) throw badValue(`Missing '${missing}' parameter to ${name}`);
  return operand;
}

/** An operator on named arguments, all evaluated before; those not given are `undefined`. */
export const onFields =
  (
    name: string,
    required: readonly string[],
    optional: readonly string[],
    apply: (fields: Readonly<Record<string, unknown>>) => unknown,
  ): Operator =>
  (operand, compile) => {
    const fields = operandFields(name, operand, required, optional);
    const compiled = Object.entries(fields).map(([field, expression]) => [field, compile(expression)] as const);
    return (scope) => apply(Object.fromEntries(compiled.map(([field, evaluate]) => [field, evaluate(scope)])));
  };

/** True for null and a missing field. */
export const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

const mismatch = (name: string, wanted: string): DatabaseError =>
  new DatabaseError(14, 'TypeMismatch', `${name} needs ${wanted}`);

/** The value as a number; throws for other types, and for integers that JavaScript cannot hold exactly. */
export function numberArgument(name: string, value: unknown): number {
  if (value === undefined || rankOf(value) !== rank.number) throw mismatch(name, 'numbers');
  if (typeof value !== 'number') throw unsupported(`${name} on integers beyond 2^53`);
  return value;
}

/** The value as a whole number; throws for anything else. */
export function wholeArgument(name: string, value: unknown): number {
  const number = isNothing(value) ? Number.NaN : toNumber(numberArgument(name, value));
  if (!Number.isSafeInteger(number)) throw mismatch(name, 'a whole number');
  return number;
}

/** The value as a text; throws for other types. */
export function textArgument(name: string, value: unknown): string {
  if (typeof value !== 'string') throw mismatch(name, 'a string');
  return value;
}

/** The value as an array; throws for other types. */
export function arrayArgument(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw mismatch(name, 'an array');
  return value as unknown[];
}

/** What counts as true: everything but false, 0, null and a missing field. */
export const isTrue = (value: unknown): boolean =>
  value !== false &&
  value !== null &&
  value !== undefined &&
  !(typeof value !== 'boolean' && rankOf(value) === rank.number && toNumber(value) === 0);
