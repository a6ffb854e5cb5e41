import { z } from 'zod';
import { readCursor, writeCursor } from './cursor.ts';
import { present } from './present.ts';

/** What a list is asked for (contract.md, "Lists"). */
export interface PageQuery {
  /** Looked for literally, in any case. */
  readonly query?: string | undefined;
  /** @defaultValue all: lists that are read whole are short */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** One page of a list that is in memory whole; `keyOf` names an item for the cursor, `textOf` is what is searched. */
export function pageOf<Item>(
  all: readonly Item[],
  { query = '', limit = all.length, cursor }: PageQuery,
  { keyOf, textOf }: { readonly keyOf: (item: Item) => string; readonly textOf: (item: Item) => string },
): { items: Item[]; nextCursor?: string } {
  const wanted = query.toLowerCase();
  const matching = all.filter((item) => textOf(item).toLowerCase().includes(wanted));
  const after = cursor === undefined ? undefined : readCursor(cursor, z.string());
  const from = after === undefined ? 0 : matching.findIndex((item) => keyOf(item) === after) + 1;
  const items = matching.slice(from, from + limit);
  const last = items.at(-1);
  const isMore = from + items.length < matching.length && last !== undefined;
  return { items, ...present({ nextCursor: isMore ? writeCursor(keyOf(last)) : undefined }) };
}
