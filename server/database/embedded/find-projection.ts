import { isDocument, type BsonDocument } from './bson-document.ts';
import { badValue, unsupported } from './database-error.ts';
import { compileExpression } from './expressions/expression.ts';
import { fieldOf } from './field-path.ts';
import { elementPredicate } from './match-filter.ts';
import { compileFields, type Projection } from './project.ts';
import { matchedElement } from './update-path.ts';

/** Changes the value of one top-level array field after the other fields were chosen. */
interface ArrayRule {
  readonly name: string;
  /** The new value; `undefined` leaves the field out. Gets the whole document as well. */
  readonly change: (value: unknown, document: BsonDocument) => unknown;
}

/** Compiles the projection of a find: fields of {@link compileFields} plus `$slice`, `$elemMatch` and `path.$`. */
export function compileProjection(projection: BsonDocument, filter: BsonDocument): Projection {
  if (Object.keys(projection).length === 0) return (document) => document;
  const rules: ArrayRule[] = [];
  const fields: BsonDocument = {};
  for (const [path, value] of Object.entries(projection)) {
    const rule = arrayRule(path, value, filter);
    if (rule === undefined) fields[path] = value;
    else rules.push(rule);
  }
  const slices = (path: string): boolean => isDocument(projection[path]) && '$slice' in projection[path];
  const onlySlices = Object.keys(projection).every(
    (path) => path === '_id' || projection[path] === 0 || projection[path] === false || slices(path),
  );
  if (!onlySlices) for (const { name } of rules) fields[name] = 1;
  const choose =
    Object.keys(fields).length === 0
      ? (document: BsonDocument) => ({ ...document })
      : compileFields(fields, compileExpression);
  return (document) => {
    const out = choose(document);
    for (const { name, change } of rules) {
      if (!Object.hasOwn(out, name)) continue;
      const value = change(fieldOf(document, name), document);
      if (value === undefined) Reflect.deleteProperty(out, name);
      else out[name] = value;
    }
    return out;
  };
}

function arrayRule(path: string, value: unknown, filter: BsonDocument): ArrayRule | undefined {
  if (path.endsWith('.$')) {
    const name = path.slice(0, -2);
    if (name.includes('.')) throw unsupported(`the positional projection of a nested array ('${path}')`);
    return {
      name,
      change: (array, document) => (Array.isArray(array) ? [matchedElement(document, name, filter)] : array),
    };
  }
  if (!isDocument(value)) return undefined;
  if ('$slice' in value) {
    if (Array.isArray(value['$slice']) && Array.isArray(value['$slice'][0])) return undefined;
    if (path.includes('.')) throw unsupported(`$slice of a nested array ('${path}')`);
    return { name: path, change: slice(value['$slice']) };
  }
  if (!('$elemMatch' in value)) return undefined;
  if (path.includes('.')) throw badValue('Cannot use $elemMatch projection on a nested field');
  const test = elementPredicate(value['$elemMatch']);
  return {
    name: path,
    change(array) {
      const found = Array.isArray(array) ? (array as unknown[]).find(test) : undefined;
      return found === undefined ? undefined : [found];
    },
  };
}

function slice(operand: unknown): (value: unknown) => unknown {
  const [skip, count] = Array.isArray(operand) ? (operand as unknown[]) : [undefined, operand];
  if (!Number.isInteger(count) || (skip !== undefined && (!Number.isInteger(skip) || (count as number) < 1))) {
    throw badValue('$slice takes a number, or [skip, limit] with a limit above 0');
  }
  return (value) => {
    if (!Array.isArray(value)) return value;
    const array = value as unknown[];
    if (skip === undefined)
      return (count as number) < 0 ? array.slice(count as number) : array.slice(0, count as number);
    const from = (skip as number) < 0 ? Math.max(0, array.length + (skip as number)) : (skip as number);
    return array.slice(from, from + (count as number));
  };
}
