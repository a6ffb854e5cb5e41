import { type Connection, type Model, Schema } from 'mongoose';
import type { AlarmView } from '../../media/contract/alarms.ts';

/** An alarm as stored; what was closed is kept for a while. */
export interface AlarmRow extends Omit<AlarmView, 'id'> {
  /** Channel, item, first cell, step of the ladder. */
  _id: string;
  isOpen: boolean;
  /** Forgotten after 100 days. */
  at: Date;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const keptS = 100 * 86_400;

const schema = new Schema<AlarmRow>(
  {
    _id: text,
    ...{ channel: text, place: String, itemId: text, stage: text, title: text },
    ...{ filmId: text, filmState: String, airs: String },
    ...{ startAtMs: number, endAtMs: number, openedAtMs: number, closedAtMs: Number },
    isOpen: { type: Boolean, required: true },
    at: { type: Date, required: true, expires: keptS },
  },
  { collection: 'alarms', versionKey: false },
);
schema.index({ isOpen: 1, startAtMs: -1 });
schema.index({ channel: 1, isOpen: 1 });
schema.index({ startAtMs: -1 });

export const alarmModel = (database: Connection): Model<AlarmRow> => database.model<AlarmRow>('Alarm', schema);
