import { ObjectId, Timestamp } from 'mongodb';
import { isDocument, isOperatorDocument, type BsonDocument } from './bson-document.ts';
import { badValue, DatabaseError, unsupported } from './database-error.ts';
import { idFirst } from './document-store.ts';
import { pathsOverlap, splitPath, valueAt } from './field-path.ts';
import { compareValues, sameValue } from './key-order.ts';
import { calculate } from './number-arithmetic.ts';
import { addedToSet, popped, pulled, pulledAll, pushed } from './push-values.ts';
import { concretePaths, setAt, unsetAt, type Placeholders } from './update-path.ts';

/** Changes one typed document into another; the given document may be changed on the way. */
export type Update = (document: BsonDocument, placeholders: Placeholders, inserting: boolean) => BsonDocument;

/** Compiles an aggregation pipeline as an update; given by the aggregation side. */
export type PipelineUpdate = (pipeline: readonly BsonDocument[]) => (document: BsonDocument) => BsonDocument;

interface Change {
  readonly operator: string;
  readonly path: string;
  readonly operand: unknown;
}

/** Compiles an update: operators, a whole replacement, or a pipeline. Throws on operators outside the allow-list. */
export function compileUpdate(update: unknown, multi: boolean, pipeline: PipelineUpdate): Update {
  if (Array.isArray(update)) {
    const run = pipeline(update as BsonDocument[]);
    return (document) => keepingId(document, run(document));
  }
  if (!isDocument(update)) throw new DatabaseError(9, 'FailedToParse', 'The update must be a document or a pipeline');
  if (!isOperatorDocument(update)) {
    const odd = Object.keys(update).find((name) => name.startsWith('$'));
    if (odd !== undefined)
      throw new DatabaseError(
        52,
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${odd}' is not allowed in a replacement`,
      );
    if (multi)
      throw new DatabaseError(9, 'FailedToParse', 'multi update is not supported for replacement-style update');
    return (document) =>
      keepingId(document, '_id' in document ? Object.assign({ _id: document['_id'] }, update) : update);
  }
  const changes = changesOf(update);
  return (document, placeholders, inserting) => {
    const id = document['_id'];
    for (const change of changes) applyChange(document, change, placeholders, inserting);
    return keepingId(id === undefined ? document : { _id: id }, document);
  };
}

function keepingId(before: BsonDocument, after: BsonDocument): BsonDocument {
  if (before['_id'] === undefined || sameValue(after['_id'], before['_id'])) return idFirst(after);
  throw new DatabaseError(
    66,
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

const operators = new Set([
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$setOnInsert',
  '$currentDate',
  '$push',
  '$addToSet',
  '$pop',
  '$pull',
  '$pullAll',
  '$bit',
]);

function changesOf(update: BsonDocument): readonly Change[] {
  const changes = Object.entries(update).flatMap(([operator, fields]) => {
    if (!operator.startsWith('$')) throw new DatabaseError(9, 'FailedToParse', `Unknown modifier: ${operator}`);
    if (!operators.has(operator)) throw unsupported(`the update operator ${operator}`);
    if (!isDocument(fields))
      throw new DatabaseError(
        9,
        'FailedToParse',
        `Modifiers operate on fields but we found type other than object for ${operator}`,
      );
    return Object.entries(fields).map(([path, operand]) => ({ operator, path, operand }));
  });
  const paths = changes.flatMap(({ operator, path, operand }) =>
    operator === '$rename' ? [path, String(operand)] : [path],
  );
  paths.forEach((path, at) => {
    const other = paths.slice(0, at).find((earlier) => pathsOverlap(earlier, path));
    if (other !== undefined) {
      throw new DatabaseError(
        40,
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${other}'`,
      );
    }
  });
  // MongoDB (since 5.0) takes the fields of an update in the order of their names.
  return changes.sort((a, b) => comparePaths(a.path, b.path));
}

function comparePaths(a: string, b: string): number {
  const [partsA, partsB] = [splitPath(a), splitPath(b)];
  for (let at = 0; at < Math.min(partsA.length, partsB.length); at++) {
    const [partA = '', partB = ''] = [partsA[at], partsB[at]];
    if (partA === partB) continue;
    if (/^\d+$/.test(partA) && /^\d+$/.test(partB)) return Number(partA) - Number(partB);
    return partA < partB ? -1 : 1;
  }
  return partsA.length - partsB.length;
}

function applyChange(document: BsonDocument, change: Change, placeholders: Placeholders, inserting: boolean): void {
  const { operator, path, operand } = change;
  if (operator === '$setOnInsert' && !inserting) return;
  if (operator === '$rename') {
    renameField(document, path, operand);
    return;
  }
  for (const parts of concretePaths(document, path, placeholders)) {
    if (operator === '$unset') unsetAt(document, parts);
    else {
      const before = valueAt(document, parts);
      const after = newValue(change, before);
      if (after !== before) setAt(document, parts, after);
    }
  }
}

/** What a field holds after the operator; the same value when nothing changes. */
function newValue({ operator, path, operand }: Change, before: unknown): unknown {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return operand;
    case '$inc':
      return before === undefined
        ? calculate('$inc', 0, operand)
        : numeric(path, () => calculate('$inc', before, operand));
    case '$mul':
      return numeric(path, () => calculate('$mul', before === undefined ? 0 : before, operand));
    case '$min':
      return before === undefined || compareValues(operand, before) < 0 ? operand : before;
    case '$max':
      return before === undefined || compareValues(operand, before) > 0 ? operand : before;
    case '$currentDate':
      return currentDate(operand);
    case '$bit':
      return bits(before, operand);
    default:
      return arrayValue(operator, path, before, operand);
  }
}

function numeric<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof DatabaseError && error.code === 14)
      throw new DatabaseError(14, 'TypeMismatch', `${error.message} (field '${path}')`);
    throw error;
  }
}

function currentDate(operand: unknown): unknown {
  if (operand === true || operand === false) return new Date();
  const type = isDocument(operand) ? operand['$type'] : undefined;
  if (type === 'date') return new Date();
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
  throw badValue("$currentDate takes true, {$type: 'date'} or {$type: 'timestamp'}");
}

function bits(before: unknown, operand: unknown): unknown {
  if (!isDocument(operand) || Object.keys(operand).length === 0) throw badValue('$bit takes {and|or|xor: integer}');
  return Object.entries(operand).reduce<unknown>((value, [name, mask]) => {
    if (name !== 'and' && name !== 'or' && name !== 'xor') throw badValue(`The $bit modifier does not know ${name}`);
    return calculate(name, value ?? 0, mask);
  }, before);
}

function arrayValue(operator: string, path: string, before: unknown, operand: unknown): unknown {
  const removes = operator === '$pop' || operator === '$pull' || operator === '$pullAll';
  if (before === undefined && removes) return before;
  if (before !== undefined && !Array.isArray(before)) {
    throw new DatabaseError(
      removes && operator === '$pop' ? 14 : 2,
      'BadValue',
      `The field '${path}' must be an array for ${operator}`,
    );
  }
  const array = (before ?? []) as readonly unknown[];
  switch (operator) {
    case '$push':
      return pushed(array, operand);
    case '$addToSet':
      return addedToSet(array, operand);
    case '$pull':
      return pulled(array, operand);
    case '$pullAll':
      return pulledAll(array, operand);
    case '$pop':
      return popped(array, operand);
    default:
      throw unsupported(`the update operator ${operator}`);
  }
}

function renameField(document: BsonDocument, path: string, operand: unknown): void {
  if (typeof operand !== 'string') throw badValue(`The 'to' field for $rename must be a string`);
  const [from, to] = [splitPath(path), splitPath(operand)];
  for (const parts of [from, to]) {
    const throughArray = parts.some((_part, depth) => Array.isArray(valueAt(document, parts.slice(0, depth))));
    if (throughArray || parts.some((part) => part.startsWith('$')))
      throw badValue(`$rename cannot pass through an array ('${path}')`);
  }
  const value = valueAt(document, from);
  if (value === undefined) return;
  unsetAt(document, from);
  setAt(document, to, value);
}

/** The document that an upsert adds: equalities of the filter, then the update, then an `_id` if there is none yet. */
export function upsertDocument(
  typedFilter: BsonDocument,
  update: Update,
  replacement: boolean,
  arrayFilters: readonly BsonDocument[],
): BsonDocument {
  const base: BsonDocument = {};
  const known: string[] = [];
  for (const [path, value] of equalities(typedFilter)) {
    if (replacement && path !== '_id') continue;
    if (known.some((other) => pathsOverlap(other, path))) throw matchedTwice(path);
    known.push(path);
    setAt(base, splitPath(path), value);
  }
  const document = update(base, { filter: {}, arrayFilters }, true);
  return idFirst(document['_id'] === undefined ? { _id: new ObjectId(), ...document } : document);
}

const matchedTwice = (path: string): DatabaseError =>
  new DatabaseError(54, 'NotSingleValueField', `cannot infer query fields to set, path '${path}' is matched twice`);

function equalities(filter: BsonDocument): (readonly [string, unknown])[] {
  return Object.entries(filter).flatMap(([path, condition]): (readonly [string, unknown])[] => {
    if (path === '$and') return (condition as BsonDocument[]).flatMap(equalities);
    if (path.startsWith('$')) return [];
    if (!isOperatorDocument(condition))
      return condition instanceof RegExp || isRegexType(condition) ? [] : [[path, condition]];
    if ('$eq' in condition) return [[path, condition['$eq']]];
    const list = condition['$in'];
    return Array.isArray(list) && list.length === 1 ? [[path, list[0]]] : [];
  });
}

const isRegexType = (value: unknown): boolean => (value as { _bsontype?: string } | null)?._bsontype === 'BSONRegExp';
