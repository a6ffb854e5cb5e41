import type { Document } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshCollections, openFreshCollections } from './fresh-collections.ts';

/** What the embedded database lacks is an error, never another answer. None of this is asked of a MongoDB server. */
const embedded = (process.env['MONGODB_URI'] ?? '') === '';
let fresh: FreshCollections;
beforeAll(async () => {
  fresh = await openFreshCollections();
});
afterAll(() => fresh.stop());

const notSupported = { code: 115, message: expect.stringContaining('set MONGODB_URI') as string };

it
  .runIf(embedded)
  .each([
    [{ $text: { $search: 'x' } }],
    [{ $where: 'true' }],
    [{ x: { $near: [0, 0] } }],
    [{ x: { $geoWithin: {} } }],
    [{ x: { $jsonSchema: {} } }],
    [{ x: { $bogus: 1 } }],
    [{ x: { $elemMatch: { y: { $bogus: 1 } } } }],
    [{ $expr: { $function: {} } }],
    [{ x: { $type: 'int' } }],
    [{ x: { $regex: '(?i)a' } }],
  ])('refuses the filter %j', async (filter) => {
  const rows = await fresh.collection({ _id: 1, x: [{ y: 1 }] });
  await expect(rows.find(filter as Document).toArray()).rejects.toMatchObject(notSupported);
});

it
  .runIf(embedded)
  .each([
    [{ $out: 'x' }],
    [{ $merge: { into: 'x' } }],
    [{ $geoNear: {} }],
    [{ $bucket: {} }],
    [{ $setWindowFields: {} }],
    [{ $graphLookup: {} }],
    [{ $sample: { size: 1 } }],
    [{ $changeStream: {} }],
    [{ $bogus: {} }],
    [{ $group: { _id: 1, x: { $accumulator: {} } } }],
    [{ $project: { x: { $toHashedIndexKey: 1 } } }],
    [{ $facet: { a: [{ $bogus: {} }] } }],
  ])('refuses the stage %j', async (stage) => {
  const rows = await fresh.collection({ _id: 1 });
  await expect(rows.aggregate([stage]).toArray()).rejects.toMatchObject(notSupported);
});

it.runIf(embedded)('refuses unknown update operators', async () => {
  const rows = await fresh.collection({ _id: 1 });
  await expect(rows.updateOne({ _id: 1 }, { $bogus: { a: 1 } })).rejects.toMatchObject(notSupported);
});

it.runIf(embedded)('refuses collations, change streams, renaming and text indexes', async () => {
  const rows = await fresh.collection({ _id: 1, x: 'a' });
  await expect(rows.find({ x: 'A' }).collation({ locale: 'en', strength: 2 }).toArray()).rejects.toMatchObject({
    code: 40415,
  });
  await expect(rows.watch().next()).rejects.toMatchObject(notSupported);
  await expect(rows.rename('other')).rejects.toMatchObject({ code: 59 });
  await expect(rows.createIndex({ x: 'text' }, {}, {})).rejects.toMatchObject(notSupported);
  await expect(rows.createIndex({ x: 1 }, { collation: { locale: 'en' } }, {})).rejects.toMatchObject({ code: 40415 });
});

it.runIf(embedded)('refuses options that it does not know instead of passing them over', async () => {
  const rows = await fresh.collection({ _id: 1 });
  await expect(fresh.db.command({ find: rows.collectionName, filter: {}, tailable: true })).rejects.toMatchObject({
    code: 40415,
  });
  await expect(fresh.db.command({ create: 'capped', capped: true, size: 1 })).rejects.toMatchObject({ code: 40415 });
});

it.runIf(embedded)('refuses to compare Decimal128', async () => {
  const { Decimal128 } = await import('mongodb');
  const rows = await fresh.collection({ _id: 1, x: Decimal128.fromString('2.5') });
  await expect(rows.find({ x: { $gt: 2 } }).toArray()).rejects.toMatchObject(notSupported);
  await expect(rows.find().sort({ x: 1 }).toArray()).rejects.toMatchObject(notSupported);
  await expect(rows.updateOne({ _id: 1 }, { $inc: { x: 1 } })).rejects.toMatchObject(notSupported);
});

it('refuses a document above 16 MB, and an update that would make one', async () => {
  const rows = await fresh.collection({ _id: 1, x: Buffer.alloc(9 * 1024 * 1024) });
  await expect(rows.insertOne({ _id: 2, x: Buffer.alloc(17 * 1024 * 1024) })).rejects.toThrow();
  const larger = rows.updateOne({ _id: 1 }, { $set: { y: Buffer.alloc(9 * 1024 * 1024) } });
  await expect(larger).rejects.toThrow(embedded ? /at most 16777216/ : /.*/);
  expect(await rows.countDocuments({ y: { $exists: true } })).toBe(0);
});

it('refuses $options without an expression or beside its own, and a stage of two names', async () => {
  const rows = await fresh.collection({ _id: 1, x: 'A' });
  await expect(rows.find({ x: { $options: 'i' } } as never).toArray()).rejects.toThrow();
  await expect(rows.find({ x: { $regex: /a/i, $options: 'm' } }).toArray()).rejects.toThrow();
  await expect(rows.aggregate([{ $match: { _id: 1 }, $limit: 1 }]).toArray()).rejects.toThrow();
});

it.runIf(embedded)('refuses to look into a DBRef', async () => {
  const { DBRef, ObjectId } = await import('mongodb');
  const rows = await fresh.collection({ _id: 1, x: new DBRef('other', new ObjectId()) });
  await expect(rows.find({ 'x.$ref': 'other' }).toArray()).rejects.toMatchObject(notSupported);
});

it('refuses a mixed projection', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1, b: 1 });
  await expect(rows.findOne({}, { projection: { a: 1, b: 0 } })).rejects.toMatchObject({ code: 31254 });
});

it('refuses a hint that names no index', async () => {
  const rows = await fresh.collection({ _id: 1 });
  await expect(rows.find({}).hint('nope').toArray()).rejects.toMatchObject({ code: 2 });
});

it('refuses names that would reach into objects of the program', async () => {
  const rows = await fresh.collection({ _id: 1 });
  if (!embedded) return;
  await expect(rows.updateOne({ _id: 1 }, { $set: { '__proto__.x': 1 } })).rejects.toMatchObject({ code: 2 });
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});
