import { BSON, Decimal128, type Document, Double, Long } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshCollections, openFreshCollections } from './fresh-collections.ts';

/** Each expectation is what the MongoDB manual says; the same file runs on a MongoDB server. */
let fresh: FreshCollections;
beforeAll(async () => {
  fresh = await openFreshCollections();
});
afterAll(() => fresh.stop());

type Case = readonly [name: string, before: Document, update: Document, after: Document];
const cases: readonly Case[] = [
  [
    '$set makes the way and keeps the order of fields',
    { a: 1, z: 2 },
    { $set: { 'm.n': 1, a: 5 } },
    { a: 5, z: 2, m: { n: 1 } },
  ],
  ['$set adds new fields in the order of their names', {}, { $set: { b: 1, a: 1 } }, { a: 1, b: 1 }],
  ['$set of an element', { a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }],
  ['$set beyond the end fills with null', { a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '' } }, { b: { d: 2 } }],
  ['$unset of an element leaves null', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
  ['$inc and $mul', { a: 5, b: 2 }, { $inc: { a: -2, c: 1 }, $mul: { b: 3, d: 4 } }, { a: 3, b: 6, c: 1, d: 0 }],
  ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3, c: 1 }, $max: { b: 9 } }, { a: 3, b: 9, c: 1 }],
  ['$max by the order of types', { a: 5 }, { $max: { a: 'x' } }, { a: 'x' }],
  ['$rename', { a: 1, b: { c: 2 } }, { $rename: { a: 'aa', 'b.c': 'c' } }, { b: {}, aa: 1, c: 2 }],
  ['$rename of a missing field', { a: 1 }, { $rename: { x: 'y' } }, { a: 1 }],
  ['$bit', { a: 13, b: 3, c: 1 }, { $bit: { a: { and: 10 }, b: { or: 4 }, c: { xor: 5 } } }, { a: 8, b: 7, c: 4 }],
  ['$push', { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
  ['$push of an array as one element', { a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  ['$push $each $position', { a: [3, 1] }, { $push: { a: { $each: [2], $position: 0 } } }, { a: [2, 3, 1] }],
  ['$push $sort', { a: [3, 1] }, { $push: { a: { $each: [2], $sort: 1 } } }, { a: [1, 2, 3] }],
  [
    '$push $sort by a field',
    { a: [{ k: 2 }, { k: 1 }] },
    { $push: { a: { $each: [], $sort: { k: 1 } } } },
    { a: [{ k: 1 }, { k: 2 }] },
  ],
  ['$push $slice from the end', { a: [1, 2] }, { $push: { a: { $each: [3, 4], $slice: -3 } } }, { a: [2, 3, 4] }],
  ['$addToSet', { a: [1, { b: 1 }] }, { $addToSet: { a: { $each: [1, 2, 2, { b: 1 }] } } }, { a: [1, { b: 1 }, 2] }],
  ['$pop first and last', { a: [1, 2, 3], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2] }],
  ['$pull by condition', { a: [1, 5, 9, 9] }, { $pull: { a: { $gte: 9 } } }, { a: [1, 5] }],
  ['$pull by value', { a: [1, 5, 1] }, { $pull: { a: 1 } }, { a: [5] }],
  ['$pull of documents by part', { a: [{ k: 1, l: 1 }, { k: 2 }] }, { $pull: { a: { k: 1 } } }, { a: [{ k: 2 }] }],
  ['$pull from a missing field', { b: 1 }, { $pull: { a: 1 } }, { b: 1 }],
  ['$pullAll', { a: [1, 2, 1, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$[] changes every element', { a: [1, 2] }, { $inc: { 'a.$[]': 1 } }, { a: [2, 3] }],
  ['$[] on documents', { a: [{ k: 1 }, { k: 2 }] }, { $set: { 'a.$[].k': 0 } }, { a: [{ k: 0 }, { k: 0 }] }],
];

it.each(cases)('updates: %s', async (_name, before, update, after) => {
  const rows = await fresh.collection({ _id: 1, ...before });
  await rows.updateOne({ _id: 1 }, update);
  const row = await rows.findOne();
  expect(row).toEqual({ _id: 1, ...after });
  expect(Object.keys(row ?? {})).toEqual(['_id', ...Object.keys(after)]);
});

it('changes the element that the filter found', async () => {
  const rows = await fresh.collection({ _id: 1, a: [{ k: 1 }, { k: 2 }], b: [5, 6] });
  await rows.updateOne({ 'a.k': 2 }, { $set: { 'a.$.done': true } });
  await rows.updateOne({ b: 6 }, { $set: { 'b.$': 7 } });
  await rows.updateOne({ a: { $elemMatch: { k: 1 } } }, { $set: { 'a.$.k': 3 } });
  expect(await rows.findOne()).toEqual({ _id: 1, a: [{ k: 3 }, { k: 2, done: true }], b: [5, 7] });
});

it('changes the elements that an array filter names', async () => {
  const rows = await fresh.collection({
    _id: 1,
    a: [
      { k: 1, n: 0 },
      { k: 5, n: 0 },
      { k: 9, n: 0 },
    ],
  });
  const arrayFilters = [{ 'e.k': { $gte: 5 } }];
  await rows.updateOne({ _id: 1 }, { $inc: { 'a.$[e].n': 1 } }, { arrayFilters });
  expect((await rows.findOne())?.['a']).toEqual([
    { k: 1, n: 0 },
    { k: 5, n: 1 },
    { k: 9, n: 1 },
  ]);
});

it('sets the current date', async () => {
  const rows = await fresh.collection({ _id: 1 });
  await rows.updateOne({ _id: 1 }, { $currentDate: { at: true } });
  expect((await rows.findOne())?.['at']).toBeInstanceOf(Date);
});

it('counts an update that changes nothing as matched only', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1 });
  expect(await rows.updateOne({ _id: 1 }, { $set: { a: 1 } })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
});

it('builds an upserted document from the equalities of the filter', async () => {
  const rows = await fresh.collection();
  await rows.updateOne(
    { _id: 7, a: 1, 'b.c': 2, d: { $gt: 5 }, $and: [{ e: { $eq: 3 } }] },
    { $set: { z: 1 } },
    { upsert: true },
  );
  expect(await rows.findOne()).toEqual({ _id: 7, a: 1, b: { c: 2 }, e: 3, z: 1 });
});

it('replaces a document and keeps its _id', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1 });
  await rows.replaceOne({ _id: 1 }, { b: 2 });
  expect(await rows.findOne()).toEqual({ _id: 1, b: 2 });
});

it('updates all that match, once each, though the update moves them in the index', async () => {
  const rows = await fresh.collection(...Array.from({ length: 300 }, (_, n) => ({ _id: n, n })));
  await rows.createIndex({ n: 1 }, {}, {});
  expect((await rows.updateMany({ n: { $gte: 0 } }, { $inc: { n: 1000 } })).modifiedCount).toBe(300);
  expect(await rows.countDocuments({ n: { $gte: 1000, $lt: 1300 } })).toBe(300);
});

it('keeps the class of numbers that it does not touch', async () => {
  const rows = await fresh.collection({ _id: 1, x: new Double(1), y: Long.fromNumber(5) });
  await rows.updateOne({ _id: 1 }, { $set: { z: 1 } });
  await rows.updateOne({ _id: 1 }, [{ $set: { w: { $add: ['$z', 1] } } }]);
  const row = await rows.findOne({}, { promoteValues: false });
  expect(classesOf(row)).toEqual(['Double', 'Long']);
});

const classesOf = (row: Document | null) =>
  [row?.['x'], row?.['y']].map((value: { _bsontype: string }) => value._bsontype);

it('stores the class of numbers of a document that came without an _id', async () => {
  const rows = await fresh.collection();
  await rows.insertOne({ x: new Double(1), y: Long.fromNumber(5) } as never);
  expect(classesOf(await rows.findOne({}, { promoteValues: false }))).toEqual(['Double', 'Long']);
});

it('answers the class of numbers of a document that it changed', async () => {
  const rows = await fresh.collection({ _id: 1, x: new Double(1), y: Long.fromNumber(5) });
  const options = { promoteValues: false, returnDocument: 'after' } as const;
  expect(classesOf(await rows.findOneAndUpdate({ _id: 1 }, { $set: { z: 1 } }, options))).toEqual(['Double', 'Long']);
  expect(classesOf(await rows.findOneAndDelete({ _id: 1 }, options))).toEqual(['Double', 'Long']);
});

it('takes 0 for false in the conditions on elements', async () => {
  const rows = await fresh.collection({ _id: 1, a: [{ k: 1 }, {}] });
  await rows.updateOne({ _id: 1 }, { $set: { 'a.$[e].z': 1 } }, { arrayFilters: [{ 'e.k': { $exists: 0 } }] });
  expect((await rows.findOne())?.['a']).toEqual([{ k: 1 }, { z: 1 }]);
});

it('refuses an upsert whose filter names a field twice', async () => {
  const rows = await fresh.collection();
  const twice = rows.updateOne({ $and: [{ a: 1 }, { a: 2 }] }, { $set: { b: 1 } }, { upsert: true });
  await expect(twice).rejects.toMatchObject({ code: 54 });
});

it('adds to 64-bit integers exactly', async () => {
  const rows = await fresh.collection({ _id: 1, x: Long.fromString('9007199254740993') });
  await rows.updateOne({ _id: 1 }, { $inc: { x: 2 } });
  expect(String((await rows.findOne({}, { promoteLongs: false }))?.['x'])).toBe('9007199254740995');
});

it('finds and changes the first in an order', async () => {
  const rows = await fresh.collection({ _id: 1, p: 2 }, { _id: 2, p: 1 });
  expect((await rows.findOneAndUpdate({}, { $set: { t: 1 } }, { sort: { p: 1 } }))?._id).toBe(2);
});

it('answers the largest document that there may be', async () => {
  const rows = await fresh.collection();
  const overhead = BSON.calculateObjectSize({ _id: 1, x: '' });
  await rows.insertOne({ _id: 1, x: 'x'.repeat(16 * 1024 * 1024 - overhead) });
  expect((await rows.findOneAndDelete({ _id: 1 }))?._id).toBe(1);
});

it('deletes exactly one, the first', async () => {
  const rows = await fresh.collection({ _id: 1, a: 1 }, { _id: 2, a: 1 });
  await rows.deleteOne({ a: 1 });
  expect((await rows.find().toArray()).map(({ _id }) => _id)).toEqual([2]);
});

type Refusal = readonly [name: string, before: Document, update: Document, code: number];
const refusals: readonly Refusal[] = [
  ['$inc of a text', { a: 's' }, { $inc: { a: 1 } }, 14],
  ['$push on a text', { a: 's' }, { $push: { a: 1 } }, 2],
  ['two operators on one path', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['two operators on a path and its inside', {}, { $set: { a: {}, 'a.b': 1 } }, 40],
  ['a field inside a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['a name inside an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
  ['another _id', {}, { $set: { _id: 2 } }, 66],
  ['$ without a condition on the array', { a: [1] }, { $set: { 'a.$': 2 } }, 2],
  ['an unknown array filter', { a: [1] }, { $set: { 'a.$[x]': 2 } }, 2],
];
it.each(refusals)('refuses as MongoDB does: %s', async (_name, before, update, code) => {
  const rows = await fresh.collection({ _id: 1, ...before });
  await expect(rows.updateOne({ _id: 1 }, update)).rejects.toMatchObject({ code });
  expect(await rows.findOne()).toEqual({ _id: 1, ...before });
});

it('stores and gives back Decimal128', async () => {
  const rows = await fresh.collection({ _id: 1, x: Decimal128.fromString('2.50') });
  expect(String((await rows.findOne())?.['x'])).toBe('2.50');
});
