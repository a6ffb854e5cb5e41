import type { RoleAtPlace, User } from '../../media/contract/accounts.ts';
import type { Id } from '../../media/contract/ids.ts';
import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { AppError } from '../errors.ts';
import { userModel, type UserRow } from './user-model.ts';

export type UserChange = Partial<Pick<User, 'name' | 'roles' | 'disabled'>>;
/** Somebody with what a password is checked against; undefined where none was chosen yet. */
export interface Credentials {
  readonly user: User;
  readonly passwordHash: string | undefined;
}

/** A page of people: beyond an id, with `query` literally in username or name. */
export interface UserPage {
  readonly limit: number;
  readonly after?: Id | undefined;
  readonly query?: string | undefined;
}

/** People, by id and by username in any width and case. */
export interface UserStore {
  /** By id upwards, at most `limit` of those that `isSeen`; reads on until the page is full. */
  page(asked: UserPage, isSeen?: (user: User) => boolean): Promise<readonly User[]>;
  find(id: Id): Promise<User | undefined>;
  credentials(username: string): Promise<Credentials | undefined>;
  credentialsOf(id: Id): Promise<Credentials | undefined>;
  /** Rejects with 409 `name_taken`. Without a password nobody can sign in as this person yet. */
  add(user: User, createdAtMs: number, passwordHash?: string): Promise<User>;
  change(id: Id, change: UserChange): Promise<User | undefined>;
  setPassword(id: Id, passwordHash: string): Promise<void>;
  /** Enabled people who hold this role at this place. */
  countWith(role: RoleAtPlace): Promise<number>;
  isEmpty(): Promise<boolean>;
}

const batch = 200;

/** How usernames are compared: NFKC, lower case (corpus i04). */
export const usernameKeyOf = (username: string): string => username.normalize('NFKC').trim().toLowerCase();

export function userStore(database: Database): UserStore {
  const rows = userModel(database);
  return {
    page: async ({ limit, after, query }, isSeen = () => true) => {
      const seen: User[] = [];
      let beyond = after;
      while (seen.length < limit) {
        const rest = beyond === undefined ? {} : { _id: { $gt: beyond } };
        const found = await rows
          .find({ ...rest, ...containing(query) })
          .sort({ _id: 1 })
          .limit(batch)
          .lean();
        seen.push(...found.map(userOf).filter(isSeen));
        beyond = found.at(-1)?._id;
        if (found.length < batch) break;
      }
      return seen.slice(0, limit);
    },
    find: async (id) => maybe(await rows.findById(id).lean(), userOf),
    credentials: async (username) =>
      maybe(await rows.findOne({ usernameKey: usernameKeyOf(username) }).lean(), credentialsOf),
    credentialsOf: async (id) => maybe(await rows.findById(id).lean(), credentialsOf),
    add: async (user, createdAtMs, passwordHash) => {
      const { id, ...rest } = user;
      const row = { ...rest, _id: id, usernameKey: usernameKeyOf(user.username), createdAtMs };
      const password = passwordHash === undefined ? {} : { passwordHash };
      try {
        await rows.create({ ...row, ...password });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new AppError('name_taken', 'There is a person with that username already. Choose another.', {
          cause: error,
        });
      }
      return user;
    },
    change: async (id, change) =>
      maybe(await rows.findByIdAndUpdate(id, { $set: change }, { returnDocument: 'after' }).lean(), userOf),
    setPassword: async (id, passwordHash) => {
      await rows.updateOne({ _id: id }, { $set: { passwordHash } });
    },
    countWith: ({ role, place }) =>
      rows.countDocuments({ 'roles.role': role, disabled: false, roles: { $elemMatch: { role, place } } }),
    isEmpty: async () => (await rows.findOne().lean()) === null,
  };
}

const maybe = <Row, Value>(row: Row | null, read: (row: Row) => Value): Value | undefined =>
  row === null ? undefined : read(row);

const containing = (query: string | undefined) => {
  if (query === undefined || query === '') return {};
  const literal = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  return { $or: [{ username: literal }, { name: literal }] };
};

const userOf = (row: UserRow): User => ({
  id: row._id,
  username: row.username,
  name: row.name,
  roles: row.roles.map(({ role, place }) => ({ role, place })),
  disabled: row.disabled,
});
const credentialsOf = (row: UserRow): Credentials => ({ user: userOf(row), passwordHash: row.passwordHash });
