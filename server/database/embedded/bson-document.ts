import { BSON } from 'mongodb';
import { DatabaseError } from './database-error.ts';

/** A decoded BSON document: fields in their stored order. */
export type BsonDocument = Record<string, unknown>;

/** Largest document in bytes, inclusive (MongoDB's own limit). */
export const maxDocumentBytes = 16 * 1024 * 1024;

/** Largest answer in bytes, inclusive: a document of the largest size and what is said about it, as in MongoDB. */
export const maxAnswerBytes = maxDocumentBytes + 16 * 1024;

/** The class name that the bson library gives its own types; never `instanceof`, because bson is a dual package. */
export const bsonType = (value: unknown): string | undefined =>
  value !== null && typeof value === 'object' ? (value as { _bsontype?: string })._bsontype : undefined;

/** True for a plain document: an object that is no array, date, regular expression, bytes or BSON type. */
export const isDocument = (value: unknown): value is BsonDocument =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof RegExp) &&
  !(value instanceof Uint8Array) &&
  bsonType(value) === undefined;

/** A document whose first field begins with `$`: operators, not a value. */
export const isOperatorDocument = (value: unknown): value is BsonDocument =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true;

/** BSON bytes of a document; throws BSONObjectTooLarge (10334) above `mostBytes`. */
export function encodeDocument(document: BsonDocument, mostBytes = maxDocumentBytes): Buffer {
  const bytes = serialized(document);
  if (bytes.length > mostBytes) throw tooLarge(String(bytes.length));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function serialized(document: BsonDocument): Uint8Array {
  try {
    return BSON.serialize(document, { ignoreUndefined: true });
  } catch (error) {
    // The library's own buffer holds 17 MB.
    if (error instanceof RangeError) throw tooLarge(`more than ${maxDocumentBytes}`);
    throw error;
  }
}

const tooLarge = (bytes: string): DatabaseError =>
  new DatabaseError(10334, 'BSONObjectTooLarge', `The document is ${bytes} bytes; at most ${maxDocumentBytes}.`);

/** Throws BSONObjectTooLarge (10334) when a stored document would exceed {@link maxDocumentBytes}. */
export function checkDocumentSize(bytes: number): void {
  if (bytes > maxDocumentBytes) throw tooLarge(String(bytes));
}

/** A document with numbers as JavaScript numbers; 64-bit integers beyond 2^53 stay Long. For reading and comparing. */
export const decodeDocument = (bytes: Uint8Array): BsonDocument =>
  BSON.deserialize(bytes, { promoteBuffers: false, promoteLongs: true, bsonRegExp: true });

/** A document with every number in its BSON class, so that writing it back keeps Int32, Long and Double apart. */
export const decodeTyped = (bytes: Uint8Array): BsonDocument =>
  BSON.deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });

/** A typed value with its numbers promoted as {@link decodeDocument} does. */
export function promote(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(promote);
  switch (bsonType(value)) {
    case 'Int32':
    case 'Double':
      return (value as { value: number }).value;
    case 'Long': {
      const number = (value as { toNumber(): number }).toNumber();
      return Number.isSafeInteger(number) ? number : value;
    }
    case undefined:
      return isDocument(value) ? promoteDocument(value) : value;
    default:
      return value;
  }
}

/** As {@link promote}, for a whole document. */
export const promoteDocument = (document: BsonDocument): BsonDocument =>
  Object.fromEntries(Object.entries(document).map(([name, value]) => [name, promote(value)]));
