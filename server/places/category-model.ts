import { type Connection, type Model, Schema } from 'mongoose';

export interface CategoryRow {
  _id: string;
  name: string;
  /** NFKC, lower case. */
  nameKey: string;
  reviewsNeeded: number;
  /** Place in lists; presets come first in their own order. */
  order: number;
}

const schema = new Schema<CategoryRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    nameKey: { type: String, required: true, unique: true },
    reviewsNeeded: { type: Number, required: true },
    order: { type: Number, required: true },
  },
  { collection: 'categories', versionKey: false },
);
schema.index({ order: 1, _id: 1 });

export const categoryModel = (database: Connection): Model<CategoryRow> =>
  database.model<CategoryRow>('Category', schema);
