import { type CountySettings, countySettingsSchema } from '../../media/contract/county-settings.ts';
import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { settingsModel } from './county-settings-model.ts';

export type SettingsChange = { readonly [Key in keyof CountySettings]?: CountySettings[Key] | undefined };

/** Dated settings of the county: every change stays, so that a past month is judged by what held then. */
export interface CountySettingsStore {
  /** What held at an instant; presets for what nobody set. */
  at(atMs: number): Promise<CountySettings>;
  /** Sets values from `fromMs` on. */
  change(change: SettingsChange, fromMs: number, by: string): Promise<CountySettings>;
}

export function countySettingsStore(database: Database): CountySettingsStore {
  const rows = settingsModel(database);
  const at = async (atMs: number): Promise<CountySettings> => {
    const changes = await rows
      .find({ fromMs: { $lte: atMs } })
      .sort({ _id: 1 })
      .lean();
    return countySettingsSchema.parse(Object.assign({}, ...changes.map((row) => row.change)));
  };
  const add = async (change: SettingsChange, fromMs: number, by: string): Promise<void> => {
    for (;;) {
      const last = await rows.findOne().sort({ _id: -1 }).lean();
      try {
        await rows.create({ _id: (last?._id ?? 0) + 1, fromMs, by, change });
        return;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    }
  };
  return {
    at,
    change: async (change, fromMs, by) => {
      await add(change, fromMs, by);
      return at(fromMs);
    },
  };
}
