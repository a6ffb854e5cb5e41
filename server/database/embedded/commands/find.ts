import { z } from 'zod';
import { promoteDocument } from '../bson-document.ts';
import type { ReplyDocument } from '../cursors.ts';
import { documentOf, findRows, type FindRequest } from '../find-documents.ts';
import { compileProjection } from '../find-projection.ts';
import { defineCommand, namespaceOf } from './command.ts';
import {
  harmless,
  ignored,
  sortOrder,
  wireCount,
  wireDocument,
  wireFlag,
  wireHint,
  wireNumber,
} from './wire-fields.ts';

const request = z.strictObject({
  find: z.string(),
  filter: wireDocument.default({}),
  sort: wireDocument.optional(),
  projection: wireDocument.optional(),
  hint: wireHint.optional(),
  skip: wireCount.default(0),
  limit: wireNumber.transform(Math.abs).default(0),
  batchSize: wireCount.default(101),
  singleBatch: wireFlag.default(false),
  noCursorTimeout: ignored,
  ...harmless,
});

/** `find`: matching documents as a cursor. */
export const find = defineCommand('read', request, (context, fields) => {
  const { database, deadlineAtMs } = context;
  const namespace = namespaceOf(context, fields.find);
  const { skip, limit, hint, batchSize, singleBatch } = fields;
  const filter = promoteDocument(fields.filter);
  const query: FindRequest = { filter, sort: sortOrder(fields.sort), hint, skip, limit, deadlineAtMs };
  const project =
    fields.projection === undefined ? undefined : compileProjection(promoteDocument(fields.projection), filter);

  function* documents(): Generator<ReplyDocument> {
    const collection = database.catalogue.find(namespace);
    if (collection === undefined) return;
    for (const row of findRows(database, collection, query))
      yield project === undefined ? row.bytes : project(documentOf(row));
  }
  // One more than the limit, so that the end is seen and no empty cursor stays open.
  const wanted = limit !== 0 && limit <= batchSize ? limit + 1 : batchSize;
  return { batch: database.cursors.open(namespace, documents(), wanted, singleBatch) };
});
