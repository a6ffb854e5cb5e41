import type { SkipReason } from '../../media/plan/skip-reasons.ts';
import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { type SkipDocument, skipModel } from './skip-model.ts';

/** A must-watch item that a station did not start. */
export interface SkipRecord {
  readonly itemId: string;
  readonly place: string;
  readonly film?: string;
  readonly title: string;
  readonly startAtMs: number;
  readonly reason: SkipReason;
  /** When it was cancelled, and when the server heard of it. */
  readonly atMs: number;
  readonly heardAtMs: number;
}

/** What stations did not start, kept for ever: at most one row for each place and must-watch item. */
export interface SkipStore {
  /** Keeps what is not known yet; of two reasons for one item the first stays. */
  add(skip: SkipRecord): Promise<void>;
  /** Those of [fromMs, toMs) by their start, the newest first. */
  between(fromMs: number, toMs: number, limit: number): Promise<readonly Omit<SkipRecord, 'itemId'>[]>;
}

export function skipStore(database: Database): SkipStore {
  const skips = skipModel(database);
  return {
    add: async ({ itemId, ...skip }) => {
      const key = `${skip.place}/${skip.startAtMs}/${itemId}`;
      try {
        await skips.updateOne({ _id: key }, { $setOnInsert: skip }, { upsert: true });
      } catch (error) {
        // Told at the same instant by another way.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    between: async (fromMs, toMs, limit) => {
      const found = await skips
        .find({ startAtMs: { $gte: fromMs, $lt: toMs } }, { _id: 0 })
        .sort({ startAtMs: -1, _id: -1 })
        .limit(limit)
        .lean<Omit<SkipDocument, '_id'>[]>();
      return found.map((skip) => Object.freeze(skip));
    },
  };
}
