import { pino } from 'pino';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase, type DatabaseConnection } from '../../../server/database/connect.ts';
import { migrateSchema, type Migration, NewerSchema } from '../../../server/database/schema-version.ts';
import { type FilmDocument, filmModel } from '../../../server/library/film-model.ts';
import { filmStore } from '../../../server/library/film-store.ts';
import { newId } from '../../../server/new-id.ts';
import { startDatabase, type TestDatabase } from '../start-database.ts';

let database: TestDatabase;
let connected: DatabaseConnection;
const stop = async () => {
  await connected.close();
  await database.stop();
};
beforeEach(async () => {
  if (database as TestDatabase | undefined) await stop();
  database = await startDatabase();
  connected = await connectDatabase(database.uri);
});
afterAll(stop);

const log = pino({ level: 'silent' });
let nowMs = 1_800_000_000_000;
const clock = () => nowMs;

/** A step that writes down that it ran. */
const step = (to: number, ran: number[]): Migration => ({
  to,
  summary: `step ${to}`,
  run: async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    ran.push(to);
  },
});
const migrate = (steps: readonly Migration[]) => migrateSchema(connected.connection, { clock, log, steps });

describe('the schema version', () => {
  it('of an empty database is the newest, and no step runs', async () => {
    const ran: number[] = [];
    expect(await migrate([step(2, ran), step(3, ran)])).toBe(3);
    expect(ran).toEqual([]);
  });

  it('goes forward step by step, each once, when two replicas start at once', async () => {
    await migrate([]);
    const ran: number[] = [];
    const steps = [step(2, ran), step(3, ran)];
    expect(await Promise.all([migrate(steps), migrate(steps)])).toEqual([3, 3]);
    expect(ran).toEqual([2, 3]);
    expect(await migrate(steps)).toBe(3);
    expect(ran).toHaveLength(2);
  });

  it('is taken up again where a replica died in the middle', async () => {
    await migrate([]);
    const ran: number[] = [];
    const dies: Migration = { to: 2, summary: 'dies', run: () => Promise.reject(new Error('power cut')) };
    await expect(migrate([dies])).rejects.toThrow('power cut');
    nowMs += 61_000;
    expect(await migrate([step(2, ran)])).toBe(2);
    expect(ran).toEqual([2]);
  });

  it('that is newer than the program is refused with the cure', async () => {
    await migrate([step(9, [])]);
    const refused = migrate([step(2, [])]);
    await expect(refused).rejects.toThrow(NewerSchema);
    await expect(refused).rejects.toThrow(/schema version 9.*start the newer program/);
  });
});

describe('data of the first release', () => {
  it('has its films found by the keys of their initials afterwards', async () => {
    await migrate([]);
    const { connection } = connected;
    await filmModel(connection).createIndexes();
    const before = { title: '水稻育秧要点', searchText: '水稻育秧要点\nsdyyyd', grams: ['水', '稻', 'sdy', 'dyy'] };
    type Stored = Pick<FilmDocument, '_id' | 'title' | 'searchText' | 'grams'>;
    await connection.collection<Stored>('films').insertOne({ _id: newId(nowMs), ...before });
    const found = async (text: string) =>
      (await filmStore(connection).page({ text }, 10, () => true)).map(({ title }) => title);
    expect(await found('sdyy')).toEqual([before.title]);
    expect(await found('7399')).toEqual([]);
    await migrateSchema(connection, { clock, log });
    expect(await found('7399')).toEqual([before.title]);
    expect(await found('sdyy')).toEqual([before.title]);
  });
});
