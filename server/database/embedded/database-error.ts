/** What a command answers instead of a result: MongoDB's number and name for it, so that drivers act on it as they know. */
export class DatabaseError extends Error {
  readonly code: number;
  readonly codeName: string;
  /** Further fields of the reply, e.g. `keyPattern` of a duplicate key or `errorLabels`. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: number, codeName: string, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'DatabaseError';
    this.code = code;
    this.codeName = codeName;
    this.fields = fields;
  }
}

/** The request is malformed or makes no sense (MongoDB's BadValue, 2). */
export const badValue = (message: string): DatabaseError => new DatabaseError(2, 'BadValue', message);

/** Correct MongoDB, but outside what the embedded database promises; the cure is a real MongoDB or another query. */
export const unsupported = (what: string): DatabaseError =>
  new DatabaseError(
    115,
    'CommandNotSupported',
    `The embedded database does not support ${what}. Write the query without it, or set MONGODB_URI to a MongoDB server.`,
  );

/** True for SQLite's words about a file that holds nonsense. */
export const isDamage = (message: string): boolean => /SQLITE_CORRUPT|disk image is malformed/.test(message);

/** Any thrown value as a DatabaseError; what is not one already becomes InternalError (1) with its cause kept. */
export function toDatabaseError(thrown: unknown): DatabaseError {
  if (thrown instanceof DatabaseError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (/SQLITE_FULL|database or disk is full|ENOSPC/.test(message)) {
    return new DatabaseError(14031, 'OutOfDiskSpace', 'The disk of the database is full: free space and try again.');
  }
  if (isDamage(message)) {
    const cure = 'The file of the database is damaged: restore a backup (npm run restore).';
    return new DatabaseError(1, 'InternalError', cure);
  }
  const error = new DatabaseError(1, 'InternalError', message);
  error.cause = thrown;
  return error;
}
