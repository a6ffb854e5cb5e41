import { statSync } from 'node:fs';
import Database from 'libsql';
import { DatabaseError, isDamage, toDatabaseError } from './database-error.ts';

/** What may be bound to a `?` of a statement. */
export type SqlValue = string | number | bigint | Buffer | null;
/** A row by column name; integers as numbers, blobs as Buffers. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** The one connection to the SQLite file. Statements are prepared once per text. */
export interface SqlDatabase {
  /** Runs a statement without result; gives the rows changed and the id of the last row inserted. */
  run(text: string, ...values: readonly SqlValue[]): { readonly changes: number; readonly insertedId: number };
  /** The first row, if any. */
  row(text: string, ...values: readonly SqlValue[]): SqlRow | undefined;
  /** All rows: limit what can be long. */
  rows(text: string, ...values: readonly SqlValue[]): readonly SqlRow[];
  /** Runs statements that take no values and give no rows. */
  exec(text: string): void;
  /** False when no transaction is open: SQLite ends one by itself where it cannot go on, as on a full disk. */
  inTransaction(): boolean;
  /** Leaves the file alone: all is in it and no log beside it, so that it may be copied, and others may open it. */
  close(): void;
}

/** How hard a commit is made to last: FULL also survives loss of power, NORMAL only that of the process. */
export type Synchronous = 'FULL' | 'NORMAL';

interface Statement {
  run(values: readonly SqlValue[]): { changes: number; lastInsertRowid: number | bigint };
  get(values: readonly SqlValue[]): Record<string, unknown> | undefined;
  all(values: readonly SqlValue[]): Record<string, unknown>[];
}

/** libsql hands out ArrayBuffers from all() and adds a `_metadata` column to get(). */
function cleanRow(row: Record<string, unknown>): SqlRow {
  for (const name in row) {
    const value = row[name];
    if (value instanceof ArrayBuffer) row[name] = Buffer.from(value);
  }
  return row as SqlRow;
}

/**
 * Opens a file as its only owner: the exclusive lock is held until close and goes with the process, however it ends.
 * Throws a DatabaseError with a sentence for people when somebody else has the file.
 */
export function openSqlite(file: string, synchronous: Synchronous = 'FULL'): SqlDatabase {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    database.pragma('locking_mode=EXCLUSIVE');
    database.pragma('journal_mode=WAL');
    database.pragma(`synchronous=${synchronous}`);
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    refuseBeheaded(database, file);
  } catch (error) {
    database?.close();
    throw openingError(file, error);
  }
  database.pragma('cache_size=-65536');
  database.pragma('temp_store=MEMORY');
  return withStatements(database);
}

/** A file cut off inside its first page counts as empty for SQLite, which would begin anew in it. */
function refuseBeheaded(database: Database.Database, file: string): void {
  const { page_count: pages } = database.prepare('PRAGMA page_count').get([]) as { page_count: number };
  if (pages === 0 && statSync(file).size > 0) throw damagedFile(file);
}

const damagedFile = (file: string): DatabaseError =>
  new DatabaseError(
    1,
    'InternalError',
    `${file} is damaged: restore a backup (npm run restore), or give another --file.`,
  );

/** Why a file could not be opened, in one sentence that tells the cure. */
export function openingError(file: string, error: unknown): Error {
  if (error instanceof DatabaseError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const text = `${(error as { code?: string }).code ?? ''} ${cause.message}`;
  if (/SQLITE_BUSY|SQLITE_LOCKED/.test(text)) {
    return new DatabaseError(
      98,
      'DBPathInUse',
      `${file} is in use by another database process: stop that one first, or give another --file.`,
    );
  }
  if (text.includes('SQLITE_NOTADB'))
    return new DatabaseError(1, 'InternalError', `${file} is not a database file: give another --file.`);
  if (isDamage(text)) return damagedFile(file);
  if (text.includes('Unable to open'))
    return new DatabaseError(
      1,
      'InternalError',
      `${file} cannot be opened: it must be a file that this user may write.`,
    );
  return cause;
}

/**
 * Two faults of libsql 0.5.29 end here: a lone Buffer parameter aborts the process (its issue 114), so values go as an
 * array; and get() after all() on one statement answers the earlier row, so the three uses never share a statement.
 */
function withStatements(database: Database.Database): SqlDatabase {
  const cache = (): ((text: string) => Statement) => {
    const prepared = new Map<string, Statement>();
    return (text) => {
      let statement = prepared.get(text);
      if (statement === undefined) prepared.set(text, (statement = database.prepare(text) as unknown as Statement));
      return statement;
    };
  };
  const [forRun, forRow, forRows] = [cache(), cache(), cache()];
  return {
    run(text, ...values) {
      const { changes, lastInsertRowid } = forRun(text).run(values);
      return { changes, insertedId: Number(lastInsertRowid) };
    },
    row(text, ...values) {
      const row = forRow(text).get(values);
      return row === undefined ? undefined : cleanRow(row);
    },
    rows: (text, ...values) => forRows(text).all(values).map(cleanRow),
    exec: (text) => {
      database.exec(text);
    },
    inTransaction: () => database.inTransaction,
    close() {
      // libsql leaves statements open, so that SQLite neither empties its log nor lets go of the file by itself.
      // The order matters: only without a log may the lock be given back, and only the next reading gives it back.
      try {
        database.pragma('journal_mode=DELETE');
        database.pragma('locking_mode=NORMAL');
        database.prepare('SELECT count(*) FROM sqlite_master').get([]);
      } catch (error) {
        // A full disk: what the log holds is safe there and is read at the next opening.
        if (toDatabaseError(error).codeName !== 'OutOfDiskSpace') throw error;
      } finally {
        database.close();
      }
    },
  };
}
