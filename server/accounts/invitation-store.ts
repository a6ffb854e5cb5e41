import type { Id } from '../../media/contract/ids.ts';
import type { Database } from '../database/database.ts';
import { invitationModel } from './invitation-model.ts';
import { hashOfToken, newToken } from './secret-token.ts';

const livesMs = 24 * 3_600_000;

/** One-time links by which somebody chooses a password (ASVS 6.4.6: never a password chosen by another). */
export interface InvitationStore {
  /** Makes a link good for 24 h; earlier ones of the same person are void. */
  make(userId: Id, atMs: number): Promise<{ readonly token: string; readonly expiresAtMs: number }>;
  /** Says whose it is, without using it up; undefined where unknown or expired. */
  whose(token: string, atMs: number): Promise<Id | undefined>;
  /** Uses it up; of two who try at once, one is answered. */
  take(token: string, atMs: number): Promise<Id | undefined>;
}

export function invitationStore(database: Database): InvitationStore {
  const rows = invitationModel(database);
  return {
    make: async (userId, atMs) => {
      const token = newToken();
      const expiresAtMs = atMs + livesMs;
      await rows.deleteMany({ userId });
      await rows.create({ _id: hashOfToken(token), userId, expiresAtMs });
      return { token, expiresAtMs };
    },
    whose: async (token, atMs) => {
      const row = await rows.findOne({ _id: hashOfToken(token), expiresAtMs: { $gt: atMs } }).lean();
      return row?.userId;
    },
    take: async (token, atMs) => {
      const row = await rows.findOneAndDelete({ _id: hashOfToken(token), expiresAtMs: { $gt: atMs } }).lean();
      return row?.userId;
    },
  };
}
