import { mongo } from 'mongoose';
import type { Database } from './database.ts';

const { EJSON } = mongo.BSON;

/** One document as canonical extended JSON, which keeps every BSON type. */
export interface DumpedDocument {
  /** Its collection. */
  readonly c: string;
  readonly d: string;
}

const batch = 500;

/** Every document of a database, collection by collection. Indexes are not told: models make them at the next start. */
export async function* dumpDatabase(database: Database): AsyncGenerator<DumpedDocument> {
  const names = (await database.listCollections())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'));
  for (const c of names.sort()) {
    for await (const document of database.collection(c).find({}, { batchSize: batch })) {
      yield { c, d: EJSON.stringify(document, { relaxed: false }) };
    }
  }
}

/** Says whether a database holds no document yet. */
export async function isEmptyDatabase(database: Database): Promise<boolean> {
  for (const { name } of await database.listCollections()) {
    if ((await database.collection(name).findOne({})) !== null) return false;
  }
  return true;
}

/** Inserts dumped documents in batches; answers how many. */
export async function loadDatabase(database: Database, documents: AsyncIterable<DumpedDocument>): Promise<number> {
  let count = 0;
  let waiting: DumpedDocument[] = [];
  const flush = async () => {
    const [first] = waiting;
    if (first === undefined) return;
    await database.collection(first.c).insertMany(waiting.map(({ d }) => EJSON.parse(d, { relaxed: false }) as object));
    count += waiting.length;
    waiting = [];
  };
  for await (const document of documents) {
    if (waiting.length >= batch || (waiting[0] !== undefined && waiting[0].c !== document.c)) await flush();
    waiting.push(document);
  }
  await flush();
  return count;
}
