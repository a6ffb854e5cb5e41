import { type Connection, type Model, Schema } from 'mongoose';

/** One link of the chain as stored; `hash` covers every other field and the hash before. */
export interface AuditRow {
  seq: number;
  atMs: number;
  actor: string;
  ip: string;
  action: string;
  object: string;
  detail: string;
  requestId: string;
  prevHash: string;
  hash: string;
}

const text = { type: String, default: '' };
const schema = new Schema<AuditRow>(
  {
    seq: { type: Number, required: true, unique: true },
    atMs: { type: Number, required: true },
    actor: { type: String, required: true },
    ip: text,
    action: { type: String, required: true },
    object: text,
    detail: text,
    requestId: text,
    prevHash: { type: String, required: true },
    hash: { type: String, required: true },
  },
  { collection: 'audit', versionKey: false },
);

export const auditModel = (database: Connection): Model<AuditRow> => database.model<AuditRow>('Audit', schema);
