import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { answerConnectionCommand } from './connection-commands.ts';
import { createDispatcher, type Dispatcher } from './dispatch.ts';
import { DatabaseError, toDatabaseError } from './database-error.ts';
import { openEmbeddedDatabase, type DatabaseSettings, type EmbeddedDatabase } from './embedded-database.ts';
import {
  createMessageReader,
  encodeError,
  encodeReply,
  readRequest,
  writeReply,
  type Request,
} from './wire-message.ts';

/** Where the server keeps its data and where it listens. */
export interface ServerPlace {
  readonly file: string;
  /** A Unix socket: at most 107 bytes. Its folder and itself are for the owner alone. */
  readonly socket: string;
}

/** A server that listens. */
export interface RunningServer {
  readonly database: EmbeddedDatabase;
  /** What drivers connect to; the database name is to be added. */
  readonly uri: (databaseName: string) => string;
  /** Deletes what has expired, as the timer does. */
  sweep(nowMs: number): Promise<void>;
  /** Commits what is pending, ends all connections, closes the file and removes the socket. */
  close(): Promise<void>;
}

/** The URI of an embedded database that listens on a socket. */
export const socketUri = (socket: string, databaseName: string): string =>
  `mongodb://${encodeURIComponent(socket)}/${databaseName}?directConnection=true`;

const mostConnections = 1000;

/** Opens the database as its only owner and listens. Throws a DatabaseError with a sentence for people when it cannot. */
export async function startServer(
  { file, socket }: ServerPlace,
  settings: Partial<DatabaseSettings> = {},
): Promise<RunningServer> {
  for (const path of [file, socket]) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = openEmbeddedDatabase(file, settings);
  const dispatcher = createDispatcher(database);
  const connections = new Set<Socket>();
  const server = createServer((connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
    serveConnection(connection, socket, database, dispatcher);
  });
  server.maxConnections = mostConnections;
  try {
    await listen(server, socket);
  } catch (error) {
    database.sql.close();
    throw error;
  }
  const timer = setInterval(() => {
    dispatcher.sweep(Date.now()).catch((error: unknown) => {
      database.settings.onSweepFailed(toDatabaseError(error));
    });
  }, database.settings.sweepEveryMs);
  timer.unref();

  return {
    database,
    uri: (databaseName) => socketUri(socket, databaseName),
    sweep: (nowMs) => dispatcher.sweep(nowMs),
    async close() {
      clearInterval(timer);
      dispatcher.close();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const connection of connections) connection.end(() => connection.destroy());
      });
      database.sql.close();
      rmSync(socket, { force: true });
    },
  };
}

/** Listens with a socket that only the owner may open. The file's lock tells that a socket left behind has no server. */
async function listen(server: Server, socket: string): Promise<void> {
  if (Buffer.byteLength(socket) > 107) {
    throw new DatabaseError(
      2,
      'BadValue',
      `The socket path ${socket} is longer than 107 bytes: give a shorter --socket.`,
    );
  }
  if (!socket.endsWith('.sock')) {
    throw new DatabaseError(
      2,
      'BadValue',
      `${socket} does not end in .sock, by which drivers know a socket: give another --socket.`,
    );
  }
  removeStaleSocket(socket);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  chmodSync(socket, 0o600);
}

function removeStaleSocket(socket: string): void {
  const found = lstatSync(socket, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket())
    throw new DatabaseError(2, 'BadValue', `${socket} exists and is no socket: give another --socket.`);
  rmSync(socket);
}

function serveConnection(
  connection: Socket,
  address: string,
  database: EmbeddedDatabase,
  dispatcher: Dispatcher,
): void {
  const read = createMessageReader();
  const greeting = { address, connectionId: nextConnectionId() };
  /** Requests of one connection are answered in their order. */
  let queue = Promise.resolve();
  connection.on('error', () => connection.destroy());
  connection.on('data', (chunk) => {
    try {
      for (const message of read(chunk)) queue = queue.then(() => serveMessage(message));
    } catch {
      connection.destroy();
    }
  });

  async function answer(request: Request): Promise<Buffer> {
    try {
      const own = answerConnectionCommand(Object.keys(request.body)[0] ?? '', greeting, database);
      return encodeReply(own === undefined ? await dispatcher.dispatch(request.body) : { fields: own });
    } catch (error) {
      return encodeError(toDatabaseError(error));
    }
  }

  async function serveMessage(message: Buffer): Promise<void> {
    let request: Request;
    try {
      request = readRequest(message);
    } catch {
      connection.destroy();
      return;
    }
    const body = await answer(request);
    if (request.wantsReply && connection.writable) connection.write(writeReply(request, body));
  }
}

let connectionsSoFar = 0;
function nextConnectionId(): number {
  connectionsSoFar += 1;
  return connectionsSoFar;
}
