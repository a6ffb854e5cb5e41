import { type QualitySums, type SumName, sumNames } from '../../media/quality/quality-sums.ts';
import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { filmWatchModel, qualityHourModel, qualitySenderModel } from './quality-model.ts';

/** What is added to the figures of an hour. */
export interface QualityAddition {
  /** Hours since the epoch. */
  readonly hour: number;
  /** Page and mode, which are kept apart and never asked for alone. */
  readonly kind: string;
  readonly place: string;
  readonly subject: string;
  readonly sums: QualitySums;
  readonly untilMs: number;
}

/** Sums of one subject or place. */
export interface NamedSums {
  readonly name: string;
  readonly sums: QualitySums;
}

/** How often a film was watched in a county month. */
export interface FilmWatch {
  readonly month: string;
  readonly plays: number;
  readonly watchedMs: number;
}

/** Figures of how well pictures played, by hour, subject and place; and how often films were watched. */
export interface QualityStore {
  /** Says whether a batch is new; from then on it is known. */
  takeBatch(sender: string, seq: number, atMs: number): Promise<boolean>;
  add(addition: QualityAddition): Promise<void>;
  addWatch(film: string, watch: FilmWatch): Promise<void>;
  /** Sums of the hours [fromHour, toHour), by subject or by place. */
  sumsBy(field: 'subject' | 'place', fromHour: number, toHour: number): Promise<readonly NamedSums[]>;
  /** Newest month first. */
  watches(film: string): Promise<readonly FilmWatch[]>;
}

/** Anybody may report; nobody fills the disk with it: beyond this many rows an hour, places are counted as the county. */
export const ROWS_OF_AN_HOUR = 5000;

const everywhere = 'county';

export function qualityStore(database: Database, rowsOfAnHour = ROWS_OF_AN_HOUR): QualityStore {
  const hours = qualityHourModel(database);
  const watches = filmWatchModel(database);
  const senders = qualitySenderModel(database);

  const addTo = async ({ hour, kind, place, subject, sums, untilMs }: QualityAddition): Promise<boolean> => {
    const isFull = place !== everywhere && (await hours.countDocuments({ hour }).exec()) >= rowsOfAnHour;
    const $inc = Object.fromEntries(Object.entries(sums).map(([name, value]) => [`sums.${name}`, value]));
    const $set = { hour, place, subject, until: new Date(untilMs) };
    const key = [hour, kind, place, subject].join('/');
    const { matchedCount, upsertedCount } = await hours.updateOne({ _id: key }, { $inc, $set }, { upsert: !isFull });
    return matchedCount + upsertedCount > 0;
  };
  return {
    takeBatch: async (sender, seq, atMs) => {
      const taken = { $set: { seq, at: new Date(atMs) } };
      try {
        const { matchedCount, upsertedCount } = await senders.updateOne({ _id: sender, seq: { $lt: seq } }, taken, {
          upsert: true,
        });
        return matchedCount + upsertedCount > 0;
      } catch (error) {
        // The sender is there with this number or a later one.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    add: async (addition) => {
      if (Object.keys(addition.sums).length === 0) return;
      if (!(await addTo(addition))) await addTo({ ...addition, place: everywhere });
    },
    addWatch: async (film, { month, plays, watchedMs }) => {
      const added = { $inc: { plays, watchedMs }, $set: { film, month } };
      await watches.updateOne({ _id: `${film}/${month}` }, added, { upsert: true });
    },
    sumsBy: async (field, fromHour, toHour) => {
      const added = Object.fromEntries(sumNames.map((name) => [name, { $sum: `$sums.${name}` }]));
      const found = await hours.aggregate<{ _id: string } & Record<SumName, number>>([
        { $match: { hour: { $gte: fromHour, $lt: toHour } } },
        { $group: { _id: `$${field}`, ...added } },
      ]);
      return found.map(({ _id, ...sums }) => ({ name: _id, sums }));
    },
    watches: async (film) => {
      const found = await watches.find({ film }).sort({ _id: -1 }).lean();
      return found.map(({ month, plays, watchedMs }) => ({ month, plays, watchedMs }));
    },
  };
}
