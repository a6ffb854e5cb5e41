import {
  decodeDocument,
  decodeTyped,
  encodeDocument,
  isOperatorDocument,
  promoteDocument,
  type BsonDocument,
} from './bson-document.ts';
import { compileUpdate, upsertDocument, type Update } from './apply-update.ts';
import { checkId } from './document-store.ts';
import type { EmbeddedDatabase } from './embedded-database.ts';
import { documentOf, findRows, type FindRequest } from './find-documents.ts';
import type { IndexField } from './catalogue.ts';
import { pipelineUpdate } from './pipeline.ts';

/** One update statement: which documents, and what becomes of them. Values are typed. */
export interface UpdateStatement {
  readonly filter: BsonDocument;
  readonly update: unknown;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly arrayFilters: readonly BsonDocument[];
  readonly sort: readonly IndexField[];
  readonly hint?: string | undefined;
  readonly deadlineAtMs: number | undefined;
}

/** What an update did; `before` and `after` are the first document touched, as stored. */
export interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  readonly upsertedId?: unknown;
  readonly before?: Buffer;
  readonly after?: Buffer;
}

/** Updates what the filter finds, or inserts when it finds nothing and `upsert` is set. */
export function updateDocuments(
  database: EmbeddedDatabase,
  namespace: string,
  statement: UpdateStatement,
): UpdateResult {
  const collection = database.catalogue.findOrCreate(namespace);
  const update = compileUpdate(statement.update, statement.multi, pipelineUpdate(database));
  const filter = promoteDocument(statement.filter);
  const { sort, hint, deadlineAtMs } = statement;
  const request: FindRequest = { filter, sort, hint, deadlineAtMs, limit: statement.multi ? 0 : 1 };
  let [matched, modified] = [0, 0];
  let first: { before: Buffer; after: Buffer } | undefined;
  // All targets are found before the first is changed: an update must not meet its own output (the Halloween problem).
  for (const row of [...findRows(database, collection, request)]) {
    const before = documentOf(row);
    const placeholders = { filter, arrayFilters: statement.arrayFilters };
    const bytes = encodeDocument(update(decodeTyped(row.bytes), placeholders, false));
    matched += 1;
    first ??= { before: row.bytes, after: bytes };
    if (bytes.equals(row.bytes)) continue;
    database.store.replace(collection, { rid: row.rid, document: before }, decodeDocument(bytes), bytes);
    modified += 1;
  }
  if (matched > 0 || !statement.upsert) return { matched, modified, ...first };
  return insertUpserted(database, namespace, statement, update);
}

function insertUpserted(
  database: EmbeddedDatabase,
  namespace: string,
  statement: UpdateStatement,
  update: Update,
): UpdateResult {
  const replacement = !Array.isArray(statement.update) && !isOperatorDocument(statement.update);
  const bytes = encodeDocument(upsertDocument(statement.filter, update, replacement, statement.arrayFilters));
  const after = checkId(decodeDocument(bytes));
  database.store.insert(database.catalogue.findOrCreate(namespace), after, bytes);
  return { matched: 1, modified: 0, upsertedId: decodeTyped(bytes)['_id'], after: bytes };
}

/** Removes what a request finds; gives how many, and the first as it was stored. */
export function deleteDocuments(
  database: EmbeddedDatabase,
  namespace: string,
  request: FindRequest,
): { readonly removed: number; readonly first?: Buffer } {
  const collection = database.catalogue.find(namespace);
  if (collection === undefined) return { removed: 0 };
  const rows = [...findRows(database, collection, request)];
  for (const row of rows) database.store.remove(collection, { rid: row.rid, document: documentOf(row) });
  const [first] = rows;
  return { removed: rows.length, ...(first === undefined ? {} : { first: first.bytes }) };
}
