import { z } from 'zod';
import { updateDocuments } from '../write-documents.ts';
import { runStatements } from './bulk.ts';
import { answer, defineCommand, namespaceOf } from './command.ts';
import { harmless, sortOrder, wireDocument, wireFlag, wireHint } from './wire-fields.ts';

const statement = z.strictObject({
  q: wireDocument,
  u: z.union([wireDocument, z.array(wireDocument)]),
  multi: wireFlag.default(false),
  upsert: wireFlag.default(false),
  arrayFilters: z.array(wireDocument).default([]),
  sort: wireDocument.optional(),
  hint: wireHint.optional(),
});

const request = z.strictObject({
  update: z.string(),
  updates: z.array(statement).min(1).max(100_000),
  ordered: wireFlag.default(true),
  ...harmless,
});

/** `update`: changes documents by operators, replacement or pipeline. */
export const update = defineCommand('write', request, (context, { update: name, updates, ordered }) => {
  const { fields, nModified } = runStatements(updates, ordered, ({ q, u, sort, ...rest }) =>
    updateDocuments(context.database, namespaceOf(context, name), {
      ...rest,
      filter: q,
      update: u,
      sort: sortOrder(sort),
      deadlineAtMs: context.deadlineAtMs,
    }),
  );
  return answer({ ...fields, nModified });
});
