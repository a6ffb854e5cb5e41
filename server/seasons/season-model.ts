import { type Connection, type Model, Schema } from 'mongoose';
import type { Season } from '../../media/contract/seasons.ts';

export interface SeasonRow extends Omit<Season, 'id'> {
  _id: string;
}

const plain = { type: Schema.Types.Mixed } as const;

const schema = new Schema<SeasonRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true, unique: true },
    version: { type: Number, required: true },
    ranges: [plain],
    rules: [plain],
  },
  { collection: 'seasons', versionKey: false, minimize: false },
);

export const seasonModel = (database: Connection): Model<SeasonRow> => database.model<SeasonRow>('Season', schema);
