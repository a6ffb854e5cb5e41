import { type Connection, type Model, Schema } from 'mongoose';
import type { PlanRecord } from './plan-record.ts';

/** A plan as stored; `filmIds` answers who uses a film. */
export interface PlanDocument extends Omit<PlanRecord, 'id'> {
  readonly _id: string;
  readonly filmIds: readonly string[];
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
/** Written and read whole, and typed by PlanRecord: mongoose has nothing to look for inside. */
const plain = { type: Schema.Types.Mixed } as const;

const schema = new Schema<PlanDocument>(
  {
    _id: text,
    channel: text,
    place: String,
    from: text,
    to: text,
    title: String,
    state: text,
    version: number,
    author: plain,
    approver: plain,
    approvedVersion: Number,
    items: [plain],
    errorCount: number,
    warningCount: number,
    effectiveAtMs: Number,
    claimedAtMs: Number,
    publication: plain,
    returnedReason: String,
    warningReason: String,
    approvalNote: String,
    createdAtMs: number,
    filmIds: [String],
  },
  { collection: 'plans', versionKey: false, minimize: false },
);
// Ids sort by creation, so `_id` descending is newest first.
schema.index({ channel: 1, _id: -1 });
schema.index({ state: 1, _id: -1 });
schema.index({ channel: 1, state: 1, _id: -1 });
schema.index({ filmIds: 1 });
schema.index({ claimedAtMs: 1 });

export const planModel = (database: Connection): Model<PlanDocument> =>
  database.model<PlanDocument>('ProgrammePlan', schema);
