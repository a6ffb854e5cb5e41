import { type Connection, type Model, Schema } from 'mongoose';
import type { Place } from '../../media/contract/places.ts';

export interface PlaceRow {
  _id: string;
  name: string;
  /** Parent and NFKC name: two places side by side cannot look the same (corpus i04). */
  nameKey: string;
  kind: Place['kind'];
  parent?: string;
  operators: string[];
  hotline?: string;
}

const schema = new Schema<PlaceRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    nameKey: { type: String, required: true, unique: true },
    kind: { type: String, required: true },
    parent: String,
    operators: { type: [String], default: [] },
    hotline: String,
  },
  { collection: 'places', versionKey: false },
);

export const placeModel = (database: Connection): Model<PlaceRow> => database.model<PlaceRow>('Place', schema);
