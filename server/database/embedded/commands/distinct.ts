import { z } from 'zod';
import { promoteDocument } from '../bson-document.ts';
import { leafValues, splitPath } from '../field-path.ts';
import { documentOf, findRows } from '../find-documents.ts';
import { compareValues, valueIdentity } from '../key-order.ts';
import { answer, defineCommand, namespaceOf } from './command.ts';
import { harmless, wireDocument, wireHint } from './wire-fields.ts';

const request = z.strictObject({
  distinct: z.string(),
  key: z.string(),
  query: wireDocument.default({}),
  hint: wireHint.optional(),
  ...harmless,
});

/** `distinct`: the different values of a path, elements of arrays counting singly. */
export const distinct = defineCommand('read', request, (context, { distinct: name, key, query, hint }) => {
  const { database, deadlineAtMs } = context;
  const collection = database.catalogue.find(namespaceOf(context, name));
  const values = new Map<string, unknown>();
  if (collection !== undefined) {
    const parts = splitPath(key);
    for (const row of findRows(database, collection, {
      filter: promoteDocument(query),
      sort: [],
      hint,
      deadlineAtMs,
    })) {
      for (const leaf of leafValues(documentOf(row), parts)) {
        for (const value of Array.isArray(leaf) ? (leaf as unknown[]) : [leaf]) {
          if (value !== undefined) values.set(valueIdentity(value), value);
        }
      }
    }
  }
  return answer({ values: [...values.values()].sort(compareValues) });
});
