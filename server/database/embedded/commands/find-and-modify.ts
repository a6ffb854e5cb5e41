import { z } from 'zod';
import { decodeDocument, decodeTyped, promoteDocument, type BsonDocument } from '../bson-document.ts';
import { badValue } from '../database-error.ts';
import { compileProjection } from '../find-projection.ts';
import { deleteDocuments, updateDocuments } from '../write-documents.ts';
import { answer, defineCommand, namespaceOf } from './command.ts';
import { harmless, sortOrder, wireDocument, wireFlag, wireHint } from './wire-fields.ts';

const request = z.strictObject({
  findAndModify: z.string(),
  query: wireDocument.default({}),
  sort: wireDocument.optional(),
  remove: wireFlag.default(false),
  update: z.union([wireDocument, z.array(wireDocument)]).optional(),
  new: wireFlag.default(false),
  fields: wireDocument.optional(),
  upsert: wireFlag.default(false),
  arrayFilters: z.array(wireDocument).default([]),
  hint: wireHint.optional(),
  ...harmless,
});

/** `findAndModify`: changes or removes one document and answers it as it was or as it is now. */
export const findAndModify = defineCommand('write', request, (context, fields) => {
  const { database, deadlineAtMs } = context;
  const namespace = namespaceOf(context, fields.findAndModify);
  const filter = promoteDocument(fields.query);
  const sort = sortOrder(fields.sort);
  const projection = fields.fields === undefined ? {} : promoteDocument(fields.fields);
  const whole = Object.keys(projection).length === 0;
  const shown = (stored: Buffer | undefined): BsonDocument | null => {
    if (stored === undefined) return null;
    return whole ? decodeTyped(stored) : compileProjection(projection, filter)(decodeDocument(stored));
  };

  if (fields.remove) {
    if (fields.update !== undefined || fields.new) throw badValue('Cannot specify both remove and an update or new');
    const { removed, first } = deleteDocuments(database, namespace, {
      filter,
      sort,
      hint: fields.hint,
      limit: 1,
      deadlineAtMs,
    });
    return answer({ lastErrorObject: { n: removed }, value: shown(first) });
  }
  if (fields.update === undefined) throw badValue('Either an update or remove=true must be specified');
  const { query, update, upsert, arrayFilters, hint } = fields;
  const result = updateDocuments(database, namespace, {
    filter: query,
    update,
    multi: false,
    upsert,
    arrayFilters,
    sort,
    hint,
    deadlineAtMs,
  });
  const upserted = result.upsertedId === undefined ? {} : { upserted: result.upsertedId };
  const lastErrorObject = {
    n: result.matched,
    updatedExisting: result.matched > 0 && result.upsertedId === undefined,
    ...upserted,
  };
  return answer({ lastErrorObject, value: shown(fields.new ? result.after : result.before) });
});
