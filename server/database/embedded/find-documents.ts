import { decodeDocument, type BsonDocument } from './bson-document.ts';
import type { Collection } from './catalogue.ts';
import { badValue, DatabaseError } from './database-error.ts';
import type { EmbeddedDatabase } from './embedded-database.ts';
import { compileFilter } from './match-filter.ts';
import { choosePlan, isUnion, type IndexPlan, type Query, type UnionPlan } from './query-plan.ts';
import { indexRows, tablePages, type Row } from './scan.ts';
import type { SqlDatabase } from './sqlite.ts';
import { sortRows } from './sort-rows.ts';
import { expressionTest, type Variables } from './expressions/expression.ts';

/** A document that matched; decoded only when somebody had to look inside. */
export interface FoundRow extends Row {
  readonly document?: BsonDocument | undefined;
}

/** What to look for, and which part of the result is wanted. */
export interface FindRequest extends Query {
  /** How many of the first matches to leave out. @defaultValue 0 */
  readonly skip?: number;
  /** How many to give at most; 0 for all. @defaultValue 0 */
  readonly limit?: number;
  /** What `$$name` stands for in an `$expr`. */
  readonly variables?: Variables;
  /** When to give up (`maxTimeMS`). */
  readonly deadlineAtMs?: number | undefined;
}

type Plan = IndexPlan | UnionPlan;
const isSorted = (plan: Plan | undefined): boolean => plan !== undefined && !isUnion(plan) && plan.sorted;

/** The decoded document of a found row. */
export const documentOf = (row: FoundRow): BsonDocument => row.document ?? decodeDocument(row.bytes);

/** Rows that match, in the wanted order. Reads lazily: stop asking and it stops reading. */
export function* findRows(
  database: EmbeddedDatabase,
  collection: Collection,
  request: FindRequest,
): Generator<FoundRow> {
  const plan = choosePlan(request, collection.indexes);
  if (plan === undefined && request.hint !== undefined) {
    throw badValue('hint provided does not correspond to an existing index that could answer the query');
  }
  const { skip = 0, limit = 0 } = request;
  const matching = matchingRows(database, collection, request, plan);
  const ordered =
    request.sort.length === 0 || isSorted(plan)
      ? matching
      : sortRows(matching, request.sort, {
          keep: limit === 0 ? Infinity : skip + limit,
          mostBytes: database.settings.sortBytes,
        });
  let at = 0;
  for (const row of ordered) {
    at += 1;
    if (at <= skip) continue;
    yield row;
    if (limit !== 0 && at >= skip + limit) return;
  }
}

function* matchingRows(
  database: EmbeddedDatabase,
  collection: Collection,
  request: FindRequest,
  plan: Plan | undefined,
): Generator<FoundRow> {
  const everything = Object.keys(request.filter).length === 0;
  const matches = compileFilter(request.filter, expressionTest(request.variables));
  const watch = plan === undefined ? scanWatch(database, collection, request) : undefined;
  let read = 0;
  try {
    for (const row of candidates(database, collection, request, plan)) {
      read += 1;
      watch?.(read);
      checkDeadline(request.deadlineAtMs);
      if (everything || (plan !== undefined && !isUnion(plan) && plan.exact)) {
        yield row;
        continue;
      }
      const document = decodeDocument(row.bytes);
      if (matches(document)) yield { ...row, document };
    }
  } finally {
    database.statistics.documentsRead += read;
  }
}

function* candidates(
  { sql }: EmbeddedDatabase,
  collection: Collection,
  { skip = 0, limit = 0, sort }: FindRequest,
  plan: Plan | undefined,
): Generator<Row> {
  const wanted = limit !== 0 && (sort.length === 0 || isSorted(plan)) ? skip + limit : 64;
  const firstPage = Math.min(256, Math.max(1, wanted));
  if (plan === undefined) for (const page of tablePages(sql, collection, firstPage)) yield* page;
  else if (isUnion(plan)) yield* unionRows(sql, collection, plan, firstPage);
  else yield* indexRows(sql, collection, { ...plan, firstPage });
}

/** What the branches find, each document once. */
function* unionRows(sql: SqlDatabase, collection: Collection, plan: UnionPlan, firstPage: number): Generator<Row> {
  const seen = new Set<number>();
  for (const branch of plan.branches) {
    for (const row of indexRows(sql, collection, { ...branch, firstPage })) {
      if (seen.has(row.rid)) continue;
      seen.add(row.rid);
      yield row;
    }
  }
}

/** Reports, or refuses, a collection scan. Reading everything without a condition or an order is no scan: nothing could help it. */
function scanWatch(
  { settings, statistics }: EmbeddedDatabase,
  { namespace }: Collection,
  { filter, sort }: FindRequest,
) {
  if (Object.keys(filter).length === 0 && sort.length === 0) return undefined;
  statistics.collectionScans += 1;
  // Also where the collection is empty now: it will not stay so.
  if (settings.refuseCollectionScans) {
    const fields = [...Object.keys(filter), ...sort.map(({ path }) => path)].join(', ');
    throw new DatabaseError(
      291,
      'NoQueryExecutionPlans',
      `No index answers the query of ${namespace} by ${fields}, and collection scans are refused: declare an index.`,
    );
  }
  return (read: number): void => {
    if (read === settings.scanLimit + 1)
      settings.onCollectionScan({ namespace, filter, sort: sort.map(({ path }) => path) });
  };
}

/** Throws MaxTimeMSExpired (50) when the time of the command is over. */
export function checkDeadline(deadlineAtMs: number | undefined): void {
  if (deadlineAtMs !== undefined && Date.now() > deadlineAtMs) {
    throw new DatabaseError(50, 'MaxTimeMSExpired', 'operation exceeded time limit');
  }
}
