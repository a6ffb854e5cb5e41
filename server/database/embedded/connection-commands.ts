import type { BsonDocument } from './bson-document.ts';
import { maxDocumentBytes } from './bson-document.ts';
import type { EmbeddedDatabase } from './embedded-database.ts';

/** What a connection is told about the server. */
export interface Greeting {
  readonly address: string;
  readonly connectionId: number;
}

/** Largest message in bytes, inclusive (MongoDB's own limit). */
export const maxMessageBytes = 48_000_000;

/**
 * Answers commands about the connection itself; `undefined` for all others. We present ourselves as the primary of a
 * replica set of one, which is what makes drivers use sessions, transactions and retryable writes; without
 * `topologyVersion` they poll instead of waiting on an open request.
 */
export function answerConnectionCommand(
  name: string,
  { address, connectionId }: Greeting,
  database: EmbeddedDatabase,
): BsonDocument | undefined {
  switch (name) {
    case 'hello':
    case 'isMaster':
    case 'ismaster':
      return {
        helloOk: true,
        isWritablePrimary: true,
        ismaster: true,
        setName: 'embedded',
        setVersion: 1,
        hosts: [address],
        primary: address,
        me: address,
        maxBsonObjectSize: maxDocumentBytes,
        maxMessageSizeBytes: maxMessageBytes,
        maxWriteBatchSize: 100_000,
        localTime: new Date(),
        logicalSessionTimeoutMinutes: 30,
        connectionId,
        minWireVersion: 0,
        maxWireVersion: 21,
        readOnly: false,
      };
    case 'ping':
    case 'endSessions':
      return {};
    case 'buildInfo':
    case 'buildinfo':
      return {
        version: '7.0.0',
        gitVersion: 'embedded',
        versionArray: [7, 0, 0, 0],
        maxBsonObjectSize: maxDocumentBytes,
      };
    case 'connectionStatus':
      return { authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } };
    case 'serverStatus':
      return { process: 'yuanbo-embedded', ...database.statistics };
    default:
      return undefined;
  }
}
