import { z } from 'zod';
import { bsonType, type BsonDocument } from './bson-document.ts';
import { commandTable } from './commands/command-table.ts';
import type { Command, CommandContext, Reply } from './commands/command.ts';
import { wireFlag, wireNumber } from './commands/wire-fields.ts';
import { DatabaseError, unsupported } from './database-error.ts';
import type { EmbeddedDatabase } from './embedded-database.ts';
import { deleteExpired } from './expire.ts';
import { checkDeadline } from './find-documents.ts';
import { openRetryRecords, type Attempt } from './retry-records.ts';
import { openTransactions } from './transactions.ts';

/** Answers commands from any number of connections. */
export interface Dispatcher {
  /** Runs one command; rejects with a DatabaseError. */
  dispatch(body: BsonDocument): Promise<Reply>;
  /** Deletes what has expired; called by a timer. */
  sweep(nowMs: number): Promise<void>;
  /** Commits what is pending. */
  close(): void;
}

/** The fields that any command may carry; what a lone machine makes true by itself is taken and not acted on. */
const envelope = z.object({
  $db: z.string().min(1).default('admin'),
  lsid: z
    .custom<{ readonly id: { readonly buffer: Uint8Array } }>(
      (value) => bsonType((value as { id?: unknown } | null)?.id) === 'Binary',
    )
    .optional(),
  txnNumber: wireNumber.optional(),
  autocommit: z.boolean().optional(),
  startTransaction: z.boolean().optional(),
  maxTimeMS: wireNumber.optional(),
  apiStrict: wireFlag.optional(),
});
const envelopeFields = new Set([
  ...['$db', 'lsid', 'txnNumber', 'autocommit', 'startTransaction', 'maxTimeMS', '$clusterTime', '$readPreference'],
  ...['readConcern', 'writeConcern', 'apiVersion', 'apiStrict', 'apiDeprecationErrors', 'maxTimeAwaitMS'],
]);
type Envelope = z.output<typeof envelope>;

/** MongoDB keeps retry records as long as an idle session: logicalSessionTimeoutMinutes is 30. */
const sessionMs = 30 * 60_000;
const cursorIdleMs = 10 * 60_000;

const plainReply = (reply: Reply): BsonDocument => {
  if ('fields' in reply) return reply.fields;
  throw unsupported('a retryable write that answers a cursor');
};

/** The dispatcher of an open database. */
export function createDispatcher(database: EmbeddedDatabase): Dispatcher {
  const retries = openRetryRecords(database.sql);
  const transactions = openTransactions(database);

  function attemptOf({ lsid, txnNumber }: Envelope): Attempt | undefined {
    if (lsid === undefined || txnNumber === undefined) return undefined;
    return { session: Buffer.from(lsid.id.buffer).toString('hex'), number: txnNumber };
  }

  function runOnce(attempt: Attempt, work: () => Reply): Reply {
    const before = retries.find(attempt);
    if (before !== undefined) return { fields: before };
    const reply = work();
    retries.record(attempt, plainReply(reply), Date.now());
    return reply;
  }

  /** A statement refused inside a transaction ends the transaction: MongoDB reports it and rolls back. */
  function strictly(work: () => Reply): Reply {
    const reply = work();
    const errors = 'fields' in reply ? (reply.fields['writeErrors'] as readonly BsonDocument[] | undefined) : undefined;
    const [error] = errors ?? [];
    if (error === undefined) return reply;
    const { code, errmsg, keyPattern, keyValue } = error;
    const fields = keyPattern === undefined ? {} : { keyPattern, keyValue };
    throw new DatabaseError(code as number, code === 11000 ? 'DuplicateKey' : 'WriteError', errmsg as string, fields);
  }

  async function runInTransaction(
    given: Envelope,
    attempt: Attempt,
    command: Command,
    work: () => Reply,
  ): Promise<Reply> {
    if (command.kind === 'alone') throw unsupported('this command inside a transaction');
    if (given.startTransaction === true) return transactions.begin(attempt, () => strictly(work));
    return transactions.runInside(attempt, () => strictly(work));
  }

  async function endTransaction(name: string, attempt: Attempt): Promise<Reply> {
    if (name === 'abortTransaction') {
      transactions.abort(attempt);
      return { fields: {} };
    }
    const done = transactions.commit(attempt, () => {
      retries.record(attempt, { committed: true }, Date.now());
    });
    if (done) return { fields: {} };
    // The answer to the first commit may have been lost: its record tells whether it happened.
    const record = await transactions.run('read', () => retries.find(attempt));
    if (record !== undefined) return { fields: {} };
    throw new DatabaseError(251, 'NoSuchTransaction', 'The transaction was aborted or never started.', {
      errorLabels: ['TransientTransactionError'],
    });
  }

  async function dispatch(body: BsonDocument): Promise<Reply> {
    database.statistics.commands += 1;
    const [name = ''] = Object.keys(body);
    const parsed = envelope.safeParse(body);
    if (!parsed.success) throw new DatabaseError(14, 'TypeMismatch', z.prettifyError(parsed.error));
    const given = parsed.data;
    const attempt = attemptOf(given);
    if (name === 'commitTransaction' || name === 'abortTransaction') {
      if (attempt === undefined) throw new DatabaseError(2, 'BadValue', `${name} needs a session and a number`);
      return endTransaction(name, attempt);
    }
    const command = commandTable[name === 'findandmodify' ? 'findAndModify' : name];
    if (command === undefined) throw new DatabaseError(59, 'CommandNotFound', `no such command: '${name}'`);
    const own = Object.fromEntries(Object.entries(body).filter(([field]) => !envelopeFields.has(field)));
    const context: CommandContext = {
      database,
      databaseName: given.$db,
      deadlineAtMs: given.maxTimeMS === undefined || given.maxTimeMS === 0 ? undefined : Date.now() + given.maxTimeMS,
    };
    const work = (): Reply => {
      checkDeadline(context.deadlineAtMs);
      return command.run(context, own);
    };
    if (attempt !== undefined && given.autocommit === false) return runInTransaction(given, attempt, command, work);
    const retryable = attempt !== undefined && command.kind === 'write';
    return transactions.run(command.kind, retryable ? () => runOnce(attempt, work) : work);
  }

  async function sweep(nowMs: number): Promise<void> {
    transactions.abortOverdue(nowMs);
    database.cursors.closeIdle(nowMs - cursorIdleMs);
    if (!transactions.isFree()) return;
    await transactions.run('write', () => {
      retries.forget(nowMs - sessionMs);
      deleteExpired(database, nowMs);
    });
  }

  return {
    dispatch,
    sweep,
    close: () => {
      transactions.close();
    },
  };
}
