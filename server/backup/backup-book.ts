import type { Database } from '../database/database.ts';
import { backupModel } from './backup-model.ts';

/** A backup that was written: when it was begun, and how much is in it. */
export interface MadeBackup {
  readonly atMs: number;
  readonly documents: number;
  readonly bytes: number;
}

/** Which backups were written, so that somebody sees when the last one was. */
export interface BackupBook {
  add(backup: MadeBackup): Promise<void>;
  last(): Promise<MadeBackup | undefined>;
}

export function backupBook(database: Database): BackupBook {
  const rows = backupModel(database);
  return {
    add: async ({ atMs, ...rest }) => {
      await rows.updateOne({ _id: atMs }, { $set: rest }, { upsert: true });
    },
    last: async () => {
      const row = await rows.findOne().sort({ _id: -1 }).lean();
      return row === null ? undefined : { atMs: row._id, documents: row.documents, bytes: row.bytes };
    },
  };
}
