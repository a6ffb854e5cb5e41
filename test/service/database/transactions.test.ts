import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, MongoServerError } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../../server/database/embedded/wire-server.ts';
import type { CollectionScan } from '../../../server/database/embedded/embedded-database.ts';

/** The embedded server's own promises: transactions, retries, cursors, limits, the slow log. */
const folder = mkdtempSync(join(tmpdir(), 'yuanbo-tx-'));
const scans: CollectionScan[] = [];
let server: RunningServer;
let client: MongoClient;
interface Row {
  _id: number | string;
  n?: number;
  at?: Date;
  text?: string;
}
const rows = () => client.db('test').collection<Row>('rows');

beforeAll(async () => {
  const place = { file: join(folder, 'a.db'), socket: join(folder, 'a.sock') };
  server = await startServer(place, {
    scanLimit: 10,
    sortBytes: 200_000,
    onCollectionScan: (scan) => scans.push(scan),
    synchronous: 'NORMAL',
  });
  client = await MongoClient.connect(server.uri('test'));
});
afterAll(async () => {
  await client.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

it('shows nothing of an open transaction to others, who wait for its end', async () => {
  const session = client.startSession();
  session.startTransaction();
  await rows().insertOne({ _id: 'tx', n: 1 }, { session });
  const seenBeside = rows().countDocuments({ _id: 'tx' });
  expect(await rows().countDocuments({ _id: 'tx' }, { session })).toBe(1);
  await session.abortTransaction();
  expect(await seenBeside).toBe(0);
  await session.endSession();
});

it('ends a transaction in which a statement is refused', async () => {
  await rows().insertOne({ _id: 'taken' });
  const session = client.startSession();
  session.startTransaction();
  await rows().insertOne({ _id: 'first' }, { session });
  await expect(rows().insertOne({ _id: 'taken' }, { session })).rejects.toMatchObject({ code: 11000 });
  await expect(rows().insertOne({ _id: 'later' }, { session })).rejects.toMatchObject({ code: 251 });
  await session.abortTransaction();
  await session.endSession();
  expect(await rows().countDocuments({ _id: { $in: ['first', 'later'] } })).toBe(0);
});

it('ends a transaction that stands idle while others wait, as one that forgot its session would', async () => {
  const session = client.startSession();
  session.startTransaction();
  await rows().insertOne({ _id: 'idle' }, { session });
  const waiting = rows().insertOne({ _id: 'waiting' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await server.sweep(Date.now() + 6_000);
  await waiting;
  const error: unknown = await session.commitTransaction().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(MongoServerError);
  expect((error as MongoServerError).hasErrorLabel('TransientTransactionError')).toBe(true);
  await session.endSession();
  expect(await rows().countDocuments({ _id: 'idle' })).toBe(0);
});

it('answers a repeated write with the first answer instead of a second effect', async () => {
  await rows().insertOne({ _id: 'counter', n: 0 });
  const retrying = await MongoClient.connect(server.uri('test'));
  const session = retrying.startSession();
  const send = () => {
    const updates = [{ q: { _id: 'counter' }, u: { $inc: { n: 1 } } }];
    return retrying.db('test').command({ update: 'rows', updates, txnNumber: 1000n }, { session });
  };
  const [first, again] = [await send(), await send()];
  expect(first['nModified']).toBe(1);
  expect(again).toEqual(first);
  expect((await rows().findOne({ _id: 'counter' }))?.n).toBe(1);
  await retrying.close();
});

it('deletes what a TTL index lets expire', async () => {
  await rows().createIndex({ at: 1 }, { expireAfterSeconds: 60 }, {});
  await rows().insertMany([
    { _id: 'old', at: new Date(1_000_000) },
    { _id: 'new', at: new Date(2_000_000) },
    { _id: 'never' },
  ]);
  await server.sweep(1_900_000);
  expect(await rows().countDocuments({ _id: { $in: ['old', 'new', 'never'] } })).toBe(2);
});

it('deletes by a partial TTL index only what the index holds', async () => {
  const some = client.db('test').collection<Row>('some');
  const partialFilterExpression = { n: { $gt: 1 } };
  await some.createIndex({ at: 1 }, { expireAfterSeconds: 60, partialFilterExpression }, {});
  await some.insertMany([
    { _id: 'kept', at: new Date(1_000_000), n: 1 },
    { _id: 'gone', at: new Date(1_000_000), n: 2 },
  ]);
  await server.sweep(1_900_000);
  expect((await some.find().toArray()).map(({ _id }) => _id)).toEqual(['kept']);
});

it('reports a collection scan above the limit, and not one that reads everything on purpose', async () => {
  const many = client.db('test').collection<Row>('many');
  await many.insertMany(Array.from({ length: 50 }, (_, n) => ({ _id: n, n })));
  scans.length = 0;
  await many.find({}).toArray();
  await many.find({ _id: 7 }).toArray();
  await many.find({}).sort({ _id: -1 }).toArray();
  expect(scans).toEqual([]);
  await many.find({ n: 7 }).toArray();
  expect(scans).toMatchObject([{ namespace: 'test.many', filter: { n: 7 } }]);
});

it('refuses a sort that would hold too much, unless few are wanted', async () => {
  const large = client.db('test').collection<Row>('large');
  await large.insertMany(Array.from({ length: 400 }, (_, n) => ({ _id: n, n: n % 100, text: 'x'.repeat(1000) })));
  await expect(large.find().sort({ n: 1 }).toArray()).rejects.toMatchObject({ code: 292 });
  await expect(large.aggregate([{ $group: { _id: '$_id', all: { $push: '$text' } } }]).toArray()).rejects.toMatchObject(
    { code: 292 },
  );
  expect((await large.find().sort({ n: -1, _id: 1 }).limit(2).toArray()).map(({ _id }) => _id)).toEqual([99, 199]);
});

it('gives up when the time of a command is over', async () => {
  const pipeline = [{ $match: { $expr: { $gt: [{ $sum: { $range: [0, 20_000] } }, 0] } } }];
  const large = client.db('test').collection<Row>('large');
  await expect(large.aggregate(pipeline, { maxTimeMS: 20 }).toArray()).rejects.toMatchObject({ code: 50 });
});

it('closes cursors that are read to the end, closed, or forgotten', async () => {
  const large = client.db('test').collection<Row>('large');
  const cursor = large.find({}, { batchSize: 10 });
  await cursor.next();
  const id = cursor.id;
  await server.sweep(Date.now() + 11 * 60_000);
  const next = client.db('test').command({ getMore: id, collection: 'large' });
  await expect(next).rejects.toMatchObject({ code: 43 });
  await cursor.close();
});

it('reads on through a cursor while documents come and go', async () => {
  const moving = client.db('test').collection<Row>('moving');
  await moving.insertMany(Array.from({ length: 500 }, (_, n) => ({ _id: n, n })));
  await moving.createIndex({ n: 1 }, {}, {});
  const seen: unknown[] = [];
  for await (const { _id } of moving.find({ n: { $gte: 0 } }, { batchSize: 20 }).sort({ n: 1 })) {
    seen.push(_id);
    if (seen.length === 50) await moving.deleteMany({ n: { $gte: 400 } });
    if (seen.length === 60) await moving.insertOne({ _id: 1000, n: 399.5 });
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThanOrEqual(400);
});

it('refuses a second owner of the file in one sentence', async () => {
  const second = startServer({ file: join(folder, 'a.db'), socket: join(folder, 'b.sock') });
  await expect(second).rejects.toThrow(/is in use by another database process: stop that one first/);
});

it('drops a connection that does not speak the protocol and serves the others', async () => {
  const { connect } = await import('node:net');
  const closed = new Promise((resolve) => {
    const socket = connect(join(folder, 'a.sock'));
    socket.on('error', () => undefined);
    socket.once('close', resolve);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(10));
  });
  await closed;
  expect((await client.db('test').command({ ping: 1 }))['ok']).toBe(1);
});
