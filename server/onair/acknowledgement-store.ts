import type { Database } from '../database/database.ts';
import { acknowledgementModel } from './acknowledgement-model.ts';

/** Which players have shown a change of their channel. */
export interface AcknowledgementStore {
  /** Counts a player once a change, however often it says so. */
  add(channel: string, seq: number, player: string, atMs: number): Promise<void>;
  count(channel: string, seq: number): Promise<number>;
}

/** Anybody may say that they are a player; nobody fills the disk with it. */
const mostOfOneChange = 20_000;

export function acknowledgementStore(database: Database): AcknowledgementStore {
  const rows = acknowledgementModel(database);
  const count = (channel: string, seq: number): Promise<number> =>
    rows.countDocuments({ change: `${channel}/${seq}` }).exec();
  return {
    count,
    add: async (channel, seq, player, atMs) => {
      if ((await count(channel, seq)) >= mostOfOneChange) return;
      const change = `${channel}/${seq}`;
      const said = { $set: { change, at: new Date(atMs) } };
      await rows.updateOne({ _id: `${change}/${player}` }, said, { upsert: true });
    },
  };
}
