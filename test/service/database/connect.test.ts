import { type Connection, Schema } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseConnection } from '../../../server/database/connect.ts';
import { startDatabase, type TestDatabase } from '../start-database.ts';

const villages: Schema = new Schema({ name: String, population: Number }).index({ name: 1 }, { unique: true });

let database: TestDatabase;
let connection: DatabaseConnection;
let Village: Connection['models'][string];
beforeAll(async () => {
  database = await startDatabase();
  connection = await connectDatabase(database.uri);
  Village = connection.connection.model('Village', villages);
  await connection.buildIndexes();
});
afterAll(async () => {
  await connection.close();
  await database.stop();
});

it('makes the indexes of the models that are defined', async () => {
  expect(Object.keys(await Village.collection.indexInformation())).toContain('name_1');
});

it.runIf((process.env['MONGODB_URI'] ?? '') === '')(
  'makes a query that no index answers fail in a test, even while there is nothing to read',
  async () => {
    await Village.deleteMany({});
    await expect(Village.find({ population: 812 })).rejects.toMatchObject({ code: 291 });
    await expect(Village.find({}).sort({ population: 1 })).rejects.toMatchObject({ code: 291 });
    await expect(Village.find({ name: /^红/ }).sort({ population: 1 })).resolves.toEqual([]);
  },
);

it('answers a ping', async () => {
  await expect(connection.ping()).resolves.toBeUndefined();
});

it('writes and reads a document', async () => {
  await Village.create({ name: '红星村', population: 812 });
  expect((await Village.findOne({ name: '红星村' }).lean())?.population).toBe(812);
});
