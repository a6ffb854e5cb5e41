import type { BsonDocument } from './bson-document.ts';
import { DatabaseError } from './database-error.ts';

/** A document for a reply: bytes as stored, or still to be encoded. */
export type ReplyDocument = Buffer | BsonDocument;

/** A batch of a cursor, as every reading command answers it. */
export interface CursorBatch {
  readonly namespace: string;
  /** 0 when nothing is left. */
  readonly id: bigint;
  readonly documents: readonly ReplyDocument[];
  /** `firstBatch` or `nextBatch`. */
  readonly first: boolean;
}

/** Open results, read on by getMore. */
export interface Cursors {
  /** Takes a first batch; keeps the rest for getMore unless nothing is left or only one batch is wanted. */
  open(namespace: string, documents: Iterator<ReplyDocument>, batchSize: number, singleBatch?: boolean): CursorBatch;
  /** The next batch; throws CursorNotFound (43) for an id that is closed or timed out. */
  next(id: bigint, batchSize: number): CursorBatch;
  /** True when it was open. */
  close(id: bigint): boolean;
  /** Closes what nobody has read from since the instant. */
  closeIdle(sinceMs: number): void;
}

/** Most cursors open at a time. */
const mostCursors = 1000;
/** A batch ends when it has this many bytes, though it always holds one document. */
const batchBytes = 8 * 1024 * 1024;

interface OpenCursor {
  readonly namespace: string;
  readonly documents: Iterator<ReplyDocument>;
  usedAtMs: number;
}

/** No cursors yet. */
export function openCursors(): Cursors {
  const cursors = new Map<bigint, OpenCursor>();
  // Ids of an earlier process must not be taken for ours after a restart.
  let lastId = BigInt(Date.now()) * 1_000_000n;

  return {
    open(namespace, documents, batchSize, singleBatch = false) {
      const batch = take(documents, batchSize);
      if (batch.done || singleBatch) return { namespace, id: 0n, documents: batch.documents, first: true };
      if (cursors.size >= mostCursors) {
        throw new DatabaseError(
          146,
          'ExceededMemoryLimit',
          `More than ${mostCursors} cursors are open: read them to the end or close them.`,
        );
      }
      lastId += 1n;
      cursors.set(lastId, { namespace, documents, usedAtMs: Date.now() });
      return { namespace, id: lastId, documents: batch.documents, first: true };
    },
    next(id, batchSize) {
      const cursor = cursors.get(id);
      if (cursor === undefined) throw new DatabaseError(43, 'CursorNotFound', `cursor id ${String(id)} not found`);
      cursor.usedAtMs = Date.now();
      try {
        const batch = take(cursor.documents, batchSize);
        if (batch.done) cursors.delete(id);
        return { namespace: cursor.namespace, id: batch.done ? 0n : id, documents: batch.documents, first: false };
      } catch (error) {
        cursors.delete(id);
        throw error;
      }
    },
    close: (id) => cursors.delete(id),
    closeIdle(sinceMs) {
      for (const [id, { usedAtMs }] of cursors) if (usedAtMs < sinceMs) cursors.delete(id);
    },
  };
}

function take(from: Iterator<ReplyDocument>, count: number): { documents: ReplyDocument[]; done: boolean } {
  const documents: ReplyDocument[] = [];
  let bytes = 0;
  while (documents.length < count && bytes < batchBytes) {
    const next = from.next();
    if (next.done === true) return { documents, done: true };
    documents.push(next.value);
    bytes += Buffer.isBuffer(next.value) ? next.value.length : 1024;
  }
  return { documents, done: false };
}
