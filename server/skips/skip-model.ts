import { type Connection, type Model, Schema } from 'mongoose';
import type { SkipReason } from '../../media/plan/skip-reasons.ts';

/** A must-watch item that a station did not start; written once and never changed. */
export interface SkipDocument {
  /** Place, start and item: whoever tells it again names the same row. */
  _id: string;
  place: string;
  film?: string;
  title: string;
  startAtMs: number;
  reason: SkipReason;
  atMs: number;
  heardAtMs: number;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

const schema = new Schema<SkipDocument>(
  {
    _id: text,
    place: text,
    film: String,
    title: text,
    startAtMs: number,
    reason: text,
    atMs: number,
    heardAtMs: number,
  },
  { collection: 'skips', versionKey: false },
);
schema.index({ startAtMs: -1, _id: -1 });

export const skipModel = (database: Connection): Model<SkipDocument> => database.model<SkipDocument>('Skip', schema);
