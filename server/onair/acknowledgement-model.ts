import { type Connection, type Model, Schema } from 'mongoose';

/** A player that has put a change of its channel on its screen. */
export interface AcknowledgementRow {
  /** Channel, number of the change, player. */
  _id: string;
  /** Channel and number of the change. */
  change: string;
  /** Forgotten a week after. */
  at: Date;
}

const weekS = 7 * 86_400;
const schema = new Schema<AcknowledgementRow>(
  {
    _id: { type: String, required: true },
    change: { type: String, required: true, index: true },
    at: { type: Date, required: true, expires: weekS },
  },
  { collection: 'acknowledgements', versionKey: false },
);

export const acknowledgementModel = (database: Connection): Model<AcknowledgementRow> =>
  database.model<AcknowledgementRow>('Acknowledgement', schema);
