import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshCollections, openFreshCollections } from './fresh-collections.ts';

/** Each expectation is what the MongoDB manual says; the same file runs on a MongoDB server. */
let fresh: FreshCollections;
beforeAll(async () => {
  fresh = await openFreshCollections();
});
afterAll(() => fresh.stop());

const duplicate = { code: 11000 };

it('counts a missing field as null in a unique index', async () => {
  const rows = await fresh.collection();
  await rows.createIndex({ a: 1 }, { unique: true }, {});
  await rows.insertOne({ _id: 1 });
  await expect(rows.insertOne({ _id: 2 })).rejects.toMatchObject(duplicate);
});

it('leaves documents without the field out of a sparse unique index', async () => {
  const rows = await fresh.collection();
  await rows.createIndex({ a: 1 }, { unique: true, sparse: true }, {});
  await rows.insertMany([{ _id: 1 }, { _id: 2 }]);
  expect(await rows.countDocuments()).toBe(2);
  expect(await rows.countDocuments({ a: null })).toBe(2);
});

it('compares elements across documents in a unique index, not within one', async () => {
  const rows = await fresh.collection();
  await rows.createIndex({ a: 1 }, { unique: true }, {});
  await rows.insertOne({ _id: 1, a: [1, 1, 2] });
  await expect(rows.insertOne({ _id: 2, a: 2 })).rejects.toMatchObject(duplicate);
});

it('leaves nothing behind of a document that a second index refuses', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1, b: 1 });
  await rows.createIndexes([{ key: { a: 1 } }, { key: { b: 1 }, unique: true }]);
  await expect(rows.insertOne({ _id: 2, a: 2, b: 1 })).rejects.toMatchObject(duplicate);
  await expect(rows.updateOne({ _id: 1 }, { $set: { a: 3 } })).resolves.toMatchObject({ modifiedCount: 1 });
  expect([
    await rows.countDocuments({ a: 2 }),
    await rows.countDocuments({ a: 1 }),
    await rows.countDocuments(),
  ]).toEqual([0, 0, 1]);
});

it('refuses a unique index over documents that are not', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1 }, { _id: 2, a: 1 });
  await expect(rows.createIndex({ a: 1 }, { unique: true }, {})).rejects.toMatchObject(duplicate);
  expect(Object.keys(await rows.indexInformation())).toEqual(['_id_']);
  expect(await rows.countDocuments({ a: 1 })).toBe(2);
});

it('refuses two arrays in one compound index', async () => {
  const rows = await fresh.collection();
  await rows.createIndex({ a: 1, b: 1 }, {}, {});
  await expect(rows.insertOne({ _id: 1, a: [1], b: [1] })).rejects.toMatchObject({ code: 171 });
});

it('uses a partial index only where the filter implies its condition', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1, on: true }, { _id: 2, a: 1, on: false });
  await rows.createIndex({ a: 1 }, { partialFilterExpression: { on: true } }, {});
  expect(await rows.countDocuments({ a: 1 })).toBe(2);
  expect(await rows.countDocuments({ a: 1, on: true })).toBe(1);
});

it('moves a document in and out of a partial index', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1, on: true });
  await rows.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { on: true } }, {});
  await rows.updateOne({ _id: 1 }, { $set: { on: false } });
  await rows.insertOne({ _id: 2, a: 1, on: true });
  await expect(rows.updateOne({ _id: 1 }, { $set: { on: true } })).rejects.toMatchObject(duplicate);
});

it('answers the same index asked for twice, and refuses another under its name', async () => {
  const rows = await fresh.collection({ _id: 1 });
  await rows.createIndex({ a: 1 }, {}, {});
  await expect(rows.createIndex({ a: 1 }, {}, {})).resolves.toBe('a_1');
  await expect(rows.createIndex({ a: 1 }, { unique: true }, {})).rejects.toMatchObject({ code: 86 });
});

it('drops an index by name and refuses to drop that of _id', async () => {
  const rows = await fresh.collection({ _id: 1 });
  await rows.createIndex({ a: 1 }, {}, {});
  await rows.dropIndex('a_1');
  expect(Object.keys(await rows.indexInformation())).toEqual(['_id_']);
  await expect(rows.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
  await expect(rows.dropIndex('_id_')).rejects.toThrow();
});

it('explains which index answers', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1 });
  await rows.createIndex({ a: 1, b: -1 }, {}, {});
  const plan = async (filter: object, sort: object) =>
    JSON.stringify(
      (
        await rows
          .find(filter)
          .sort(sort as Record<string, 1>)
          .explain()
      )['queryPlanner'],
    );
  expect(await plan({ a: 1 }, { b: -1 })).toContain('"a_1_b_-1"');
  expect(await plan({ a: 1 }, { b: -1 })).not.toContain('"SORT"');
  expect(await plan({ a: { $gt: 0 } }, { b: 1 })).toContain('"SORT"');
  expect(await plan({ c: 1 }, {})).toContain('COLLSCAN');
  expect(await plan({ $or: [{ a: 1 }, { _id: 1 }] }, {})).not.toContain('COLLSCAN');
  expect(await plan({ $or: [{ a: 1 }, { c: 1 }] }, {})).toContain('COLLSCAN');
});

it('reads an index in both directions, over many pages', async () => {
  const rows = await fresh.collection(...Array.from({ length: 1500 }, (_, n) => ({ _id: n, a: n % 3, b: n })));
  await rows.createIndex({ a: 1, b: 1 }, {}, {});
  const up = await rows.find({ a: 1 }).sort({ b: 1 }).toArray();
  const down = await rows.find({ a: 1 }).sort({ b: -1 }).toArray();
  expect(up).toHaveLength(500);
  expect(down.reverse()).toEqual(up);
  expect((await rows.find({ a: { $in: [0, 2] }, b: { $gte: 1490 } }).toArray()).length).toBe(7);
});

it('lists, creates and drops collections', async () => {
  await fresh.db.createCollection('listed');
  await expect(fresh.db.createCollection('listed')).rejects.toMatchObject({ code: 48 });
  expect((await fresh.db.listCollections({ name: 'listed' }).toArray()).length).toBe(1);
  await fresh.db.dropCollection('listed');
  expect((await fresh.db.listCollections({ name: 'listed' }).toArray()).length).toBe(0);
});
