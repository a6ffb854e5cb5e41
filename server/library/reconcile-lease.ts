import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { leaseModel } from './reconcile-lease-model.ts';

/** Lets one replica at a time do a work; when it dies, another has it after `leaseMs`. */
export interface Lease {
  /** Takes or renews it; false while another replica has it. */
  take(): Promise<boolean>;
  /** Gives it back, so that nobody waits for its end. */
  give(): Promise<void>;
}

/** Who has a lease at an instant; undefined where nobody does. */
export async function leaseHolder(database: Database, name: string, atMs: number): Promise<string | undefined> {
  const row = await leaseModel(database).findById(name).lean();
  return row === null || row.untilMs < atMs ? undefined : row.holder;
}

/** A lease by name; `holder` is this replica. */
export function openLease(
  database: Database,
  name: string,
  holder: string,
  time: { readonly clock: () => number; readonly leaseMs: number },
): Lease {
  const leases = leaseModel(database);
  return {
    take: async () => {
      const atMs = time.clock();
      const wanted = { holder, untilMs: atMs + time.leaseMs };
      const free = { $or: [{ holder }, { untilMs: { $lt: atMs } }, { untilMs: { $gt: atMs + 10 * time.leaseMs } }] };
      try {
        const taken = await leases.updateOne({ _id: name, ...free }, { $set: wanted }, { upsert: true });
        return taken.matchedCount + taken.upsertedCount > 0;
      } catch (error) {
        // The row is there and somebody else's: inserting it a second time fails.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    give: async () => {
      await leases.deleteOne({ _id: name, holder });
    },
  };
}
