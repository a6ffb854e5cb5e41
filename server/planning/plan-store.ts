import { type Id, idSchema } from '../../media/contract/ids.ts';
import { filmIdsOf } from '../../media/plan/plan.ts';
import type { Database } from '../database/database.ts';
import { type PlanDocument, planModel } from './plan-model.ts';
import type { PlanRecord } from './plan-record.ts';

/** Which plans of a list. */
export interface PlanQuery {
  readonly channel?: string | undefined;
  readonly state?: PlanRecord['state'] | undefined;
  /** Ids below this one: the rest of a list. */
  readonly below?: Id | undefined;
}

/** Plans as plain frozen values. */
export interface PlanStore {
  insert(plan: PlanRecord): Promise<void>;
  /** Takes back a plan that nothing has become of. */
  remove(plan: PlanRecord): Promise<void>;
  find(id: string): Promise<PlanRecord | undefined>;
  /** Writes `next` over `before`; false when somebody changed its version or state meanwhile. */
  replace(before: PlanRecord, next: PlanRecord): Promise<boolean>;
  /** Newest first. */
  page(query: PlanQuery, limit: number): Promise<readonly PlanRecord[]>;
  /** Every plan of a channel in a state. */
  inState(channel: string, state: PlanRecord['state']): Promise<readonly PlanRecord[]>;
  /** Plans that are being published, or whose server stopped meanwhile. */
  claimed(): Promise<readonly PlanRecord[]>;
  /** Plans that name a film. */
  using(filmId: string): Promise<readonly PlanRecord[]>;
  /** Plans that are or may come on air and name one of these films, without their items. */
  naming(filmIds: readonly string[]): Promise<readonly Pick<PlanRecord, 'id' | 'version' | 'to'>[]>;
}

const living: readonly PlanRecord['state'][] = ['draft', 'submitted', 'approved', 'published'];

type StoredPlan = Omit<PlanDocument, 'filmIds'>;

export function planStore(database: Database): PlanStore {
  const plans = planModel(database);
  const recordsOf = (found: readonly StoredPlan[]): readonly PlanRecord[] => found.map(recordOf);
  return {
    insert: async (plan) => {
      await plans.create(documentOf(plan));
    },
    remove: async ({ id, version, state }) => {
      await plans.deleteOne({ _id: id, version, state });
    },
    find: async (id) => {
      const found = await plans.findById(id, recordOnly).lean<StoredPlan>();
      return found === null ? undefined : recordOf(found);
    },
    replace: async (before, next) => {
      const same = { _id: before.id, version: before.version, state: before.state };
      return (await plans.replaceOne(same, documentOf(next))).matchedCount === 1;
    },
    page: async ({ channel, state, below }, limit) => {
      const filter = {
        ...(channel === undefined ? {} : { channel }),
        ...(state === undefined ? {} : { state }),
        ...(below === undefined ? {} : { _id: { $lt: below } }),
      };
      return recordsOf(await plans.find(filter, recordOnly).sort({ _id: -1 }).limit(limit).lean<StoredPlan[]>());
    },
    inState: async (channel, state) =>
      recordsOf(await plans.find({ channel, state }, recordOnly).sort({ _id: -1 }).lean<StoredPlan[]>()),
    claimed: async () => recordsOf(await plans.find({ claimedAtMs: { $gt: 0 } }, recordOnly).lean<StoredPlan[]>()),
    using: async (filmId) => recordsOf(await plans.find({ filmIds: filmId }, recordOnly).lean<StoredPlan[]>()),
    naming: async (filmIds) => {
      const found = await plans
        .find({ filmIds: { $in: [...filmIds] }, state: { $in: [...living] } }, { version: 1, to: 1 })
        .lean<Pick<StoredPlan, '_id' | 'version' | 'to'>[]>();
      return found.map(({ _id, version, to }) => ({ id: idSchema.parse(_id), version, to }));
    },
  };
}

const documentOf = ({ id, ...plan }: PlanRecord): PlanDocument => ({
  _id: id,
  ...plan,
  filmIds: [...new Set(plan.items.flatMap(filmIdsOf))],
});

/** What is only there to be searched is not read. */
const recordOnly = { filmIds: 0 } as const;

const recordOf = ({ _id, ...plan }: StoredPlan): PlanRecord => Object.freeze({ id: idSchema.parse(_id), ...plan });
