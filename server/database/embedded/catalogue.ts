import { decodeDocument, encodeDocument, type BsonDocument } from './bson-document.ts';
import { DatabaseError } from './database-error.ts';
import type { Matcher } from './match-filter.ts';
import { splitPath } from './field-path.ts';
import type { SqlDatabase } from './sqlite.ts';
import { compileFilter } from './match-filter.ts';

/** One field of an index. */
export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** An index: an SQLite table `x<id>` of (key, rid) in key order. */
export interface Index {
  readonly id: number;
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  /** `partialFilterExpression` and its compiled form. */
  readonly partial: { readonly filter: BsonDocument; readonly matches: Matcher } | undefined;
  /** Documents older than this by the first field are deleted by the sweep (a TTL index). */
  readonly expireAfterSeconds: number | undefined;
  /** Some document has several keys here; once true, it stays. */
  multikey: boolean;
}

/** A collection: an SQLite table `d<id>` of (rid, doc). */
export interface Collection {
  readonly id: number;
  /** Database and name with a dot between. */
  readonly namespace: string;
  indexes: readonly Index[];
}

/** What an index is made from, as checked by the createIndexes command. */
export interface IndexSpecification {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean | undefined;
  readonly sparse?: boolean | undefined;
  readonly partialFilterExpression?: BsonDocument | undefined;
  readonly expireAfterSeconds?: number | undefined;
}

function indexOf(id: number, specification: IndexSpecification, multikey: boolean): Index {
  const { name, key, partialFilterExpression: filter } = specification;
  return {
    id,
    name,
    fields: Object.entries(key).map(([path, direction]) => ({ path, parts: splitPath(path), direction })),
    unique: specification.unique === true,
    sparse: specification.sparse === true,
    partial: filter === undefined ? undefined : { filter, matches: compileFilter(filter) },
    expireAfterSeconds: specification.expireAfterSeconds,
    multikey,
  };
}

/** The specification that listIndexes shows and that the file keeps. */
export function specificationOf(index: Index): IndexSpecification & BsonDocument {
  return {
    v: 2,
    key: Object.fromEntries(index.fields.map(({ path, direction }) => [path, direction])),
    name: index.name,
    ...(index.unique && index.name !== '_id_' ? { unique: true } : {}),
    ...(index.sparse ? { sparse: true } : {}),
    ...(index.partial === undefined ? {} : { partialFilterExpression: index.partial.filter }),
    ...(index.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: index.expireAfterSeconds }),
  };
}

/** Which collections and indexes there are: in memory, and in the tables `collection` and `collection_index`. */
export interface Catalogue {
  find(namespace: string): Collection | undefined;
  /** All collections, of one database when it is named. */
  list(databaseName?: string): readonly Collection[];
  /** The collection of that name, made with its `_id` index when it is not there. */
  findOrCreate(namespace: string): Collection;
  /** Adds an empty index; the caller fills it. */
  addIndex(collection: Collection, specification: IndexSpecification): Index;
  dropIndex(collection: Collection, index: Index): void;
  drop(collection: Collection): void;
  markMultikey(index: Index): void;
  /** Reads everything again from the file: needed after a transaction that changed it was rolled back. */
  reload(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS collection(id INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS collection_index(
    id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, specification BLOB NOT NULL,
    multikey INTEGER NOT NULL DEFAULT 0);
`;

/** How the tables of the file are made, kept in its `user_version`; 0 is a new file. */
const fileFormat = 1;

function checkFormat(sql: SqlDatabase): void {
  const stored = sql.row('PRAGMA user_version')?.['user_version'] as number;
  if (stored > fileFormat) {
    throw new DatabaseError(
      1,
      'InternalError',
      `The database file is of format ${stored}, this program knows ${fileFormat}: start the newer program again, or restore a backup of before.`,
    );
  }
  if (stored < fileFormat) sql.exec(`PRAGMA user_version=${fileFormat}`);
}

/** The catalogue of an open file; makes its tables in a new one. */
export function openCatalogue(sql: SqlDatabase): Catalogue {
  checkFormat(sql);
  sql.exec(schema);
  const collections = new Map<string, Collection>();

  function reload(): void {
    collections.clear();
    const indexRows = sql.rows('SELECT id, collection, specification, multikey FROM collection_index ORDER BY id');
    for (const { id, namespace } of sql.rows('SELECT id, namespace FROM collection')) {
      const indexes = indexRows
        .filter((row) => row['collection'] === id)
        .map((row) => {
          const specification = decodeDocument(row['specification'] as Buffer) as unknown as IndexSpecification;
          return indexOf(row['id'] as number, specification, row['multikey'] === 1);
        });
      collections.set(namespace as string, { id: id as number, namespace: namespace as string, indexes });
    }
  }

  function addIndex(collection: Collection, specification: IndexSpecification): Index {
    const draft = indexOf(0, specification, false);
    const id = sql.run(
      'INSERT INTO collection_index(collection, specification) VALUES(?, ?)',
      collection.id,
      encodeDocument({ ...specificationOf(draft), unique: draft.unique }),
    ).insertedId;
    sql.exec(`CREATE TABLE x${id}(k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY(k, rid)) WITHOUT ROWID`);
    const index = { ...draft, id };
    collection.indexes = [...collection.indexes, index];
    return index;
  }

  function findOrCreate(namespace: string): Collection {
    const known = collections.get(namespace);
    if (known !== undefined) return known;
    checkNamespace(namespace);
    const id = sql.run('INSERT INTO collection(namespace) VALUES(?)', namespace).insertedId;
    sql.exec(`CREATE TABLE d${id}(rid INTEGER PRIMARY KEY, doc BLOB NOT NULL)`);
    const collection: Collection = { id, namespace, indexes: [] };
    collections.set(namespace, collection);
    addIndex(collection, { name: '_id_', key: { _id: 1 }, unique: true });
    return collection;
  }

  function dropIndex(collection: Collection, index: Index): void {
    sql.exec(`DROP TABLE x${index.id}`);
    sql.run('DELETE FROM collection_index WHERE id = ?', index.id);
    collection.indexes = collection.indexes.filter((other) => other !== index);
  }

  reload();
  return {
    find: (namespace) => collections.get(namespace),
    list: (name) =>
      [...collections.values()].filter(({ namespace }) => name === undefined || namespace.startsWith(`${name}.`)),
    findOrCreate,
    addIndex,
    dropIndex,
    drop(collection) {
      for (const index of collection.indexes) dropIndex(collection, index);
      sql.exec(`DROP TABLE d${collection.id}`);
      sql.run('DELETE FROM collection WHERE id = ?', collection.id);
      collections.delete(collection.namespace);
    },
    markMultikey(index) {
      if (index.multikey) return;
      index.multikey = true;
      sql.run('UPDATE collection_index SET multikey = 1 WHERE id = ?', index.id);
    },
    reload,
  };
}

function checkNamespace(namespace: string): void {
  const name = namespace.slice(namespace.indexOf('.') + 1);
  if (
    name !== '' &&
    !name.includes('$') &&
    !name.includes('\0') &&
    !name.startsWith('system.') &&
    namespace.length <= 255
  )
    return;
  throw new DatabaseError(73, 'InvalidNamespace', `Invalid collection name: '${name}'`);
}
