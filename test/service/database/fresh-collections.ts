import { type Collection, type Db, MongoClient, type Document } from 'mongodb';
import { startDatabase } from '../start-database.ts';

/** Documents whose `_id` is a number, so that results are easy to name. */
export type Numbered = Document & { _id: number };

/** A driver on a database of its own. */
export interface FreshCollections {
  readonly db: Db;
  /** A new collection with these documents. */
  readonly collection: (...documents: readonly Document[]) => Promise<Collection<Numbered>>;
  /** The ids that a filter finds, in order of `_id`. */
  readonly found: (documents: readonly Document[], filter: Document, index?: Document) => Promise<readonly number[]>;
  readonly stop: () => Promise<void>;
}

/** Connects the plain driver to an empty database; scans are allowed because these collections hold a handful. */
export async function openFreshCollections(): Promise<FreshCollections> {
  const database = await startDatabase({ refuseCollectionScans: false });
  const client = await MongoClient.connect(database.uri);
  const db = client.db();
  let made = 0;
  const collection = async (...documents: readonly Document[]) => {
    made += 1;
    const fresh = db.collection<Numbered>(`c${made}`);
    if (documents.length > 0) await fresh.insertMany(documents as Numbered[]);
    return fresh;
  };
  return {
    db,
    collection,
    async found(documents, filter, index) {
      const fresh = await collection(...documents);
      if (index !== undefined) await fresh.createIndex(index, {}, {});
      return (await fresh.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    },
    async stop() {
      await client.close();
      await database.stop();
    },
  };
}
