import { isDocument, isOperatorDocument, type BsonDocument } from '../bson-document.ts';
import { badValue, DatabaseError, unsupported } from '../database-error.ts';
import { fieldOf, splitPath } from '../field-path.ts';
import type { ExpressionTest } from '../match-filter.ts';
import { allowedOperators } from './allowed-operators.ts';
import { isTrue, type Compile, type Evaluate, type Scope } from './operator.ts';

/** Computes a value from a document; `undefined` when the result is a missing field. */
export type Expression = (document: BsonDocument) => unknown;

/** Values that expressions may name by `$$name`, such as the `let` of a `$lookup`. */
export type Variables = ReadonlyMap<string, unknown>;

const noVariables: Variables = new Map();

/** Compiles an aggregation expression (MongoDB manual, "Expressions"); throws on operators outside the allow-list. */
export function compileExpression(expression: unknown, variables: Variables = noVariables): Expression {
  const evaluate = compile(expression);
  return (document) => evaluate({ root: document, variables });
}

/** Compiles `$expr` of a filter. */
export const expressionTest =
  (variables: Variables = noVariables): ExpressionTest =>
  (expression) => {
    const evaluate = compileExpression(expression, variables);
    return (document) => isTrue(evaluate(document));
  };

const compile: Compile = (expression) => {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression);
  if (Array.isArray(expression)) {
    const elements = (expression as unknown[]).map(compile);
    return (scope) => elements.map((element) => element(scope) ?? null);
  }
  if (isOperatorDocument(expression)) return compileOperator(expression);
  if (isDocument(expression)) return compileFields(expression);
  return () => expression;
};

function compileFields(expression: BsonDocument): Evaluate {
  const fields = Object.entries(expression).map(([name, value]) => {
    if (name.startsWith('$') || name.includes('.'))
      throw badValue(`The field name '${name}' is not allowed in an object expression`);
    return [name, compile(value)] as const;
  });
  return (scope) => {
    const values = fields.map(([name, evaluate]) => [name, evaluate(scope)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  };
}

function compileOperator(expression: BsonDocument): Evaluate {
  const [name = '', ...others] = Object.keys(expression);
  if (others.length > 0) {
    throw new DatabaseError(15983, 'Location15983', 'An object representing an expression must have exactly one field');
  }
  const operator = Object.hasOwn(allowedOperators, name) ? allowedOperators[name] : undefined;
  if (operator === undefined) throw unsupported(`the expression operator ${name}`);
  return operator(expression[name], compile);
}

function compilePath(path: string): Evaluate {
  if (!path.startsWith('$$')) {
    const parts = splitPath(path.slice(1));
    return ({ root }) => pathValue(root, parts, 0);
  }
  const [name = '', ...parts] = splitPath(path.slice(2));
  const start = variable(name);
  return parts.length === 0 ? start : (scope) => pathValue(start(scope), parts, 0);
}

function variable(name: string): Evaluate {
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return ({ root }) => root;
    case 'REMOVE':
      return () => undefined;
    case 'NOW': {
      const now = new Date();
      return () => now;
    }
    default:
      return ({ variables }: Scope) => {
        if (!variables.has(name)) throw new DatabaseError(17276, 'Location17276', `Use of undefined variable: ${name}`);
        return variables.get(name);
      };
  }
}

/** A path in an expression: documents in an array are looked through and give an array; positions are no path parts. */
function pathValue(value: unknown, parts: readonly string[], from: number): unknown {
  const part = parts[from];
  if (part === undefined) return value;
  if (isDocument(value)) return pathValue(fieldOf(value, part), parts, from + 1);
  if (!Array.isArray(value)) return undefined;
  return (value as unknown[])
    .filter(isDocument)
    .map((element) => pathValue(element, parts, from))
    .filter((found) => found !== undefined);
}
