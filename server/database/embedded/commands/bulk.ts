import type { BsonDocument } from '../bson-document.ts';
import { DatabaseError } from '../database-error.ts';

/** What one statement of a write command did. */
export interface WriteResult {
  readonly matched: number;
  readonly modified?: number;
  readonly upsertedId?: unknown;
}

/** What all statements did: the fields of the reply, and the number that only updates answer. */
export interface BulkResult {
  readonly fields: BsonDocument;
  readonly nModified: number;
}

/**
 * Runs the statements of a write command in order. A refused statement becomes a writeError and, when `ordered`, ends the
 * command; what went before stays. Anything but a DatabaseError is thrown on, so that the whole command is undone.
 */
export function runStatements<Statement>(
  statements: readonly Statement[],
  ordered: boolean,
  run: (statement: Statement) => WriteResult,
): BulkResult {
  let n = 0;
  let nModified = 0;
  const upserted: BsonDocument[] = [];
  const writeErrors: BsonDocument[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      const result = run(statement);
      n += result.matched;
      nModified += result.modified ?? 0;
      if (result.upsertedId !== undefined) upserted.push({ index, _id: result.upsertedId });
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.fields });
      if (ordered) break;
    }
  }
  const fields = {
    n,
    ...(upserted.length === 0 ? {} : { upserted }),
    ...(writeErrors.length === 0 ? {} : { writeErrors }),
  };
  return { fields, nModified };
}
