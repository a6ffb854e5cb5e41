import { type Connection, type Model, Schema } from 'mongoose';

/** A minute in which a server was up. */
export interface AirMarkRow {
  /** Minute and server. */
  _id: string;
  /** Minutes since 1970. */
  minute: number;
  /** Forgotten after 100 days. */
  at: Date;
}

const keptS = 100 * 86_400;
const schema = new Schema<AirMarkRow>(
  {
    _id: { type: String, required: true },
    minute: { type: Number, required: true, index: true },
    at: { type: Date, required: true, expires: keptS },
  },
  { collection: 'air_marks', versionKey: false },
);

export const airMarkModel = (database: Connection): Model<AirMarkRow> => database.model<AirMarkRow>('AirMark', schema);
