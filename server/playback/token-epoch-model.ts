import { type Connection, type Model, Schema } from 'mongoose';

/** How often the tokens of a film or channel were revoked; no row means never. */
export interface TokenEpochRow {
  /** Id of the film or code of the channel. */
  _id: string;
  epoch: number;
}

const schema = new Schema<TokenEpochRow>(
  { _id: { type: String, required: true }, epoch: { type: Number, required: true } },
  { collection: 'tokenEpochs', versionKey: false },
);

export const tokenEpochModel = (database: Connection): Model<TokenEpochRow> =>
  database.model<TokenEpochRow>('TokenEpoch', schema);
