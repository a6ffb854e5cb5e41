import { decodeDocument, type BsonDocument } from './bson-document.ts';
import type { IndexField } from './catalogue.ts';
import { DatabaseError } from './database-error.ts';
import { sortKey } from './index-keys.ts';

/** How much a sort may hold. */
export interface SortBounds {
  /** Only the first so many are wanted; Infinity for all. */
  readonly keep: number;
  /** Keys and documents together, in bytes. */
  readonly mostBytes: number;
}

interface Sortable {
  readonly bytes: Buffer;
  readonly document?: BsonDocument | undefined;
}

/**
 * Sorts in memory, stable. With a number of rows to keep it never holds more than twice as many; otherwise it refuses
 * above the bound with QueryExceededMemoryLimitNoDiskUseAllowed (292), as MongoDB does at 100 MB without disk use.
 */
export function* sortRows<Row extends Sortable>(
  rows: Iterable<Row>,
  order: readonly IndexField[],
  bounds: SortBounds,
): Generator<Row> {
  let held: { readonly row: Row; readonly key: Buffer }[] = [];
  let bytes = 0;
  const trim = (): void => {
    held = held.sort((a, b) => Buffer.compare(a.key, b.key)).slice(0, bounds.keep);
    bytes = held.reduce((sum, { row, key }) => sum + row.bytes.length + key.length, 0);
  };
  for (const row of rows) {
    const key = sortKey(row.document ?? decodeDocument(row.bytes), order);
    // The decoded form is dropped while waiting: it takes several times the room of its bytes.
    held.push({ row: { ...row, document: undefined }, key });
    bytes += row.bytes.length + key.length;
    if (bytes > bounds.mostBytes || held.length >= bounds.keep * 2 + 64) trim();
    if (bytes > bounds.mostBytes) throw sortTooLarge(bounds.mostBytes);
  }
  trim();
  for (const { row } of held) yield row;
}

/** What a blocking stage answers when it would hold more than it may. */
export const sortTooLarge = (mostBytes: number): DatabaseError =>
  new DatabaseError(
    292,
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    `Sort exceeded memory limit of ${mostBytes} bytes: add an index on the sort fields or a limit.`,
  );
