import { ObjectId } from 'mongodb';
import { z } from 'zod';
import { checkDocumentSize, decodeDocument, decodeTyped, encodeDocument } from '../bson-document.ts';
import type { Collection } from '../catalogue.ts';
import { checkId, idFirst } from '../document-store.ts';
import type { EmbeddedDatabase } from '../embedded-database.ts';
import { runStatements } from './bulk.ts';
import { answer, defineCommand, namespaceOf } from './command.ts';
import { harmless, wireDocument, wireFlag } from './wire-fields.ts';

/** A document as bytes from a document sequence, or decoded from the body of the command. */
const wireInsert = z.union([z.instanceof(Buffer), wireDocument]);

const request = z.strictObject({
  insert: z.string(),
  documents: z.array(wireInsert).min(1).max(100_000),
  ordered: wireFlag.default(true),
  ...harmless,
});

/** `insert`: new documents, each stored with the very bytes that the client sent. */
export const insert = defineCommand('write', request, (context, { insert: name, documents, ordered }) => {
  const collection = context.database.catalogue.findOrCreate(namespaceOf(context, name));
  const { fields } = runStatements(documents, ordered, (document) => {
    const bytes = Buffer.isBuffer(document) ? document : encodeDocument(document);
    insertBytes(context.database, collection, bytes);
    return { matched: 1 };
  });
  return answer(fields);
});

/** Stores one document, with a new `_id` when it has none. */
function insertBytes(database: EmbeddedDatabase, collection: Collection, bytes: Buffer): void {
  checkDocumentSize(bytes.length);
  const document = decodeDocument(bytes);
  if (document['_id'] !== undefined && Object.keys(document)[0] === '_id') {
    database.store.insert(collection, checkId(document), bytes);
    return;
  }
  const typed = decodeTyped(bytes);
  const complete = encodeDocument(idFirst(typed['_id'] === undefined ? { _id: new ObjectId(), ...typed } : typed));
  database.store.insert(collection, checkId(decodeDocument(complete)), complete);
}
