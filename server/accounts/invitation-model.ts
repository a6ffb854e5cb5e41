import { type Connection, type Model, Schema } from 'mongoose';
import type { Id } from '../../media/contract/ids.ts';

export interface InvitationRow {
  /** SHA-256 of the token in the link. */
  _id: string;
  userId: Id;
  expiresAtMs: number;
}

const schema = new Schema<InvitationRow>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true, index: true },
    expiresAtMs: { type: Number, required: true },
  },
  { collection: 'invitations', versionKey: false },
);

export const invitationModel = (database: Connection): Model<InvitationRow> =>
  database.model<InvitationRow>('Invitation', schema);
