import { DatabaseError, toDatabaseError } from './database-error.ts';
import type { EmbeddedDatabase } from './embedded-database.ts';
import type { Attempt } from './retry-records.ts';

/** How a piece of work wants to meet the file. */
export type Mode = 'read' | 'write' | 'alone';

/**
 * Who may touch the file when. There is one connection, so work is strictly one after another: writes that arrive in one
 * turn of the event loop share one commit (their answers wait for it), and while a client's transaction is open,
 * everything else waits. Clients therefore never see a write conflict, nor anything uncommitted.
 */
export interface Transactions {
  /** Runs work outside a client's transaction; resolves when its effect is on disk. */
  run<Result>(mode: Mode, work: () => Result): Promise<Result>;
  /** Opens a client's transaction when the file is free, and runs its first command in it. */
  begin<Result>(attempt: Attempt, work: () => Result): Promise<Result>;
  /** Runs a further command of the open transaction; throws NoSuchTransaction (251) when it is not open. */
  runInside<Result>(attempt: Attempt, work: () => Result): Result;
  /** Commits after `last` was run in it; answers false when this transaction is not open. */
  commit(attempt: Attempt, last: () => void): boolean;
  /** Rolls back; answers false when this transaction is not open. */
  abort(attempt: Attempt): boolean;
  /** False while a client's transaction is open. */
  isFree(): boolean;
  /** Ends a transaction that is over its time. */
  abortOverdue(nowMs: number): void;
  /** Commits what is pending and rolls an open transaction back. */
  close(): void;
}

/** MongoDB's transactionLifetimeLimitSeconds. */
const lifetimeMs = 60_000;
/** A transaction that does nothing while others wait is most likely a call that forgot its session. */
const idleMs = 5_000;
const mostHeld = 500;

interface OpenTransaction {
  readonly attempt: Attempt;
  readonly startedAtMs: number;
  usedAtMs: number;
}

interface Held {
  readonly settle: () => void;
  readonly fail: (error: Error) => void;
}

const noSuchTransaction = (attempt: Attempt): DatabaseError =>
  new DatabaseError(
    251,
    'NoSuchTransaction',
    `Transaction ${attempt.number} is not open: it was ended, or took too long.`,
    {
      errorLabels: ['TransientTransactionError'],
    },
  );

/** The gate to an open database. */
export function openTransactions({ sql, catalogue }: EmbeddedDatabase): Transactions {
  let transaction: OpenTransaction | undefined;
  /** Answers that wait for the commit of the batch; `undefined` when no batch is open. */
  let batch: Held[] | undefined;
  const waiting: (() => void)[] = [];

  const isOpen = (attempt: Attempt): boolean =>
    transaction?.attempt.session === attempt.session && transaction.attempt.number === attempt.number;

  /** SQLite may have rolled back by itself: a full disk makes it do so (sqlite.org, "Response To Errors"). */
  function rollBack(): void {
    if (sql.inTransaction()) sql.exec('ROLLBACK');
    catalogue.reload();
  }

  /** Gives the whole batch up: nobody in it has been answered yet, and all are told. */
  function abandonBatch(error: unknown): void {
    const held = batch ?? [];
    batch = undefined;
    rollBack();
    for (const { fail } of held) fail(toDatabaseError(error));
  }

  function flush(): void {
    const held = batch;
    if (held === undefined) return;
    try {
      sql.exec('COMMIT');
    } catch (error) {
      abandonBatch(error);
      return;
    }
    batch = undefined;
    for (const { settle } of held) settle();
  }

  function openBatch(): Held[] {
    if (batch !== undefined) return batch;
    sql.exec('BEGIN IMMEDIATE');
    batch = [];
    setImmediate(flush);
    return batch;
  }

  /** Undoes one command of the batch and nothing else. */
  function inSavepoint<Result>(work: () => Result): Result {
    sql.exec('SAVEPOINT command');
    try {
      const result = work();
      sql.exec('RELEASE command');
      return result;
    } catch (error) {
      if (sql.inTransaction()) {
        sql.exec('ROLLBACK TO command; RELEASE command');
        catalogue.reload();
      } else abandonBatch(error);
      throw error;
    }
  }

  function perform<Result>(mode: Mode, work: () => Result): Result {
    if (mode === 'alone') flush();
    if (mode !== 'write') return work();
    openBatch();
    return inSavepoint(work);
  }

  /** Runs now; the answer, good or bad, goes out when the batch it may have seen is committed. */
  function runNow<Result>(
    mode: Mode,
    work: () => Result,
    resolve: (result: Result) => void,
    reject: (error: Error) => void,
  ): void {
    let settle: () => void;
    try {
      const result = perform(mode, work);
      settle = () => {
        resolve(result);
      };
    } catch (error) {
      settle = () => {
        reject(toDatabaseError(error));
      };
    }
    if (batch === undefined) settle();
    else {
      batch.push({ settle, fail: reject });
      if (batch.length >= mostHeld) flush();
    }
  }

  /** Calls in order of arrival, as soon as no transaction is open. */
  function whenFree(task: () => void): void {
    waiting.push(task);
    pump();
  }

  function pump(): void {
    while (transaction === undefined) {
      const task = waiting.shift();
      if (task === undefined) return;
      task();
    }
  }

  function finish(end: 'COMMIT' | 'ROLLBACK'): void {
    try {
      if (end === 'ROLLBACK') rollBack();
      else sql.exec('COMMIT');
    } catch (error) {
      if (end === 'COMMIT') rollBack();
      throw toDatabaseError(error);
    } finally {
      transaction = undefined;
      // Not at once: the one who ended it is answered first.
      setImmediate(pump);
    }
  }

  function runInside<Result>(attempt: Attempt, work: () => Result): Result {
    if (transaction === undefined || !isOpen(attempt)) throw noSuchTransaction(attempt);
    transaction.usedAtMs = Date.now();
    try {
      return work();
    } catch (error) {
      // MongoDB manual, "Transactions and Operations": an error inside a transaction ends it.
      finish('ROLLBACK');
      throw error;
    }
  }

  return {
    run: (mode, work) =>
      new Promise((resolve, reject) => {
        whenFree(() => {
          runNow(mode, work, resolve, reject);
        });
      }),
    begin: (attempt, work) =>
      new Promise((resolve, reject) => {
        whenFree(() => {
          try {
            flush();
            sql.exec('BEGIN IMMEDIATE');
            transaction = { attempt, startedAtMs: Date.now(), usedAtMs: Date.now() };
            resolve(runInside(attempt, work));
          } catch (error) {
            reject(toDatabaseError(error));
          }
        });
      }),
    runInside,
    commit(attempt, last) {
      if (!isOpen(attempt)) return false;
      runInside(attempt, last);
      finish('COMMIT');
      return true;
    },
    abort(attempt) {
      if (!isOpen(attempt)) return false;
      finish('ROLLBACK');
      return true;
    },
    isFree: () => transaction === undefined,
    abortOverdue(nowMs) {
      if (transaction === undefined) return;
      const idle = waiting.length > 0 && nowMs - transaction.usedAtMs > idleMs;
      if (idle || nowMs - transaction.startedAtMs > lifetimeMs) finish('ROLLBACK');
    },
    close() {
      flush();
      if (transaction !== undefined) finish('ROLLBACK');
    },
  };
}
