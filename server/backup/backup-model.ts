import { type Connection, type Model, Schema } from 'mongoose';

/** A backup that was written. */
export interface BackupRow {
  /** When it was begun, UTC ms. */
  _id: number;
  documents: number;
  bytes: number;
}

const schema = new Schema<BackupRow>(
  {
    _id: { type: Number, required: true },
    documents: { type: Number, required: true },
    bytes: { type: Number, required: true },
  },
  { collection: 'backups', versionKey: false },
);

export const backupModel = (database: Connection): Model<BackupRow> => database.model<BackupRow>('Backup', schema);
