import { type Connection, type Model, Schema } from 'mongoose';

/** Which document of a channel is on air; moved by compare-and-swap on `seq`. */
export interface HeadRow {
  /** Code of the channel. */
  _id: string;
  seq: number;
  document: string;
  movedAtMs: number;
  by: string;
  reason: string;
  publication?: { planId: string; atMs: number; effectiveAtMs: number };
}

/** An immutable document; `before` is the one that it replaced, so that the chain is the channel's history. */
export interface DocumentRow {
  _id: string;
  channel: string;
  madeAtMs: number;
  before?: string;
  bytes: Buffer;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

const headSchema = new Schema<HeadRow>(
  {
    _id: text,
    seq: number,
    document: text,
    movedAtMs: number,
    by: text,
    reason: text,
    publication: { type: Schema.Types.Mixed },
  },
  { collection: 'heads', versionKey: false },
);
const documentSchema = new Schema<DocumentRow>(
  { _id: text, channel: text, madeAtMs: number, before: String, bytes: { type: Buffer, required: true } },
  { collection: 'timelines', versionKey: false },
);

export const headModel = (database: Connection): Model<HeadRow> => database.model<HeadRow>('Head', headSchema);
export const documentModel = (database: Connection): Model<DocumentRow> =>
  database.model<DocumentRow>('Timeline', documentSchema);
