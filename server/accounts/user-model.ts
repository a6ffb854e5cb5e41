import { type Connection, type Model, Schema } from 'mongoose';
import type { Id } from '../../media/contract/ids.ts';
import type { RoleAtPlace } from '../../media/contract/accounts.ts';

export interface UserRow {
  _id: Id;
  username: string;
  /** NFKC, lower case: two names that look the same are the same. */
  usernameKey: string;
  name: string;
  roles: RoleAtPlace[];
  disabled: boolean;
  /** `scrypt$15$8$1$salt$hash`; missing until an invitation was accepted. */
  passwordHash?: string;
  createdAtMs: number;
}

const schema = new Schema<UserRow>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    usernameKey: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    roles: { type: [new Schema({ role: String, place: String }, { _id: false })], required: true },
    disabled: { type: Boolean, default: false },
    passwordHash: String,
    createdAtMs: { type: Number, required: true },
  },
  { collection: 'users', versionKey: false },
);
schema.index({ 'roles.role': 1 });

export const userModel = (database: Connection): Model<UserRow> => database.model<UserRow>('User', schema);
