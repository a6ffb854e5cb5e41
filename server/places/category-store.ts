import type { Category } from '../../media/contract/places.ts';
import type { Database } from '../database/database.ts';
import { orNameTaken } from '../database/or-name-taken.ts';
import { categoryModel, type CategoryRow } from './category-model.ts';

export type CategoryChange = Partial<Pick<Category, 'name' | 'reviewsNeeded'>>;

/** Categories of films (栏目), by code. */
export interface CategoryStore {
  /** In the order in which they were made. */
  list(): Promise<readonly Category[]>;
  /** By code, else by name as people write it (any width, any case). */
  find(codeOrName: string): Promise<Category | undefined>;
  /** Rejects with 409 `name_taken` for a code or name in use. */
  add(category: Category): Promise<Category>;
  change(code: string, change: CategoryChange): Promise<Category | undefined>;
}

const nameTaken = 'There is a category with that code or name already. Choose another.';

export function categoryStore(database: Database): CategoryStore {
  const rows = categoryModel(database);
  return {
    list: async () => (await rows.find().sort({ order: 1, _id: 1 }).lean()).map(categoryOf),
    find: async (codeOrName) => {
      const row =
        (await rows.findById(codeOrName).lean()) ?? (await rows.findOne({ nameKey: keyOf(codeOrName) }).lean());
      return row === null ? undefined : categoryOf(row);
    },
    add: async (category) => {
      const last = await rows.findOne().sort({ order: -1 }).lean();
      const row = { ...category, _id: category.code, nameKey: keyOf(category.name), order: (last?.order ?? 0) + 1 };
      await orNameTaken(rows.create(row), nameTaken);
      return category;
    },
    change: async (code, change) => {
      const nameKey = change.name === undefined ? {} : { nameKey: keyOf(change.name) };
      const row = await orNameTaken(
        rows
          .findByIdAndUpdate(code, { $set: { ...change, ...nameKey } }, { returnDocument: 'after' })
          .lean()
          .exec(),
        nameTaken,
      );
      return row === null ? undefined : categoryOf(row);
    },
  };
}

const keyOf = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const categoryOf = (row: CategoryRow): Category =>
  Object.freeze({ code: row._id, name: row.name, reviewsNeeded: row.reviewsNeeded });
