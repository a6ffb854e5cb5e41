import { type Id, idSchema } from '../../media/contract/ids.ts';
import type { Database } from '../database/database.ts';
import { orNameTaken } from '../database/or-name-taken.ts';
import { dayTemplateModel, type DayTemplateRow, type TemplateItem } from './day-template-model.ts';

/** A named list of items by time of day. */
export interface DayTemplateRecord {
  readonly id: Id;
  readonly name: string;
  readonly version: number;
  readonly items: readonly TemplateItem[];
}

/** Day templates of the county. */
export interface DayTemplateStore {
  /** By name. */
  list(): Promise<readonly DayTemplateRecord[]>;
  find(id: string): Promise<DayTemplateRecord | undefined>;
  /** Rejects with 409 `name_taken` for a name in use. */
  add(template: DayTemplateRecord): Promise<void>;
  /** Writes `next` over `before`; false when somebody changed it meanwhile. Rejects with 409 `name_taken`. */
  replace(before: DayTemplateRecord, next: DayTemplateRecord): Promise<boolean>;
  remove(id: Id): Promise<void>;
}

const nameTaken = 'There is a day template of that name already. Choose another name.';

export function dayTemplateStore(database: Database): DayTemplateStore {
  const rows = dayTemplateModel(database);
  return {
    list: async () => (await rows.find().sort({ name: 1 }).lean<DayTemplateRow[]>()).map(recordOf),
    find: async (id) => {
      const row = await rows.findById(id).lean<DayTemplateRow>();
      return row === null ? undefined : recordOf(row);
    },
    add: async ({ id, ...template }) => {
      await orNameTaken(rows.create({ _id: id, ...template }), nameTaken);
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

const recordOf = ({ _id, ...row }: DayTemplateRow): DayTemplateRecord =>
  Object.freeze({ id: idSchema.parse(_id), ...row });
