import mongoose, { Schema, type Connection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseConnection } from '../../../server/database/connect.ts';
import { startDatabase, type TestDatabase } from '../start-database.ts';

/** What mongoose promises, asked of the database behind it; the same on a MongoDB server. */
let database: TestDatabase;
let connected: DatabaseConnection;
let connection: Connection;

const townSchema: Schema = new Schema({ name: String, code: Number }).index({ name: 1 }, { unique: true });
const stationSchema: Schema = new Schema(
  {
    code: String,
    name: String,
    town: { type: Schema.Types.ObjectId, ref: 'Town' },
    tags: [String],
    lat: Number,
    photo: Buffer,
    price: Schema.Types.Decimal128,
    meta: { type: Map, of: String },
    beats: [{ at: Date, ok: Boolean }],
    secret: String,
    lastSeen: Date,
  },
  { timestamps: true, optimisticConcurrency: true },
)
  .index({ code: 1 }, { unique: true })
  .index({ town: 1, lastSeen: -1 })
  .index({ tags: 1 });
stationSchema.path('secret').select(false);
stationSchema.virtual('label').get(function () {
  return `${String(this['code'])} ${String(this['name'])}`;
});
const contentSchema: Schema = new Schema({ title: String, n: Number }, { discriminatorKey: 'kind', timestamps: true });
const partialSchema = new Schema({ a: String, on: Boolean }).index(
  { a: 1 },
  { unique: true, partialFilterExpression: { on: true } },
);

/** Fields are read loosely here: what is asked is the database, not mongoose's types. */
type AnyModel = Connection['models'][string];
let Town: AnyModel;
let Station: AnyModel;
let Content: AnyModel;

beforeAll(async () => {
  database = await startDatabase({ refuseCollectionScans: false });
  connected = await connectDatabase(database.uri);
  connection = connected.connection;
  Town = connection.model('Town', townSchema);
  Station = connection.model('Station', stationSchema);
  Content = connection.model('Content', contentSchema);
  connection.model('Partial', partialSchema);
  await connected.buildIndexes();
  const town = await Town.create({ name: '红星乡', code: 1 });
  await Station.create({
    code: 'A1',
    name: '一村',
    town: town._id,
    tags: ['a', 'b'],
    photo: Buffer.from([1, 2, 255]),
    price: '12.340',
    meta: { k: 'v' },
    beats: [{ at: new Date(5), ok: true }],
    secret: 'x',
  });
  await Station.insertMany(
    Array.from({ length: 500 }, (_, i) => ({
      code: `B${i}`,
      name: `n${i % 7}`,
      town: town._id,
      lat: i / 10,
      lastSeen: new Date(1000 * i),
      tags: [`t${i % 3}`, 'all'],
    })),
  );
});
afterAll(async () => {
  await connected.close();
  await database.stop();
});

it('gives every type back as it was stored', async () => {
  const station = await Station.findOne({ code: 'A1' });
  expect([...station.photo]).toEqual([1, 2, 255]);
  expect(station.price.toString()).toBe('12.340');
  expect(station.meta.get('k')).toBe('v');
  expect(station.beats[0].at.getTime()).toBe(5);
  expect(station.createdAt).toBeInstanceOf(Date);
  expect(station.secret).toBeUndefined();
  expect(station.get('label')).toBe('A1 一村');
  expect((await Station.findById(station._id).select('+secret')).secret).toBe('x');
});

it('refuses a second document with a unique key and says which', async () => {
  await expect(Station.create({ code: 'A1' })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { code: 1 },
    keyValue: { code: 'A1' },
  });
});

it('refuses to change an _id', async () => {
  const change = Station.updateOne({ code: 'A1' }, { $set: { _id: new mongoose.Types.ObjectId() } });
  await expect(change).rejects.toMatchObject({ code: 66 });
});

it('populates a reference', async () => {
  const station = await Station.findOne({ code: 'A1' }).populate('town').lean();
  expect(station.town.name).toBe('红星乡');
});

it('sorts, skips, limits and selects', async () => {
  const town = await Town.findOne();
  const rows = await Station.find({ town: town._id }).sort({ lastSeen: -1 }).skip(10).limit(5).select('code').lean();
  expect(rows.map((row: { code: string }) => row.code)).toEqual(['B489', 'B488', 'B487', 'B486', 'B485']);
  expect(Object.keys(rows[0]).sort()).toEqual(['_id', 'code']);
  const byName = await Station.find({}).sort({ name: 1, lat: -1 }).limit(3).lean();
  expect(byName.map((row: { code: string }) => row.code)).toEqual(['B497', 'B490', 'B483']);
  const chosen = await Station.find({ code: { $in: ['B1', 'B2'] } })
    .sort('-code')
    .lean();
  expect(chosen.map((row: { code: string }) => row.code)).toEqual(['B2', 'B1']);
});

it('counts by index, by range, by alternatives and by absence', async () => {
  expect(await Station.countDocuments({ tags: 't1' })).toBe(167);
  expect(await Station.countDocuments()).toBe(501);
  expect(await Station.estimatedDocumentCount()).toBe(501);
  expect(await Station.countDocuments({ lat: { $gte: 10, $lt: 20 } })).toBe(100);
  expect(await Station.countDocuments({ $or: [{ code: 'B1' }, { lat: 2 }] })).toBe(2);
  expect(await Station.countDocuments({ lastSeen: { $exists: false } })).toBe(1);
});

it('names the distinct values', async () => {
  expect((await Station.distinct('name', { code: /^B/ })).sort()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
});

it('streams a cursor over many batches', async () => {
  let count = 0;
  for await (const station of Station.find({ town: { $ne: null } })
    .sort({ code: 1 })
    .cursor({ batchSize: 50 }))
    count += station.code ? 1 : 0;
  expect(count).toBe(501);
});

it('updates fields, arrays and elements chosen by condition', async () => {
  await Station.updateOne(
    { code: 'B1' },
    {
      $set: { name: 'x' },
      $inc: { lat: 1 },
      $push: {
        beats: {
          $each: [
            { at: new Date(1), ok: false },
            { at: new Date(2), ok: true },
          ],
          $slice: -2,
        },
      },
      $addToSet: { tags: 'new' },
    },
  );
  await Station.updateOne({ code: 'B1', 'beats.ok': false }, { $set: { 'beats.$.ok': true } });
  await Station.updateOne(
    { code: 'B1' },
    { $set: { 'beats.$[e].at': new Date(9) } },
    { arrayFilters: [{ 'e.at': new Date(2) }] },
  );
  const station = await Station.findOne({ code: 'B1' }).lean();
  expect(station).toMatchObject({ name: 'x', tags: ['t1', 'all', 'new'] });
  expect(station.lat).toBeCloseTo(1.1);
  expect(station.beats.map((beat: { at: Date; ok: boolean }) => [beat.at.getTime(), beat.ok])).toEqual([
    [1, true],
    [9, true],
  ]);
});

it('upserts, and sets on insert only once', async () => {
  const first = await Station.updateOne(
    { code: 'UP' },
    { $set: { name: 'n' }, $setOnInsert: { lat: 5 } },
    { upsert: true },
  );
  expect(first.upsertedCount).toBe(1);
  const second = await Station.updateOne(
    { code: 'UP' },
    { $set: { name: 'm' }, $setOnInsert: { lat: 7 } },
    { upsert: true },
  );
  expect(second.modifiedCount).toBe(1);
  expect((await Station.findOne({ code: 'UP' }).lean()).lat).toBe(5);
  await Station.updateMany({ code: 'UP' }, [{ $set: { name: { $concat: ['$code', '-', '$name'] } } }], {
    updatePipeline: true,
  });
  expect((await Station.findOne({ code: 'UP' }).lean()).name).toBe('UP-m');
  expect((await Station.deleteMany({ code: 'UP' })).deletedCount).toBe(1);
});

it('finds and changes in one step, before and after', async () => {
  const made = await Station.findOneAndUpdate(
    { code: 'NEW' },
    { $set: { lat: 1 } },
    { upsert: true, returnDocument: 'after' },
  );
  expect(made.code).toBe('NEW');
  expect((await Station.findOneAndUpdate({ code: 'NEW' }, { $inc: { lat: 1 } })).lat).toBe(1);
  expect((await Station.findOneAndDelete({ code: 'NEW' })).lat).toBe(2);
});

it('notices a change by somebody else (VersionError)', async () => {
  const [a, b] = [await Station.findOne({ code: 'B2' }), await Station.findOne({ code: 'B2' })];
  a.name = 'A';
  await a.save();
  b.name = 'B';
  await expect(b.save()).rejects.toMatchObject({ name: 'VersionError' });
  a.beats.push({ at: new Date(), ok: true });
  await a.save();
  a.beats[0].ok = false;
  await a.save();
  expect((await Station.findOne({ code: 'B2' })).beats[0].ok).toBe(false);
  await a.deleteOne();
  expect(await Station.countDocuments({ code: 'B2' })).toBe(0);
});

it('keeps discriminators apart', async () => {
  const Film = Content.discriminator('film', new Schema({ seconds: Number }));
  const Live = Content.discriminator('live', new Schema({ url: String }));
  await Film.create({ title: 'f', seconds: 60 });
  await Live.create({ title: 'l', url: 'u' });
  expect(await Content.countDocuments()).toBe(2);
  expect(await Content.findOne({ kind: 'film' })).toBeInstanceOf(Film);
  await Content.deleteMany({});
});

it('writes in bulk and reports what failed', async () => {
  const result = await Content.bulkWrite([
    { insertOne: { document: { title: 'b1', n: 1 } } },
    { updateOne: { filter: { title: 'b1' }, update: { $inc: { n: 4 } } } },
    { updateOne: { filter: { title: 'b2' }, update: { $set: { n: 9 } }, upsert: true } },
    { replaceOne: { filter: { title: 'b2' }, replacement: { title: 'b3', n: 3 } } },
    { deleteOne: { filter: { title: 'nobody' } } },
  ]);
  expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 2, upsertedCount: 1, deletedCount: 0 });
  await expect(Town.insertMany([{ name: 'q1' }, { name: '红星乡' }, { name: 'q2' }])).rejects.toMatchObject({
    code: 11000,
  });
  expect(await Town.countDocuments({ name: /^q/ })).toBe(1);
  const unordered = Town.insertMany([{ name: 'w1' }, { name: '红星乡' }, { name: 'w2' }], { ordered: false });
  await expect(unordered).rejects.toMatchObject({ writeErrors: [expect.anything()] });
  expect(await Town.countDocuments({ name: /^w/ })).toBe(2);
});

it('groups, joins and unwinds', async () => {
  const rows = await Station.aggregate([
    { $match: { code: /^B/ } },
    { $group: { _id: '$town', n: { $sum: 1 }, avg: { $avg: '$lat' }, last: { $max: '$lastSeen' } } },
    { $lookup: { from: 'towns', localField: '_id', foreignField: '_id', as: 'town' } },
    { $unwind: '$town' },
    { $project: { _id: 0, name: '$town.name', n: 1, last: 1 } },
  ]);
  expect(rows).toEqual([{ name: '红星乡', n: 499, last: new Date(499_000) }]);
  const tags = await Station.aggregate([{ $unwind: '$tags' }, { $sortByCount: '$tags' }, { $limit: 1 }]);
  expect(tags[0]._id).toBe('all');
});

it('declares partial and unique indexes and finds nothing left to sync', async () => {
  expect(await Station.syncIndexes()).toEqual([]);
  const Partial = connection.model('Partial');
  await Partial.create([
    { a: 'x', on: false },
    { a: 'x', on: false },
    { a: 'x', on: true },
  ]);
  await expect(Partial.create({ a: 'x', on: true })).rejects.toMatchObject({ code: 11000 });
});

it('rolls a transaction back, and serialises those that meet', async () => {
  const failing = connection.transaction(async (session) => {
    await Town.create([{ name: 'tx1' }], { session });
    expect(await Town.countDocuments({ name: 'tx1' }).session(session)).toBe(1);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await Town.countDocuments({ name: 'tx1' })).toBe(0);
  await Town.create({ name: 'counter', code: 0 });
  const add = () =>
    connection.transaction(async (session) => {
      const counter = await Town.findOne({ name: 'counter' }).session(session);
      counter.code = Number(counter.code) + 1;
      await counter.save({ session });
    });
  await Promise.all(Array.from({ length: 8 }, add));
  expect((await Town.findOne({ name: 'counter' })).code).toBe(8);
});

it('loses none of 200 increments that come at once', async () => {
  await Promise.all(
    Array.from({ length: 200 }, () => Town.updateOne({ name: 'conc' }, { $inc: { code: 1 } }, { upsert: true })),
  );
  expect((await Town.findOne({ name: 'conc' })).code).toBe(200);
});
