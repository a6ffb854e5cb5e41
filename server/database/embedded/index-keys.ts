import type { BsonDocument } from './bson-document.ts';
import { DatabaseError } from './database-error.ts';
import { indexedValues, type IndexedValues } from './field-path.ts';
import { directedKey, invertKey, encodeKey } from './key-order.ts';
import type { Index, IndexField } from './catalogue.ts';

/** The keys of one document in one index. */
export interface DocumentKeys {
  /** Distinct; empty when the index is sparse or partial and leaves the document out. */
  readonly keys: readonly Buffer[];
  readonly multikey: boolean;
}

const mostKeys = 10_000;
const mostKeyBytes = 64 * 1024;

/** The keys of a document in an index; throws when two of the fields are arrays (MongoDB refuses parallel arrays too). */
export function documentKeys(document: BsonDocument, index: Index): DocumentKeys {
  if (index.partial !== undefined && !index.partial.matches(document)) return { keys: [], multikey: false };
  const fields = index.fields.map(({ parts }) => indexedValues(document, parts));
  if (index.sparse && !fields.some(({ found }) => found)) return { keys: [], multikey: false };
  const arrays = fields.filter(({ multikey }) => multikey).length;
  if (arrays > 1)
    throw new DatabaseError(171, 'CannotIndexParallelArrays', `cannot index parallel arrays (index ${index.name})`);
  return { keys: combine(fields, index), multikey: arrays > 0 };
}

function combine(fields: readonly IndexedValues[], index: Index): readonly Buffer[] {
  const direction = (at: number): 1 | -1 => index.fields[at]?.direction ?? 1;
  const parts = fields.map(({ values }, at) => distinct(values.map((value) => directedKey(value, direction(at)))));
  let keys: readonly Buffer[] = parts[0] ?? [];
  for (const part of parts.slice(1)) keys = keys.flatMap((key) => part.map((more) => Buffer.concat([key, more])));
  if (keys.length > mostKeys)
    throw new DatabaseError(146, 'ExceededMemoryLimit', `More than ${mostKeys} keys in index ${index.name}`);
  if (keys.some((key) => key.length > mostKeyBytes)) {
    throw new DatabaseError(
      17280,
      'KeyTooLong',
      `A value is too long for index ${index.name}: at most ${mostKeyBytes} bytes.`,
    );
  }
  return keys;
}

function distinct(keys: readonly Buffer[]): readonly Buffer[] {
  if (keys.length < 2) return keys;
  return [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()];
}

/** The bytes by which a document is sorted: an array counts as its smallest value ascending, its largest descending. */
export function sortKey(document: BsonDocument, order: readonly IndexField[]): Buffer {
  return Buffer.concat(
    order.map(({ parts, direction }) => {
      const keys = indexedValues(document, parts)
        .values.map(encodeKey)
        .sort((a, b) => Buffer.compare(a, b));
      const key = (direction > 0 ? keys[0] : keys[keys.length - 1]) ?? Buffer.alloc(0);
      return direction > 0 ? key : invertKey(key);
    }),
  );
}
