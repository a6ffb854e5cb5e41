import type { Database } from '../database/database.ts';
import { replicaModel } from './replica-model.ts';

/** A server process, as it last said of itself. */
export interface Replica {
  readonly name: string;
  readonly version: string;
  readonly startedAtMs: number;
  readonly seenAtMs: number;
  /** When a channel's list was last asked for here, by the channel's code. */
  readonly served: Readonly<Record<string, number>>;
}

/** Every server process that was there in the last hour. */
export interface ReplicaBook {
  mark(replica: Replica): Promise<void>;
  /** Takes a process that ends in order off the list. */
  leave(name: string): Promise<void>;
  /** The longest running first. */
  list(atMs: number): Promise<readonly Replica[]>;
}

const rememberedMs = 3_600_000;

export function replicaBook(database: Database): ReplicaBook {
  const rows = replicaModel(database);
  return {
    mark: async ({ name, ...row }) => {
      await rows.updateOne({ _id: name }, { $set: { ...row } }, { upsert: true });
      await rows.deleteMany({ seenAtMs: { $lt: row.seenAtMs - rememberedMs } });
    },
    leave: async (name) => {
      await rows.deleteOne({ _id: name });
    },
    list: async (atMs) => {
      const found = await rows.find({ seenAtMs: { $gte: atMs - rememberedMs } }).lean();
      return found
        .map(({ _id, version, startedAtMs, seenAtMs, served }) => ({
          name: _id,
          version,
          startedAtMs,
          seenAtMs,
          served,
        }))
        .sort((a, b) => a.startedAtMs - b.startedAtMs);
    },
  };
}
