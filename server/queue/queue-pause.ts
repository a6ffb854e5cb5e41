import { transcodeQueueName } from '../../media/contract/transcode-job.ts';
import type { Database } from '../database/database.ts';
import { queuePauseModel } from './queue-pause-model.ts';

/** Who holds the queue by hand. Kept in the database, because Redis may lose all it has. */
export interface QueuePause {
  read(): Promise<{ readonly by: string; readonly atMs: number } | undefined>;
  set(pause: { readonly by: string; readonly atMs: number }): Promise<void>;
  clear(): Promise<void>;
}

export function openQueuePause(database: Database): QueuePause {
  const rows = queuePauseModel(database);
  const id = { _id: transcodeQueueName };
  return {
    read: async () => {
      const row = await rows.findById(transcodeQueueName).lean();
      return row === null ? undefined : { by: row.by, atMs: row.atMs };
    },
    set: async ({ by, atMs }) => {
      await rows.updateOne(id, { $set: { by, atMs } }, { upsert: true });
    },
    clear: async () => {
      await rows.deleteOne(id);
    },
  };
}
