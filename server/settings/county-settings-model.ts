import { type Connection, type Model, Schema } from 'mongoose';

/** One dated change; what holds is all changes up to now, the later over the earlier. */
export interface SettingsRow {
  /** Number of the change: two people who change at once do not share one. */
  _id: number;
  fromMs: number;
  by: string;
  change: Record<string, unknown>;
}

const schema = new Schema<SettingsRow>(
  {
    _id: { type: Number, required: true },
    fromMs: { type: Number, required: true },
    by: { type: String, required: true },
    change: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'county_settings', versionKey: false, minimize: false },
);

export const settingsModel = (database: Connection): Model<SettingsRow> =>
  database.model<SettingsRow>('CountySettings', schema);
