import { type Connection, type Model, Schema } from 'mongoose';
import type { z } from 'zod';
import type { templateItemSchema } from '../../media/contract/day-templates.ts';

export type TemplateItem = z.output<typeof templateItemSchema>;

export interface DayTemplateRow {
  _id: string;
  name: string;
  version: number;
  items: readonly TemplateItem[];
}

const schema = new Schema<DayTemplateRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true, unique: true },
    version: { type: Number, required: true },
    // Written and read whole, and typed by TemplateItem.
    items: [{ type: Schema.Types.Mixed }],
  },
  { collection: 'day_templates', versionKey: false, minimize: false },
);

export const dayTemplateModel = (database: Connection): Model<DayTemplateRow> =>
  database.model<DayTemplateRow>('DayTemplate', schema);
