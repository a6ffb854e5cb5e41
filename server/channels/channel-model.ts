import { type Connection, type Model, Schema } from 'mongoose';
import type { Channel } from '../../media/contract/channels.ts';

export interface ChannelRow {
  _id: string;
  name: string;
  audience: Channel['audience'];
  package: Channel['package'];
  /** Absent on channels of earlier versions. */
  languages?: string[];
  groups: string[];
  fillerCategories: string[];
  /** Absent on channels of earlier versions. */
  fillerRestHours?: number;
  /** Absent on channels of earlier versions. */
  gapCardHours?: number;
  createdAtMs: number;
}

const schema = new Schema<ChannelRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    audience: { type: String, required: true },
    package: { type: String, required: true },
    languages: { type: [String], default: undefined },
    groups: { type: [String], default: [] },
    fillerCategories: { type: [String], default: [] },
    fillerRestHours: { type: Number, default: 0 },
    gapCardHours: Number,
    createdAtMs: { type: Number, required: true },
  },
  { collection: 'channels', versionKey: false },
);
schema.index({ createdAtMs: 1, _id: 1 });

export const channelModel = (database: Connection): Model<ChannelRow> => database.model<ChannelRow>('Channel', schema);
