import { decodeDocument, encodeDocument, type BsonDocument } from './bson-document.ts';
import type { Catalogue, Collection, Index } from './catalogue.ts';
import { DatabaseError } from './database-error.ts';
import { documentKeys, type DocumentKeys } from './index-keys.ts';
import { valueAt } from './field-path.ts';
import { tablePages } from './scan.ts';
import type { SqlDatabase } from './sqlite.ts';

/** Writing documents with their index keys. Each call checks first and writes then: a refusal leaves nothing behind. */
export interface DocumentStore {
  /** Adds a document that has an `_id`; `bytes` are stored as given. */
  insert(collection: Collection, document: BsonDocument, bytes: Buffer): void;
  replace(collection: Collection, row: StoredDocument, after: BsonDocument, bytes: Buffer): void;
  remove(collection: Collection, row: StoredDocument): void;
  /** Fills a new index from the documents that are there. */
  fillIndex(collection: Collection, index: Index): void;
}

/** A document and the row that holds it. */
export interface StoredDocument {
  readonly rid: number;
  readonly document: BsonDocument;
}

function duplicateKey(collection: Collection, index: Index, document: BsonDocument): DatabaseError {
  const keyPattern = Object.fromEntries(index.fields.map(({ path, direction }) => [path, direction]));
  const keyValue = Object.fromEntries(index.fields.map(({ path, parts }) => [path, valueAt(document, parts) ?? null]));
  const message = `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: ${JSON.stringify(keyValue)}`;
  return new DatabaseError(11000, 'DuplicateKey', message, { keyPattern, keyValue });
}

/** The store of an open file. */
export function openDocumentStore(sql: SqlDatabase, catalogue: Catalogue): DocumentStore {
  function checkUnique(collection: Collection, index: Index, keys: readonly Buffer[], own: StoredDocument): void {
    if (!index.unique) return;
    for (const key of keys) {
      const other = sql.row(`SELECT rid FROM x${index.id} WHERE k = ? AND rid <> ? LIMIT 1`, key, own.rid);
      if (other !== undefined) throw duplicateKey(collection, index, own.document);
    }
  }

  function addKeys(index: Index, { keys, multikey }: DocumentKeys, rid: number): void {
    if (multikey) catalogue.markMultikey(index);
    for (const key of keys) sql.run(`INSERT INTO x${index.id}(k, rid) VALUES(?, ?)`, key, rid);
  }

  function removeKeys(index: Index, keys: readonly Buffer[], rid: number): void {
    for (const key of keys) sql.run(`DELETE FROM x${index.id} WHERE k = ? AND rid = ?`, key, rid);
  }

  return {
    insert(collection, document, bytes) {
      const keys = collection.indexes.map((index) => documentKeys(document, index));
      collection.indexes.forEach((index, at) =>
        checkUnique(collection, index, keys[at]?.keys ?? [], { rid: -1, document }),
      );
      const rid = sql.run(`INSERT INTO d${collection.id}(doc) VALUES(?)`, bytes).insertedId;
      collection.indexes.forEach((index, at) => addKeys(index, keys[at] ?? { keys: [], multikey: false }, rid));
    },
    replace(collection, { rid, document: before }, after, bytes) {
      const changes = collection.indexes.map((index) => {
        const [was, is] = [documentKeys(before, index), documentKeys(after, index)];
        const change = {
          index,
          gone: without(was.keys, is.keys),
          fresh: { keys: without(is.keys, was.keys), multikey: is.multikey },
        };
        checkUnique(collection, index, change.fresh.keys, { rid, document: after });
        return change;
      });
      sql.run(`UPDATE d${collection.id} SET doc = ? WHERE rid = ?`, bytes, rid);
      for (const { index, gone, fresh } of changes) {
        removeKeys(index, gone, rid);
        addKeys(index, fresh, rid);
      }
    },
    remove(collection, { rid, document }) {
      for (const index of collection.indexes) removeKeys(index, documentKeys(document, index).keys, rid);
      sql.run(`DELETE FROM d${collection.id} WHERE rid = ?`, rid);
    },
    fillIndex(collection, index) {
      for (const page of tablePages(sql, collection)) {
        for (const { rid, bytes } of page) {
          const document = decodeDocument(bytes);
          const keys = documentKeys(document, index);
          checkUnique(collection, index, keys.keys, { rid, document });
          addKeys(index, keys, rid);
        }
      }
    },
  };
}

function without(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  const known = new Set(others.map((key) => key.toString('latin1')));
  return keys.filter((key) => !known.has(key.toString('latin1')));
}

/** The bytes of a document whose `_id` comes first, as MongoDB stores it. */
export const storedBytes = (document: BsonDocument): Buffer => encodeDocument(idFirst(document));

/** The same document with `_id` as its first field. */
export const idFirst = (document: BsonDocument): BsonDocument =>
  '_id' in document && Object.keys(document)[0] !== '_id' ? { _id: document['_id'], ...document } : document;

/** The document itself; throws InvalidIdField (53) when its `_id` is an array or a regular expression. */
export function checkId(document: BsonDocument): BsonDocument {
  const id = document['_id'];
  if (
    !Array.isArray(id) &&
    !(id instanceof RegExp) &&
    (id as { _bsontype?: string } | null)?._bsontype !== 'BSONRegExp'
  )
    return document;
  throw new DatabaseError(53, 'InvalidIdField', "The '_id' value cannot be an array or a regular expression");
}
