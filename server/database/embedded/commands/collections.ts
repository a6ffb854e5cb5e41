import { z } from 'zod';
import { promoteDocument } from '../bson-document.ts';
import { DatabaseError } from '../database-error.ts';
import { compileFilter } from '../match-filter.ts';
import { answer, defineCommand, namespaceOf } from './command.ts';
import { harmless, ignored, wireDocument, wireFlag } from './wire-fields.ts';

/** `create`: an empty collection. */
export const create = defineCommand(
  'write',
  z.strictObject({ create: z.string(), ...harmless }),
  (context, { create: name }) => {
    const { catalogue } = context.database;
    const namespace = namespaceOf(context, name);
    if (catalogue.find(namespace) !== undefined) {
      throw new DatabaseError(48, 'NamespaceExists', `Collection ${namespace} already exists.`);
    }
    catalogue.findOrCreate(namespace);
    return answer({});
  },
);

/** `drop`: removes a collection; one that is not there is no error. */
export const drop = defineCommand(
  'write',
  z.strictObject({ drop: z.string(), ...harmless }),
  (context, { drop: name }) => {
    const { catalogue } = context.database;
    const namespace = namespaceOf(context, name);
    const collection = catalogue.find(namespace);
    if (collection === undefined) return answer({});
    const nIndexesWas = collection.indexes.length;
    catalogue.drop(collection);
    return answer({ ns: namespace, nIndexesWas });
  },
);

/** `dropDatabase`: removes all collections of the database. */
export const dropDatabase = defineCommand(
  'write',
  z.strictObject({ dropDatabase: z.unknown(), ...harmless }),
  (context) => {
    const { catalogue } = context.database;
    for (const collection of catalogue.list(context.databaseName)) catalogue.drop(collection);
    return answer({ dropped: context.databaseName });
  },
);

/** `listCollections`. */
export const listCollections = defineCommand(
  'read',
  z.strictObject({
    listCollections: z.unknown(),
    filter: wireDocument.default({}),
    nameOnly: wireFlag.default(false),
    authorizedCollections: ignored,
    cursor: ignored,
    ...harmless,
  }),
  ({ database, databaseName }, { filter, nameOnly }) => {
    const matches = compileFilter(promoteDocument(filter));
    const documents = database.catalogue.list(databaseName).map(({ namespace }) => ({
      name: namespace.slice(databaseName.length + 1),
      type: 'collection',
      ...(nameOnly ? {} : { options: {}, info: { readOnly: false } }),
    }));
    const namespace = `${databaseName}.$cmd.listCollections`;
    return { batch: { namespace, id: 0n, documents: documents.filter(matches), first: true } };
  },
);

/** `listDatabases`: the databases that hold a collection. */
export const listDatabases = defineCommand(
  'read',
  z.strictObject({
    listDatabases: z.unknown(),
    nameOnly: ignored,
    authorizedDatabases: ignored,
    filter: ignored,
    ...harmless,
  }),
  ({ database }) => {
    const names = new Set(database.catalogue.list().map(({ namespace }) => namespace.slice(0, namespace.indexOf('.'))));
    return answer({ databases: [...names].map((name) => ({ name, sizeOnDisk: 0, empty: false })), totalSize: 0 });
  },
);
