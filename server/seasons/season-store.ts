import { type Id, idSchema } from '../../media/contract/ids.ts';
import type { Season } from '../../media/contract/seasons.ts';
import type { Database } from '../database/database.ts';
import { orNameTaken } from '../database/or-name-taken.ts';
import { seasonModel, type SeasonRow } from './season-model.ts';

/** Seasons of the county. */
export interface SeasonStore {
  /** By name. */
  list(): Promise<readonly Season[]>;
  find(id: string): Promise<Season | undefined>;
  /** Rejects with 409 `name_taken` for a name in use. */
  add(season: Season): Promise<void>;
  /** Writes `next` over `before`; false when somebody changed it meanwhile. Rejects with 409 `name_taken`. */
  replace(before: Season, next: Season): Promise<boolean>;
  remove(id: Id): Promise<void>;
}

const nameTaken = 'There is a season of that name already. Choose another name.';

export function seasonStore(database: Database): SeasonStore {
  const rows = seasonModel(database);
  return {
    list: async () => (await rows.find().sort({ name: 1 }).lean<SeasonRow[]>()).map(seasonOf),
    find: async (id) => {
      const row = await rows.findById(id).lean<SeasonRow>();
      return row === null ? undefined : seasonOf(row);
    },
    add: async ({ id, ...season }) => {
      await orNameTaken(rows.create({ _id: id, ...season }), nameTaken);
    },
    replace: async (before, { id, ...next }) => {
      const writing = rows.replaceOne({ _id: id, version: before.version }, { _id: id, ...next });
      return (await orNameTaken(writing.exec(), nameTaken)).matchedCount === 1;
    },
    remove: async (id) => {
      await rows.deleteOne({ _id: id });
    },
  };
}

const seasonOf = ({ _id, ...row }: SeasonRow): Season => Object.freeze({ id: idSchema.parse(_id), ...row });
