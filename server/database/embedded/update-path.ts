import { isDocument, promote, type BsonDocument } from './bson-document.ts';
import { badValue, DatabaseError } from './database-error.ts';
import { fieldOf, isArrayIndex, leafValues, splitPath, valueAt } from './field-path.ts';
import { compileFilter, elementPredicate, type Matcher } from './match-filter.ts';
import { isOperatorDocument } from './bson-document.ts';

/** What the placeholders `$` and `$[name]` of an update path stand for. */
export interface Placeholders {
  /** The filter that found the document, for `$`. */
  readonly filter: BsonDocument;
  readonly arrayFilters: readonly BsonDocument[];
}

const mostPadding = 1_500_000;

const notViable = (part: string): DatabaseError =>
  new DatabaseError(28, 'PathNotViable', `Cannot create field '${part}' in an element that is no document`);

/** Sets a path, making the documents on the way; throws PathNotViable (28) when something else is in the way. */
export function setAt(document: BsonDocument, parts: readonly string[], value: unknown): void {
  let at: unknown = document;
  parts.forEach((part, depth) => {
    const last = depth === parts.length - 1;
    if (Array.isArray(at)) {
      const elements = at as unknown[];
      if (!isArrayIndex(part)) throw notViable(part);
      const position = Number(part);
      if (position > elements.length + mostPadding) throw badValue(`Cannot pad an array to ${position} elements`);
      while (elements.length < position) elements.push(null);
      if (last) elements[position] = value;
      else at = elements[position] ??= {};
    } else if (isDocument(at)) {
      if (last) at[part] = value;
      else {
        if (fieldOf(at, part) === undefined) at[part] = {};
        at = at[part];
      }
    } else throw notViable(part);
  });
}

/** Removes a path; an element of an array becomes null, as in MongoDB. */
export function unsetAt(document: BsonDocument, parts: readonly string[]): void {
  const parent = valueAt(document, parts.slice(0, -1));
  const name = parts[parts.length - 1] ?? '';
  if (Array.isArray(parent)) {
    if (isArrayIndex(name) && Number(name) < parent.length) parent[Number(name)] = null;
  } else if (isDocument(parent)) Reflect.deleteProperty(parent, name);
}

/** The concrete paths that an update path means in one document: placeholders replaced by positions. */
export function concretePaths(
  document: BsonDocument,
  path: string,
  placeholders: Placeholders,
): readonly (readonly string[])[] {
  let paths: (readonly string[])[] = [[]];
  for (const part of splitPath(path)) {
    if (part.startsWith('$')) paths = paths.flatMap((before) => positions(document, before, part, placeholders));
    else paths = paths.map((before) => [...before, part]);
  }
  return paths;
}

function positions(
  document: BsonDocument,
  before: readonly string[],
  part: string,
  { filter, arrayFilters }: Placeholders,
): (readonly string[])[] {
  const array = valueAt(document, before);
  const at = (position: number): readonly string[] => [...before, String(position)];
  if (part === '$') {
    return [at(matchedPosition(document, before, filter))];
  }
  const name = /^\$\[([a-z][a-zA-Z0-9]*)?\]$/.exec(part);
  if (name === null) throw badValue(`The path part '${part}' may not begin with '$'`);
  if (!Array.isArray(array)) {
    throw badValue(`The path '${before.join('.')}' must exist and be an array in order to apply array updates`);
  }
  const wanted = name[1] === undefined ? () => true : arrayFilterTest(name[1], arrayFilters);
  return array.flatMap((element, position) => (wanted(element) ? [at(position)] : []));
}

/** The test of `$[name]`: its array filter, whose paths all begin with the name. */
function arrayFilterTest(name: string, arrayFilters: readonly BsonDocument[]): (element: unknown) => boolean {
  const filter = arrayFilters.find((candidate) => rootsOf(candidate).has(name));
  if (filter === undefined) throw badValue(`No array filter found for identifier '${name}' in path`);
  const matches = compileFilter(filter);
  return (element) => matches({ [name]: element });
}

/** The identifiers that an array filter speaks of. */
export function rootsOf(filter: BsonDocument): ReadonlySet<string> {
  const roots = Object.entries(filter).flatMap(([path, condition]) =>
    path.startsWith('$') && Array.isArray(condition)
      ? condition.flatMap((branch) => [...rootsOf(branch as BsonDocument)])
      : [path.split('.')[0] ?? ''],
  );
  return new Set(roots);
}

/** The first element of the array that meets the filter; where two conditions name different elements it refuses to guess. */
function matchedPosition(document: BsonDocument, before: readonly string[], filter: BsonDocument): number {
  const array = valueAt(document, before);
  if (!Array.isArray(array)) throw positionMissing();
  const found = elementTests(filter, before.join('.'))
    .map((test) => array.findIndex((element) => test({ element })))
    .filter((position) => position >= 0);
  const [position] = found;
  if (position === undefined) throw positionMissing();
  if (found.some((other) => other !== position)) {
    throw badValue(
      "The positional operator '$' is ambiguous here: put the conditions on the array into one $elemMatch.",
    );
  }
  return position;
}

/** The element that the positional projection `name.$` shows. */
export const matchedElement = (document: BsonDocument, name: string, filter: BsonDocument): unknown =>
  valueAt(document, [name, String(matchedPosition(document, [name], filter))]);

const positionMissing = (): DatabaseError =>
  badValue('The positional operator did not find the match needed from the query.');

/** For each condition of the filter on the array, the same condition on one element. */
function elementTests(filter: BsonDocument, path: string): Matcher[] {
  return Object.entries(filter).flatMap(([name, condition]): Matcher[] => {
    if (name === '$and') return (condition as BsonDocument[]).flatMap((part) => elementTests(part, path));
    if (name !== path && !name.startsWith(`${path}.`)) return [];
    const inner = name.slice(path.length + 1);
    if (inner === '' && isOperatorDocument(condition) && '$elemMatch' in condition) {
      const test = elementPredicate(promote(condition['$elemMatch']));
      return [({ element }) => test(element)];
    }
    const matches = compileFilter({ [inner === '' ? 'element' : `element.${inner}`]: condition });
    return [(wrapped) => matches(wrapped) && leafValues(wrapped, ['element']).length > 0];
  });
}
