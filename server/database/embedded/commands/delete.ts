import { z } from 'zod';
import { promoteDocument } from '../bson-document.ts';
import { deleteDocuments } from '../write-documents.ts';
import { runStatements } from './bulk.ts';
import { answer, defineCommand, namespaceOf } from './command.ts';
import { harmless, wireCount, wireDocument, wireFlag, wireHint } from './wire-fields.ts';

const request = z.strictObject({
  delete: z.string(),
  deletes: z
    .array(z.strictObject({ q: wireDocument, limit: wireCount, hint: wireHint.optional() }))
    .min(1)
    .max(100_000),
  ordered: wireFlag.default(true),
  ...harmless,
});

/** `delete`: removes one or all matching documents. */
export const deleteCommand = defineCommand('write', request, (context, { delete: name, deletes, ordered }) => {
  const { fields } = runStatements(deletes, ordered, ({ q, limit, hint }) => {
    const query = { filter: promoteDocument(q), sort: [], hint, limit, deadlineAtMs: context.deadlineAtMs };
    return { matched: deleteDocuments(context.database, namespaceOf(context, name), query).removed };
  });
  return answer(fields);
});
