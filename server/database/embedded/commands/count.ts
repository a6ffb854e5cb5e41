import { z } from 'zod';
import { promoteDocument } from '../bson-document.ts';
import { findRows } from '../find-documents.ts';
import { countRows } from '../scan.ts';
import { answer, defineCommand, namespaceOf } from './command.ts';
import { harmless, wireCount, wireDocument, wireHint } from './wire-fields.ts';

const request = z.strictObject({
  count: z.string(),
  query: wireDocument.default({}),
  skip: wireCount.default(0),
  limit: wireCount.default(0),
  hint: wireHint.optional(),
  ...harmless,
});

/** `count`: how many documents match. */
export const count = defineCommand('read', request, (context, { count: name, query, skip, limit, hint }) => {
  const { database, deadlineAtMs } = context;
  const collection = database.catalogue.find(namespaceOf(context, name));
  if (collection === undefined) return answer({ n: 0 });
  const filter = promoteDocument(query);
  if (Object.keys(filter).length === 0 && skip === 0 && limit === 0)
    return answer({ n: countRows(database.sql, collection) });
  let n = 0;
  for (const row of findRows(database, collection, { filter, sort: [], skip, limit, hint, deadlineAtMs }))
    n += row.rid >= 0 ? 1 : 0;
  return answer({ n });
});
