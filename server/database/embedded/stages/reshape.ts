import { isDocument, type BsonDocument } from '../bson-document.ts';
import { badValue } from '../database-error.ts';
import { compileExpression } from '../expressions/expression.ts';
import { operandFields } from '../expressions/operator.ts';
import { splitPath, valueAt } from '../field-path.ts';
import { compileAddedFields, compileFields, compileUnset, type Projection } from '../project.ts';
import { setAt, unsetAt } from '../update-path.ts';
import type { Stage, StageContext } from './stage.ts';

/** A stage that changes each document by itself. */
export const eachDocument = (change: Projection): Stage =>
  function* each(documents) {
    for (const document of documents) yield change(document);
  };

const fieldsOf = (name: string, operand: unknown): BsonDocument => {
  if (!isDocument(operand) || Object.keys(operand).length === 0)
    throw badValue(`${name} specification must be an object with fields`);
  return operand;
};

/** `$project`. */
export const compileProject = (operand: unknown, { variables }: StageContext): Stage =>
  eachDocument(compileFields(fieldsOf('$project', operand), (expression) => compileExpression(expression, variables)));

/** `$addFields` and `$set`. */
export const compileAddFields = (operand: unknown, { variables }: StageContext): Stage =>
  eachDocument(
    compileAddedFields(fieldsOf('$addFields', operand), (expression) => compileExpression(expression, variables)),
  );

/** `$unset`. */
export function compileUnsetStage(operand: unknown): Stage {
  const paths = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  const texts = paths.filter((path) => typeof path === 'string');
  if (texts.length !== paths.length || texts.length === 0)
    throw badValue('$unset takes a string or an array of strings');
  return eachDocument(compileUnset(texts));
}

/** `$replaceWith`, and `$replaceRoot` by its `newRoot`. */
export function compileReplaceWith(expression: unknown, { variables }: StageContext): Stage {
  const root = compileExpression(expression, variables);
  return eachDocument((document) => {
    const value = root(document);
    if (!isDocument(value)) throw badValue("'newRoot' expression must evaluate to an object");
    return value;
  });
}

/** A copy of the documents along a path, so that the path can be changed without touching the original. */
function copyAlong(value: unknown, parts: readonly string[]): unknown {
  const [part, ...rest] = parts;
  if (part === undefined || !isDocument(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === part ? copyAlong(inner, rest) : inner]),
  );
}

/** `$unwind`: one document for each element of an array. */
export function compileUnwind(operand: unknown): Stage {
  const fields = operandFields(
    '$unwind',
    typeof operand === 'string' ? { path: operand } : operand,
    ['path'],
    ['includeArrayIndex', 'preserveNullAndEmptyArrays'],
  );
  const { path, preserveNullAndEmptyArrays: keepEmpty } = fields;
  const positionField = fields['includeArrayIndex'];
  if (typeof path !== 'string' || !path.startsWith('$')) throw badValue('$unwind takes a path that begins with $');
  if (positionField !== undefined && typeof positionField !== 'string')
    throw badValue('includeArrayIndex must be a string');
  const parts = splitPath(path.slice(1));

  const one = (document: BsonDocument, value: unknown, position: number | null): BsonDocument => {
    const copy = copyAlong(document, parts) as BsonDocument;
    if (value === undefined) unsetAt(copy, parts);
    else setAt(copy, parts, value);
    return positionField === undefined ? copy : { ...copy, [positionField]: position };
  };

  return function* unwind(documents) {
    for (const document of documents) {
      const value = valueAt(document, parts);
      if (Array.isArray(value) && value.length > 0) {
        for (const [position, element] of (value as unknown[]).entries()) yield one(document, element, position);
      } else if (value === undefined || value === null || Array.isArray(value)) {
        if (keepEmpty === true) yield one(document, Array.isArray(value) ? undefined : value, null);
      } else yield one(document, value, null);
    }
  };
}
