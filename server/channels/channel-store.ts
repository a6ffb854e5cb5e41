import { type Channel, usualGapCardHours } from '../../media/contract/channels.ts';
import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { AppError } from '../errors.ts';
import { channelModel, type ChannelRow } from './channel-model.ts';

export type ChannelChange = Partial<
  Pick<
    Channel,
    'name' | 'audience' | 'package' | 'languages' | 'groups' | 'fillerCategories' | 'fillerRestHours' | 'gapCardHours'
  >
>;

/** Records of channels, by code; what airs on them is the business of planning/ and onair/. */
export interface ChannelStore {
  /** Oldest first. */
  list(): Promise<readonly Channel[]>;
  find(code: string): Promise<Channel | undefined>;
  /** Rejects with 409 `name_taken` for a code in use. */
  add(channel: Channel): Promise<Channel>;
  change(code: string, change: ChannelChange): Promise<Channel | undefined>;
}

export function channelStore(database: Database, clock: () => number): ChannelStore {
  const rows = channelModel(database);
  return {
    list: async () => (await rows.find().sort({ createdAtMs: 1, _id: 1 }).lean()).map(channelOf),
    find: async (code) => {
      const row = await rows.findById(code).lean();
      return row === null ? undefined : channelOf(row);
    },
    add: async ({ code, ...channel }) => {
      try {
        await rows.create({ ...channel, _id: code, createdAtMs: clock() });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new AppError('name_taken', `There is a channel ${code} already. Choose another code.`, { cause: error });
      }
      return { code, ...channel };
    },
    change: async (code, change) => {
      const row = await rows.findByIdAndUpdate(code, { $set: change }, { returnDocument: 'after' }).lean();
      return row === null ? undefined : channelOf(row);
    },
  };
}

const channelOf = (row: ChannelRow): Channel => ({
  code: row._id,
  name: row.name,
  audience: row.audience,
  package: row.package,
  languages: row.languages ?? ['zh-CN'],
  groups: [...row.groups],
  fillerCategories: [...row.fillerCategories],
  fillerRestHours: row.fillerRestHours ?? 0,
  gapCardHours: row.gapCardHours ?? usualGapCardHours,
});
