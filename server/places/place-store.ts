import type { Place } from '../../media/contract/places.ts';
import type { Database } from '../database/database.ts';
import { orNameTaken } from '../database/or-name-taken.ts';
import type { PlaceTree } from '../http/caller.ts';
import { present } from '../http/present.ts';
import { placeModel, type PlaceRow } from './place-model.ts';
import { placeTree } from './place-tree.ts';

export type PlaceChange = Partial<Pick<Place, 'name' | 'operators' | 'hotline'>>;

/** Places of the county, by code. */
export interface PlaceStore {
  /** All of them, the county first, then by code. */
  list(): Promise<readonly Place[]>;
  find(code: string): Promise<Place | undefined>;
  /** Code of the place above each place; as old as the tree at most. */
  parents(): Promise<Readonly<Record<string, string>>>;
  /** Who lies within whom; at most 5 s old for places that another replica added. */
  tree(): Promise<PlaceTree>;
  /** Rejects with 409 `name_taken` for a code, or a name beside it, that is in use. */
  add(place: Place): Promise<Place>;
  /** Undefined where there is no such place. */
  change(code: string, change: PlaceChange): Promise<Place | undefined>;
}

const treeLivesMs = 5000;

const nameTaken = 'That code or name is in use beside it already. Choose another.';

export function placeStore(database: Database, clock: () => number): PlaceStore {
  const rows = placeModel(database);
  let tree:
    { readonly value: PlaceTree; readonly parents: Record<string, string>; readonly madeAtMs: number } | undefined;

  const list = async (): Promise<readonly Place[]> => {
    const found = await rows.find().sort({ _id: 1 }).lean();
    const all = found.map(placeOf);
    return [...all.filter((place) => place.kind === 'county'), ...all.filter((place) => place.kind !== 'county')];
  };
  const known = async () => {
    if (tree !== undefined && Math.abs(clock() - tree.madeAtMs) <= treeLivesMs) return tree;
    const all = await list();
    const parents = all.flatMap(({ code, parent }) => (parent === undefined ? [] : [[code, parent] as const]));
    tree = { value: placeTree(all), parents: Object.fromEntries(parents), madeAtMs: clock() };
    return tree;
  };
  return {
    list,
    find: async (code) => {
      const row = await rows.findById(code).lean();
      return row === null ? undefined : placeOf(row);
    },
    tree: async () => (await known()).value,
    parents: async () => (await known()).parents,
    add: async (place) => {
      const { code, ...rest } = place;
      await orNameTaken(
        rows.create({ ...present(rest), _id: code, nameKey: nameKeyOf(place.parent, place.name) }),
        nameTaken,
      );
      tree = undefined;
      return place;
    },
    change: async (code, change) => {
      const before = await rows.findById(code).lean();
      if (before === null) return undefined;
      const nameKey = change.name === undefined ? {} : { nameKey: nameKeyOf(before.parent, change.name) };
      const row = await orNameTaken(
        rows
          .findByIdAndUpdate(code, { $set: { ...change, ...nameKey } }, { returnDocument: 'after' })
          .lean()
          .exec(),
        nameTaken,
      );
      return row === null ? undefined : placeOf(row);
    },
  };
}

const nameKeyOf = (parent: string | undefined, name: string): string =>
  `${parent ?? ''}/${name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ')}`;

const placeOf = (row: PlaceRow): Place =>
  Object.freeze({
    code: row._id,
    name: row.name,
    kind: row.kind,
    ...(row.parent === undefined ? {} : { parent: row.parent }),
    operators: row.operators,
    ...(row.hotline === undefined ? {} : { hotline: row.hotline }),
  });
