import { bsonType, isDocument, type BsonDocument } from './bson-document.ts';
import { badValue, unsupported } from './database-error.ts';

const numeric = /^(0|[1-9]\d*)$/;

/** True for a path part that may name an element of an array. */
export const isArrayIndex = (part: string): boolean => numeric.test(part);

/** The parts of a dotted path; throws on empty parts and on names that JavaScript objects reserve. */
export function splitPath(path: string): readonly string[] {
  const parts = path.split('.');
  if (parts.some((part) => part === '')) throw badValue(`The path '${path}' has an empty part.`);
  if (parts.includes('__proto__')) throw badValue(`The path '${path}' is not allowed.`);
  return parts;
}

/** True when one path is the other or lies inside it. */
export const pathsOverlap = (a: string, b: string): boolean =>
  a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

/** A field of a document; `undefined` when it is not there (never an inherited property). */
export const fieldOf = (document: BsonDocument, name: string): unknown =>
  Object.hasOwn(document, name) ? document[name] : undefined;

/** What a path names without looking into arrays except by position; `undefined` when nothing is there. */
export function valueAt(value: unknown, parts: readonly string[]): unknown {
  let at = value;
  for (const part of parts) {
    if (Array.isArray(at)) at = isArrayIndex(part) ? (at[Number(part)] as unknown) : undefined;
    else if (isDocument(at)) at = fieldOf(at, part);
    else return undefined;
  }
  return at;
}

/**
 * Every value that a query path reaches: documents inside arrays are looked through, as is an element named by position.
 * `undefined` stands for a missing field; elements that are no documents contribute nothing (MongoDB's array traversal).
 */
export function leafValues(value: unknown, parts: readonly string[], from = 0): unknown[] {
  const part = parts[from];
  if (part === undefined) return [value];
  if (isDocument(value)) return leafValues(fieldOf(value, part), parts, from + 1);
  if (bsonType(value) === 'DBRef') throw unsupported('paths into a DBRef');
  if (!Array.isArray(value)) return [undefined];
  const elements: readonly unknown[] = value;
  const leaves = elements.filter(isDocument).flatMap((element) => leafValues(element, parts, from));
  if (isArrayIndex(part) && Number(part) < elements.length) {
    leaves.push(...leafValues(elements[Number(part)], parts, from + 1));
  }
  return leaves;
}

/** What an index sees at a path. */
export interface IndexedValues {
  /** Never empty; `null` for a missing field, `undefined` for an empty array. */
  readonly values: readonly unknown[];
  /** An array was looked into. */
  readonly multikey: boolean;
  /** The field is there in at least one place. */
  readonly found: boolean;
}

/** The values of a path as index keys and sorts see them: arrays fan out (MongoDB manual, "Multikey Indexes"). */
export function indexedValues(document: BsonDocument, parts: readonly string[]): IndexedValues {
  const values: unknown[] = [];
  let multikey = false;
  let found = false;
  const walk = (value: unknown, from: number): void => {
    const part = parts[from];
    if (part === undefined) {
      found ||= value !== undefined;
      if (!Array.isArray(value)) values.push(value === undefined ? null : value);
      else {
        multikey = true;
        values.push(...(value.length === 0 ? [undefined] : (value as unknown[])));
      }
    } else if (Array.isArray(value)) {
      multikey = true;
      const elements: readonly unknown[] = value;
      if (isArrayIndex(part) && Number(part) < elements.length) walk(elements[Number(part)], from + 1);
      for (const element of elements) {
        if (isDocument(element)) walk(fieldOf(element, part), from + 1);
        else values.push(null);
      }
      if (elements.length === 0) values.push(null);
    } else if (isDocument(value)) walk(fieldOf(value, part), from + 1);
    else values.push(null);
  };
  walk(document, 0);
  return { values, multikey, found };
}
