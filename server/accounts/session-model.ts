import { type Connection, type Model, Schema } from 'mongoose';
import type { Id } from '../../media/contract/ids.ts';

export interface SessionRow {
  _id: Id;
  /** SHA-256 of the token, in hex: who reads the database cannot sign in (ASVS 7.2). */
  tokenHash: string;
  userId: Id;
  createdAtMs: number;
  lastSeenAtMs: number;
  passwordAtMs: number;
  agent: string;
  /** Sessions that an earlier version began have none. */
  ip?: string;
}

const schema = new Schema<SessionRow>(
  {
    _id: { type: String, required: true },
    tokenHash: { type: String, required: true, unique: true },
    userId: { type: String, required: true, index: true },
    createdAtMs: { type: Number, required: true },
    lastSeenAtMs: { type: Number, required: true, index: true },
    passwordAtMs: { type: Number, required: true },
    agent: { type: String, default: '' },
    ip: { type: String, default: '' },
  },
  { collection: 'sessions', versionKey: false },
);

export const sessionModel = (database: Connection): Model<SessionRow> => database.model<SessionRow>('Session', schema);
