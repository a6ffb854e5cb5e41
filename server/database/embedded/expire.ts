import type { EmbeddedDatabase } from './embedded-database.ts';
import { deleteDocuments } from './write-documents.ts';

/** How many documents one sweep deletes from one collection, so that a long absence does not block the others. */
const mostAtOnce = 1000;

/** Deletes documents whose date is older than their TTL index allows (MongoDB manual, "TTL Indexes"); gives how many. */
export function deleteExpired(database: EmbeddedDatabase, nowMs: number): number {
  let deleted = 0;
  for (const collection of database.catalogue.list()) {
    for (const { fields, name, expireAfterSeconds, partial } of collection.indexes) {
      const path = fields[0]?.path;
      if (expireAfterSeconds === undefined || path === undefined) continue;
      const expired = { [path]: { $lt: new Date(nowMs - expireAfterSeconds * 1000) } };
      const filter = partial === undefined ? expired : { $and: [expired, partial.filter] };
      const request = { filter, sort: [], hint: name, limit: mostAtOnce };
      deleted += deleteDocuments(database, collection.namespace, request).removed;
    }
  }
  return deleted;
}
