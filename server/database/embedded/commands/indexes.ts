import { z } from 'zod';
import { isDocument, promoteDocument, type BsonDocument } from '../bson-document.ts';
import { specificationOf, type Collection, type Index, type IndexSpecification } from '../catalogue.ts';
import { badValue, DatabaseError, unsupported } from '../database-error.ts';
import type { EmbeddedDatabase } from '../embedded-database.ts';
import { toNumber, valueIdentity } from '../key-order.ts';
import { isNumber } from '../number-arithmetic.ts';
import { answer, defineCommand, namespaceOf } from './command.ts';
import { harmless, ignored, wireDocument, wireFlag, wireNumber } from './wire-fields.ts';

const specification = z.strictObject({
  key: wireDocument,
  name: z.string().min(1),
  unique: wireFlag.optional(),
  sparse: wireFlag.optional(),
  partialFilterExpression: wireDocument.transform(promoteDocument).optional(),
  expireAfterSeconds: wireNumber.optional(),
  background: ignored,
  v: ignored,
  ns: ignored,
});

const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in']);

const cannotCreate = (why: string): DatabaseError => new DatabaseError(67, 'CannotCreateIndex', why);

/** Checks what MongoDB checks at index creation, and that nothing is asked which we lack. */
function checkedSpecification(raw: z.output<typeof specification>): IndexSpecification {
  const key = Object.entries(raw.key).map(([path, direction]) => {
    if (typeof direction === 'string') throw unsupported(`${direction} indexes`);
    const way = isNumber(direction) ? toNumber(direction) : 0;
    if (way !== 1 && way !== -1) throw cannotCreate(`Values in the index key pattern must be 1 or -1 ('${path}')`);
    if (path.includes('$')) throw unsupported(`index paths with $ ('${path}')`);
    return [path, way] as const;
  });
  if (key.length === 0 || key.length > 32) throw cannotCreate('An index has between 1 and 32 fields');
  if (raw.expireAfterSeconds !== undefined && key.length > 1)
    throw cannotCreate('TTL indexes are single-field indexes');
  if (raw.partialFilterExpression !== undefined) {
    if (raw.sparse === true) throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
    checkPartial(raw.partialFilterExpression);
  }
  const { name, unique, sparse, partialFilterExpression, expireAfterSeconds } = raw;
  return { name, key: Object.fromEntries(key), unique, sparse, partialFilterExpression, expireAfterSeconds };
}

function checkPartial(filter: BsonDocument): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') (condition as unknown[]).filter(isDocument).forEach(checkPartial);
    else if (path.startsWith('$')) throw cannotCreate(`unsupported expression in partial index: ${path}`);
    if (!isDocument(condition)) continue;
    const odd = Object.entries(condition).find(
      ([name, operand]) =>
        name.startsWith('$') && (!partialOperators.has(name) || (name === '$exists' && operand !== true)),
    );
    if (odd !== undefined) throw cannotCreate(`unsupported expression in partial index: ${odd[0]}`);
  }
}

/** The definition without its name, so that equal definitions are equal texts. */
const definitionOf = (given: object): string => {
  const fields = Object.entries(given).filter(
    ([field, value]) => field !== 'v' && field !== 'name' && value !== undefined && value !== false,
  );
  return valueIdentity(Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1))));
};

const sameDefinition = (index: Index, wanted: IndexSpecification): boolean =>
  definitionOf(specificationOf(index)) === definitionOf(wanted);

function ensureIndex(database: EmbeddedDatabase, collection: Collection, wanted: IndexSpecification): void {
  const keyOf = (key: object): string => JSON.stringify(Object.entries(key));
  for (const index of collection.indexes) {
    const sameKey = keyOf(wanted.key) === keyOf(specificationOf(index).key);
    if (index.name === '_id_' && sameKey) return;
    if (index.name === wanted.name && !sameDefinition(index, wanted)) {
      const message = `An existing index has the same name as the requested index but another definition: ${index.name}`;
      throw new DatabaseError(86, 'IndexKeySpecsConflict', message);
    }
    if (index.name === wanted.name) return;
    if (sameKey && sameDefinition(index, wanted)) {
      throw new DatabaseError(85, 'IndexOptionsConflict', `Index already exists with a different name: ${index.name}`);
    }
  }
  if (collection.indexes.length >= 64) throw cannotCreate('add index fails, too many indexes: 64 is the most');
  database.store.fillIndex(collection, database.catalogue.addIndex(collection, wanted));
}

/** `createIndexes`: new indexes, filled at once; the command fails as a whole. */
export const createIndexes = defineCommand(
  'write',
  z.strictObject({
    createIndexes: z.string(),
    indexes: z.array(specification).min(1),
    commitQuorum: ignored,
    ...harmless,
  }),
  (context, { createIndexes: name, indexes }) => {
    const { database } = context;
    const wanted = indexes.map(checkedSpecification);
    const known = database.catalogue.find(namespaceOf(context, name));
    const collection = known ?? database.catalogue.findOrCreate(namespaceOf(context, name));
    const before = collection.indexes.length;
    for (const one of wanted) ensureIndex(database, collection, one);
    return answer({
      numIndexesBefore: before,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically: known === undefined,
    });
  },
);

const existing = (database: EmbeddedDatabase, namespace: string): Collection => {
  const collection = database.catalogue.find(namespace);
  if (collection === undefined) throw new DatabaseError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`);
  return collection;
};

/** `listIndexes`. */
export const listIndexes = defineCommand(
  'read',
  z.strictObject({ listIndexes: z.string(), cursor: ignored, ...harmless }),
  (context, { listIndexes: name }) => {
    const namespace = namespaceOf(context, name);
    const documents = existing(context.database, namespace).indexes.map(specificationOf);
    return { batch: { namespace, id: 0n, documents, first: true } };
  },
);

/** `dropIndexes`: by name, names or `*` for all but `_id`. */
export const dropIndexes = defineCommand(
  'write',
  z.strictObject({
    dropIndexes: z.string(),
    index: z.union([z.string(), z.array(z.string()), wireDocument]),
    ...harmless,
  }),
  (context, { dropIndexes: name, index: which }) => {
    const { database } = context;
    const collection = existing(database, namespaceOf(context, name));
    const before = collection.indexes.length;
    const chosen = chosenIndexes(collection, which);
    if (chosen.some((index) => index.name === '_id_')) throw badValue('cannot drop _id index');
    for (const index of chosen) database.catalogue.dropIndex(collection, index);
    return answer({ nIndexesWas: before });
  },
);

function chosenIndexes({ indexes }: Collection, which: string | readonly string[] | BsonDocument): readonly Index[] {
  if (which === '*') return indexes.filter((index) => index.name !== '_id_');
  if (isDocument(which)) {
    const key = JSON.stringify(Object.entries(promoteDocument(which)));
    const found = indexes.filter((index) => JSON.stringify(Object.entries(specificationOf(index).key)) === key);
    if (found.length === 0) throw new DatabaseError(27, 'IndexNotFound', "can't find index with that key");
    return found;
  }
  const names = typeof which === 'string' ? [which] : which;
  return names.map((name) => {
    const index = indexes.find((candidate) => candidate.name === name);
    if (index === undefined) throw new DatabaseError(27, 'IndexNotFound', `index not found with name [${name}]`);
    return index;
  });
}
