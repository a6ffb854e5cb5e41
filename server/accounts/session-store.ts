import type { Id } from '../../media/contract/ids.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../new-id.ts';
import { hashOfToken, newToken } from './secret-token.ts';
import { memberIdleMs } from './session-ends.ts';
import { sessionModel, type SessionRow } from './session-model.ts';

export interface Session {
  readonly id: Id;
  readonly userId: Id;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
  /** When the password was last entered. */
  readonly passwordAtMs: number;
  /** `User-Agent` of the sign-in, for the person's own list. */
  readonly agent: string;
  /** Address of the sign-in. */
  readonly ip: string;
}

/** Sessions, by the hash of their token. */
export interface SessionStore {
  /** Begins one; the oldest beyond five of this person end. The token is told here and never again. */
  begin(
    userId: Id,
    atMs: number,
    from: Pick<Session, 'agent' | 'ip'>,
  ): Promise<{ readonly session: Session; readonly token: string }>;
  byToken(token: string): Promise<Session | undefined>;
  find(id: Id): Promise<Session | undefined>;
  /** Most recently seen first. */
  ofUser(userId: Id): Promise<readonly Session[]>;
  sawAt(id: Id, atMs: number): Promise<void>;
  enteredPasswordAt(id: Id, atMs: number): Promise<void>;
  /** Answers whether there was such a session of this person. */
  end(userId: Id, id: Id): Promise<boolean>;
  /** Ends all of a person but `exceptId`. */
  endAll(userId: Id, exceptId?: Id): Promise<void>;
  /** Forgets what nobody could use any more. */
  sweep(atMs: number): Promise<void>;
}

const mostPerUser = 5;

export function sessionStore(database: Database): SessionStore {
  const rows = sessionModel(database);
  const ofUser = async (userId: Id): Promise<readonly Session[]> =>
    (await rows.find({ userId }).sort({ lastSeenAtMs: -1, _id: -1 }).lean()).map(sessionOf);
  return {
    begin: async (userId, atMs, { agent, ip }) => {
      const token = newToken();
      const session = {
        id: newId(atMs),
        userId,
        createdAtMs: atMs,
        lastSeenAtMs: atMs,
        passwordAtMs: atMs,
        agent: agent.slice(0, 200),
        ip,
      };
      const { id, ...rest } = session;
      await rows.create({ ...rest, _id: id, tokenHash: hashOfToken(token) });
      const others = (await ofUser(userId)).filter((other) => other.id !== id);
      await rows.deleteMany({ _id: { $in: others.slice(mostPerUser - 1).map((other) => other.id) } });
      return { session, token };
    },
    byToken: async (token) => {
      const row = await rows.findOne({ tokenHash: hashOfToken(token) }).lean();
      return row === null ? undefined : sessionOf(row);
    },
    find: async (id) => {
      const row = await rows.findById(id).lean();
      return row === null ? undefined : sessionOf(row);
    },
    ofUser,
    sawAt: async (id, atMs) => {
      await rows.updateOne({ _id: id }, { $set: { lastSeenAtMs: atMs } });
    },
    enteredPasswordAt: async (id, atMs) => {
      await rows.updateOne({ _id: id }, { $set: { passwordAtMs: atMs } });
    },
    end: async (userId, id) => (await rows.deleteOne({ _id: id, userId })).deletedCount > 0,
    endAll: async (userId, exceptId) => {
      await rows.deleteMany({ userId, ...(exceptId === undefined ? {} : { _id: { $ne: exceptId } }) });
    },
    sweep: async (atMs) => {
      await rows.deleteMany({ lastSeenAtMs: { $lt: atMs - memberIdleMs } });
    },
  };
}

const sessionOf = (row: SessionRow): Session => ({
  id: row._id,
  userId: row.userId,
  createdAtMs: row.createdAtMs,
  lastSeenAtMs: row.lastSeenAtMs,
  passwordAtMs: row.passwordAtMs,
  agent: row.agent,
  ip: row.ip ?? '',
});
