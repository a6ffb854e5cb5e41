import type { Database } from '../database/database.ts';
import { tokenEpochModel } from './token-epoch-model.ts';

/** Generations of playback tokens. */
export interface TokenEpochStore {
  /** Ends every token that was given out for a film (its id) or a channel (its code); replicas hear of it within 2 s. */
  revoke(subject: string): Promise<void>;
  /** By subject; who is not named has generation 0. */
  all(): Promise<Readonly<Record<string, number>>>;
}

export function tokenEpochStore(database: Database): TokenEpochStore {
  const rows = tokenEpochModel(database);
  return {
    revoke: async (subject) => {
      await rows.updateOne({ _id: subject }, { $inc: { epoch: 1 } }, { upsert: true });
    },
    all: async () => {
      const found = await rows.find().sort({ _id: 1 }).lean();
      return Object.fromEntries(found.map(({ _id, epoch }) => [_id, epoch]));
    },
  };
}
