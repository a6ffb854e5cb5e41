import { type Connection, type Model, Schema } from 'mongoose';

/** Who looks after the library at the moment. */
export interface LeaseRow {
  _id: string;
  holder: string;
  untilMs: number;
}

const schema = new Schema<LeaseRow>(
  {
    _id: { type: String, required: true },
    holder: { type: String, required: true },
    untilMs: { type: Number, required: true },
  },
  { collection: 'leases', versionKey: false },
);

/** Leases on one connection. */
export const leaseModel = (database: Connection): Model<LeaseRow> => database.model<LeaseRow>('Lease', schema);
