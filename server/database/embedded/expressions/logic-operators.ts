import { badValue } from '../database-error.ts';
import { compareValues } from '../key-order.ts';
import { isDocument } from '../bson-document.ts';
import { isNothing, isTrue, onArguments, operandFields, type Operator } from './operator.ts';

/** Order across all types, as expressions compare (unlike filters there is no type bracketing). */
const comparing = (accept: (order: number) => boolean): Operator =>
  onArguments(2, 2, (a, b) => accept(compareValues(a, b)));

const all: Operator = (operand, compile) => {
  const parts = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).map(compile);
  return (scope) => parts.every((part) => isTrue(part(scope)));
};

const any: Operator = (operand, compile) => {
  const parts = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).map(compile);
  return (scope) => parts.some((part) => isTrue(part(scope)));
};

const conditional: Operator = (operand, compile) => {
  const [condition, yes, no] = Array.isArray(operand) ? (operand as unknown[]) : conditionParts(operand);
  if (Array.isArray(operand) && operand.length !== 3) throw badValue('$cond takes exactly 3 arguments');
  const [test, onTrue, onFalse] = [compile(condition), compile(yes), compile(no)];
  return (scope) => (isTrue(test(scope)) ? onTrue(scope) : onFalse(scope));
};

function conditionParts(operand: unknown): readonly unknown[] {
  const fields = operandFields('$cond', operand, ['if', 'then', 'else'], []);
  return [fields['if'], fields['then'], fields['else']];
}

const firstThere: Operator = (operand, compile) => {
  if (!Array.isArray(operand) || operand.length < 2) throw badValue('$ifNull needs at least two arguments');
  const values = (operand as unknown[]).map(compile);
  return (scope) => {
    let value: unknown;
    for (const evaluate of values) {
      value = evaluate(scope);
      if (!isNothing(value)) return value;
    }
    return value;
  };
};

const switching: Operator = (operand, compile) => {
  const { branches, default: otherwise } = operandFields('$switch', operand, ['branches'], ['default']);
  if (!Array.isArray(branches) || branches.length === 0) throw badValue('$switch requires at least one branch');
  const compiled = (branches as unknown[]).map((branch) => {
    const fields = operandFields('$switch branch', branch, ['case', 'then'], []);
    return { test: compile(fields['case']), then: compile(fields['then']) };
  });
  const fallback = isDocument(operand) && 'default' in operand ? compile(otherwise) : undefined;
  return (scope) => {
    const found = compiled.find(({ test }) => isTrue(test(scope)));
    if (found !== undefined) return found.then(scope);
    if (fallback === undefined)
      throw badValue('$switch could not find a matching branch, and no default was specified');
    return fallback(scope);
  };
};

const letting: Operator = (operand, compile) => {
  const fields = operandFields('$let', operand, ['vars', 'in'], []);
  if (!isDocument(fields['vars'])) throw badValue('$let needs vars to be an object');
  const bindings = Object.entries(fields['vars']).map(([name, value]) => [name, compile(value)] as const);
  const inner = compile(fields['in']);
  return (scope) => {
    const values = bindings.map(([name, evaluate]) => [name, evaluate(scope)] as const);
    return inner({ ...scope, variables: new Map([...scope.variables, ...values]) });
  };
};

/** Comparison, boolean and conditional operators. */
export const logicOperators: Readonly<Record<string, Operator>> = {
  $eq: comparing((order) => order === 0),
  $ne: comparing((order) => order !== 0),
  $gt: comparing((order) => order > 0),
  $gte: comparing((order) => order >= 0),
  $lt: comparing((order) => order < 0),
  $lte: comparing((order) => order <= 0),
  $cmp: onArguments(2, 2, (a, b) => Math.sign(compareValues(a, b))),
  $and: all,
  $or: any,
  $not: onArguments(1, 1, (value) => !isTrue(value)),
  $cond: conditional,
  $ifNull: firstThere,
  $switch: switching,
  $let: letting,
  $literal: (operand) => () => operand,
};
