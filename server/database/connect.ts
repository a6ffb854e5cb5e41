import mongoose from 'mongoose';
import type { Database } from './database.ts';
// Before any model is defined, for whoever watches later.
import './watch-writes.ts';

/** How long an operation looks for a database that is away before it fails. Long enough for a restart. */
const serverSelectionTimeoutMS = 8_000;

/** What happens to the connection; both may come any number of times. */
export interface ConnectionEvents {
  /** The database cannot be reached any more; the driver goes on trying. */
  readonly onLost?: () => void;
  /** The database can be reached again. */
  readonly onFound?: () => void;
}

/** The open connection to the database. */
export interface DatabaseConnection {
  /** What models are defined on; one of its own, so that several servers can live in one process. */
  readonly connection: Database;
  /** Resolves when the database answers; rejects within `timeoutMs`. */
  ping(timeoutMs?: number): Promise<void>;
  /** Makes the indexes of all models that are defined by now; a unique index must stand before the first write. */
  buildIndexes(): Promise<void>;
  /** Writes a consistent copy of an embedded database to an absolute path that does not exist yet. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects mongoose to a database; models are then defined on `connection`. Rejects when the database does not answer in
 * time. Nothing is buffered: while the database is away, an operation fails after a few seconds instead of waiting for
 * ever, and works again by itself when the database is back.
 */
export async function connectDatabase(uri: string, events: ConnectionEvents = {}): Promise<DatabaseConnection> {
  const connection = mongoose.createConnection(uri, {
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS,
    // An embedded database that was restarted is found at the next look.
    heartbeatFrequencyMS: 2_000,
    maxPoolSize: 20,
    // Durable on the disk of the majority before it is acknowledged; a single server is its own majority.
    writeConcern: { w: 'majority', journal: true },
    appName: 'yuanbo',
  });
  // Without a listener an error event would end the process; what failed is reported by the operation itself.
  connection.on('error', () => undefined);
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.close(true);
    throw error;
  }
  connection.on('disconnected', () => events.onLost?.());
  connection.on('reconnected', () => events.onFound?.());
  return {
    connection,
    async ping(timeoutMs = 2_000) {
      await withTimeout(adminOf(connection).command({ ping: 1 }), timeoutMs);
    },
    async buildIndexes() {
      await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
    },
    async backup(path) {
      await adminOf(connection).command({ yuanboBackup: path });
    },
    async close() {
      await connection.close();
    },
  };
}

function adminOf(connection: mongoose.Connection) {
  if (connection.db === undefined) throw new Error('The database is not connected.');
  return connection.db.admin();
}

async function withTimeout<Result>(work: Promise<Result>, timeoutMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The database did not answer within ${timeoutMs} ms.`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
