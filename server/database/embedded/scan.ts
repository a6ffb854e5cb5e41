import type { Collection, Index } from './catalogue.ts';
import type { SqlDatabase, SqlRow } from './sqlite.ts';

/** A stored document as it lies in its table. */
export interface Row {
  readonly rid: number;
  readonly bytes: Buffer;
}

/** A range of index keys, `[from, to)`. */
export interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer;
}

const rowOf = (row: SqlRow): Row => ({ rid: row['rid'] as number, bytes: row['doc'] as Buffer });
const largestPage = 2048;
/** About how many bytes one page may hold in memory. */
const pageBytes = 4 * 1024 * 1024;

/** The next page's rows: grow while pages are small in bytes, shrink when documents are large. */
function nextSize(rows: readonly Row[], size: number): number {
  const bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0);
  const fitting = Math.max(1, Math.floor(pageBytes / Math.max(1, bytes / rows.length)));
  return Math.min(size * 2, largestPage, fitting);
}

/** A whole collection in order of insertion, page by page; no statement stays open between pages. */
export function* tablePages(sql: SqlDatabase, collection: Collection, first = 64): Generator<readonly Row[]> {
  let after = -1;
  let size = first;
  for (;;) {
    const page = sql
      .rows(`SELECT rid, doc FROM d${collection.id} WHERE rid > ? ORDER BY rid LIMIT ?`, after, size)
      .map(rowOf);
    const last = page[page.length - 1];
    if (last === undefined) return;
    yield page;
    if (page.length < size) return;
    after = last.rid;
    size = nextSize(page, size);
  }
}

/** What to read from an index. */
export interface IndexScan {
  readonly index: Index;
  /** In ascending order, not overlapping. */
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Rows of the first page: small when few are wanted. */
  readonly firstPage: number;
}

/**
 * Documents in index order, each once; no statement stays open, so writes may come between pages
 * (as with a MongoDB cursor, the result is then not a snapshot).
 */
export function* indexRows(sql: SqlDatabase, collection: Collection, scan: IndexScan): Generator<Row> {
  const seen = scan.index.multikey ? new Set<number>() : undefined;
  for (const range of scan.reverse ? [...scan.ranges].reverse() : scan.ranges) {
    for (const row of rangeRows(sql, collection, scan, range)) {
      if (seen?.has(row.rid) === true) continue;
      seen?.add(row.rid);
      yield row;
    }
  }
}

function* rangeRows(sql: SqlDatabase, collection: Collection, scan: IndexScan, range: KeyRange): Generator<Row> {
  const [compare, direction] = scan.reverse ? ['<', 'DESC'] : ['>', 'ASC'];
  // CROSS JOIN keeps SQLite from reordering: the index drives, the documents follow.
  const from = `FROM x${scan.index.id} x CROSS JOIN d${collection.id} d ON d.rid = x.rid`;
  const order = `ORDER BY x.k ${direction}, x.rid ${direction} LIMIT ?`;
  const columns = 'SELECT x.k AS k, x.rid AS rid, d.doc AS doc';
  let size = scan.firstPage;
  let page = sql.rows(`${columns} ${from} WHERE x.k >= ? AND x.k < ? ${order}`, range.from, range.to, size);
  for (;;) {
    const rows = page.map(rowOf);
    yield* rows;
    const last = page[page.length - 1];
    if (last === undefined || page.length < size) return;
    size = nextSize(rows, size);
    page = sql.rows(
      `${columns} ${from} WHERE (x.k, x.rid) ${compare} (?, ?) AND x.k >= ? AND x.k < ? ${order}`,
      last['k'] ?? null,
      last['rid'] ?? null,
      range.from,
      range.to,
      size,
    );
  }
}

/** How many documents a collection holds, counted over its smallest tree. */
export const countRows = (sql: SqlDatabase, collection: Collection): number =>
  sql.row(`SELECT count(*) AS n FROM x${collection.indexes[0]?.id ?? 0}`)?.['n'] as number;
