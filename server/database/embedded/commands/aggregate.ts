import { z } from 'zod';
import { promoteDocument } from '../bson-document.ts';
import { unsupported } from '../database-error.ts';
import { aggregate as runPipeline } from '../pipeline.ts';
import { defineCommand, namespaceOf } from './command.ts';
import { harmless, wireCount, wireDocument, wireHint } from './wire-fields.ts';

const request = z.strictObject({
  aggregate: z.unknown(),
  pipeline: z.array(wireDocument),
  cursor: z.strictObject({ batchSize: wireCount.default(101) }),
  hint: wireHint.optional(),
  ...harmless,
});

/** `aggregate`: the result of a pipeline as a cursor. */
export const aggregate = defineCommand('read', request, (context, fields) => {
  const { aggregate: name, pipeline, cursor, hint } = fields;
  if (typeof name !== 'string')
    throw unsupported('aggregations without a collection, such as change streams of a database');
  const { database, databaseName, deadlineAtMs } = context;
  const documents = runPipeline({ database, databaseName, deadlineAtMs, hint }, name, pipeline.map(promoteDocument));
  return { batch: database.cursors.open(namespaceOf(context, name), documents[Symbol.iterator](), cursor.batchSize) };
});
