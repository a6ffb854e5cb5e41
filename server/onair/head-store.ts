import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { type ChannelDocument, type PackedDocument, packDocument, unpackDocument } from './channel-document.ts';
import { type DocumentRow, documentModel, type HeadRow, headModel } from './head-model.ts';

/** The last plan that was published: which, when, and from when on it holds. */
export const publicationSchema = z.object({ planId: z.string(), atMs: z.number(), effectiveAtMs: z.number() });
export type Publication = z.infer<typeof publicationSchema>;

/** Which document of a channel is on air. */
export const headSchema = z.object({
  channel: z.string(),
  /** Grows by one with every change of what airs. */
  seq: z.number().int().positive(),
  /** Hash of the document. */
  document: z.string(),
  movedAtMs: z.number(),
  /** Username, or `system`. */
  by: z.string(),
  reason: z.string(),
  publication: publicationSchema.exactOptional(),
});
export type Head = z.infer<typeof headSchema>;

/** Why a head is moved. */
export type HeadMove = Pick<Head, 'by' | 'reason' | 'publication' | 'movedAtMs'>;

/** Heads and documents of channels: documents are only added, heads only moved. */
export interface HeadStore {
  all(): Promise<readonly Head[]>;
  of(channel: string): Promise<Head | undefined>;
  document(hash: string): Promise<ChannelDocument>;
  /** Layers of places, packed, by hash; throws where one is missing. */
  layers(hashes: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Adds layers that a document is about to name. */
  keepLayers(channel: string, packed: readonly PackedDocument[], madeAtMs: number): Promise<void>;
  /** Moves a channel from `before` (undefined: it has none) to a document; undefined when somebody else moved it first. */
  move(before: Head | undefined, document: ChannelDocument, why: HeadMove): Promise<Head | undefined>;
}

export function headStore(database: Database): HeadStore {
  const heads = headModel(database);
  const documents = documentModel(database);

  const keep = async (packed: PackedDocument, row: Omit<DocumentRow, '_id' | 'bytes'>): Promise<void> => {
    try {
      await documents.create({ ...row, _id: packed.hash, bytes: packed.bytes });
    } catch (error) {
      // Its name is its content: what is there is the same.
      if (!isDuplicateKey(error)) throw error;
    }
  };
  const write = async (before: Head | undefined, row: HeadRow): Promise<boolean> => {
    if (before !== undefined) {
      return (await heads.replaceOne({ _id: row._id, seq: before.seq }, row)).matchedCount === 1;
    }
    try {
      await heads.create(row);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };
  return {
    all: async () => (await heads.find().sort({ _id: 1 }).lean()).map(headOf),
    of: async (channel) => {
      const row = await heads.findById(channel).lean();
      return row === null ? undefined : headOf(row);
    },
    document: async (hash) => {
      const row = await documents.findById(hash).lean();
      if (row === null) throw new Error(`The timeline ${hash} is not in the database. Restore it from a backup.`);
      return unpackDocument({ hash, bytes: bytesOf(row.bytes) });
    },
    layers: async (hashes) => {
      const rows = await documents.find({ _id: { $in: [...hashes] } }).lean();
      const found = new Map(rows.map(({ _id, bytes }) => [_id, bytesOf(bytes)]));
      const missing = hashes.find((hash) => !found.has(hash));
      if (missing === undefined) return found;
      throw new Error(`The layer ${missing} is not in the database. Restore it from a backup.`);
    },
    keepLayers: async (channel, packed, madeAtMs) => {
      for (const each of packed) await keep(each, { channel, madeAtMs });
    },
    move: async (before, document, why) => {
      const packed = packDocument(document);
      const { channel } = document.timeline;
      const row = { _id: channel, seq: (before?.seq ?? 0) + 1, document: packed.hash, ...why };
      const link = before === undefined ? {} : { before: before.document };
      await keep(packed, { channel, madeAtMs: why.movedAtMs, ...link });
      return (await write(before, row)) ? headOf(row) : undefined;
    },
  };
}

/** A lean document has the driver's Binary where the schema says Buffer. */
const bytesOf = (stored: Buffer | { readonly buffer: Uint8Array }): Buffer =>
  Buffer.isBuffer(stored) ? stored : Buffer.from(stored.buffer);

const headOf = ({ _id, seq, document, movedAtMs, by, reason, publication }: HeadRow): Head => ({
  channel: _id,
  seq,
  document,
  movedAtMs,
  by,
  reason,
  ...(publication === undefined ? {} : { publication }),
});
