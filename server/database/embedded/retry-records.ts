import { decodeTyped, encodeDocument, maxAnswerBytes, type BsonDocument } from './bson-document.ts';
import { DatabaseError } from './database-error.ts';
import type { SqlDatabase } from './sqlite.ts';

/** A client's numbered attempt: a retryable write or a transaction. */
export interface Attempt {
  /** The session, as hexadecimal digits. */
  readonly session: string;
  /** Grows with each write or transaction of the session; a retry has the number of its first try. */
  readonly number: number;
}

/**
 * The last answer of each session, kept in the transaction of the write itself: a client that lost the answer, even by a
 * crash of the database, asks again and gets it instead of a second effect (MongoDB specification, "Retryable Writes").
 */
export interface RetryRecords {
  /** The answer given before; throws TransactionTooOld (225) for a number that the session has passed. */
  find(attempt: Attempt): BsonDocument | undefined;
  record(attempt: Attempt, reply: BsonDocument, atMs: number): void;
  /** Forgets what is older than the instant. */
  forget(beforeMs: number): void;
}

/** The records of an open file. */
export function openRetryRecords(sql: SqlDatabase): RetryRecords {
  sql.exec(`CREATE TABLE IF NOT EXISTS retry(
    session TEXT PRIMARY KEY, number INTEGER NOT NULL, at_ms INTEGER NOT NULL, reply BLOB NOT NULL) WITHOUT ROWID`);
  return {
    find({ session, number }) {
      const row = sql.row('SELECT number, reply FROM retry WHERE session = ?', session);
      if (row === undefined || (row['number'] as number) < number) return undefined;
      if (row['number'] === number) return decodeTyped(row['reply'] as Buffer);
      throw new DatabaseError(225, 'TransactionTooOld', `The session has gone on to number ${String(row['number'])}`);
    },
    record({ session, number }, reply, atMs) {
      sql.run(
        'INSERT OR REPLACE INTO retry(session, number, at_ms, reply) VALUES(?, ?, ?, ?)',
        session,
        number,
        atMs,
        encodeDocument(reply, maxAnswerBytes),
      );
    },
    forget(beforeMs) {
      sql.run('DELETE FROM retry WHERE at_ms < ?', beforeMs);
    },
  };
}
