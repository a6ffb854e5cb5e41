import { type Connection, type Model, Schema } from 'mongoose';

/** A server process, as it last said of itself. */
export interface ReplicaRow {
  /** Its name. */
  _id: string;
  version: string;
  startedAtMs: number;
  seenAtMs: number;
  /** When its channels were last asked for, by code. */
  served: Record<string, number>;
}

const schema = new Schema<ReplicaRow>(
  {
    _id: { type: String, required: true },
    version: { type: String, required: true },
    startedAtMs: { type: Number, required: true },
    seenAtMs: { type: Number, required: true, index: true },
    served: { type: Schema.Types.Mixed, default: {} },
  },
  { collection: 'replicas', versionKey: false, minimize: false },
);

export const replicaModel = (database: Connection): Model<ReplicaRow> => database.model<ReplicaRow>('Replica', schema);
