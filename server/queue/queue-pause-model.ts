import { type Connection, type Model, Schema } from 'mongoose';

/** Who holds a queue, and since when; no row where nobody does. */
export interface QueuePauseRow {
  _id: string;
  by: string;
  atMs: number;
}

const schema = new Schema<QueuePauseRow>(
  {
    _id: { type: String, required: true },
    by: { type: String, required: true },
    atMs: { type: Number, required: true },
  },
  { collection: 'queue_pauses', versionKey: false },
);

export const queuePauseModel = (database: Connection): Model<QueuePauseRow> =>
  database.model<QueuePauseRow>('QueuePause', schema);
