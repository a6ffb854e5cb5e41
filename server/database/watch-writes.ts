import mongoose, { type Query, type Schema } from 'mongoose';
import { z } from 'zod';
import type { Database } from './database.ts';

/** Something was written. */
export interface Write {
  readonly collection: string;
  readonly kind: 'made' | 'changed' | 'gone';
  /** Undefined where several documents were written, or one that was found by something else. */
  readonly id: string | undefined;
}

type Found = Query<unknown, unknown>;
const ofQueries = { document: false, query: true } as const;
const count = z.number().catch(0);
const countSchema = z.object({ modifiedCount: count, upsertedCount: count, deletedCount: count });

const listeners = new WeakMap<Database, (write: Write) => void>();

/**
 * Tells every write to a database by this process that altered something, once it is acknowledged. So whoever wants to know
 * of changes needs no word of those who make them.
 */
export function watchWrites(database: Database, tell: (write: Write) => void): void {
  listeners.set(database, tell);
}

/** A schema is compiled on the connections of all servers in a process and takes a plugin once: whose write it is, the write says. */
function tellWrites(schema: Schema): void {
  const collection = schema.get('collection');
  // Documents within documents are written with the one around them.
  if (collection === undefined) return;
  const say = (database: Database, kind: Write['kind'], id: unknown): void =>
    listeners.get(database)?.({ collection, kind, id: typeof id === 'string' ? id : undefined });
  const sayOf = (query: Found, kind: Write['kind']): void => say(query.model.db, kind, query.getFilter()['_id']);
  schema.post('save', (document) => say(document.db, 'made', document._id));
  schema.post<Found>(['updateOne', 'updateMany', 'replaceOne'], ofQueries, function (counts: unknown) {
    const { upsertedCount, modifiedCount } = countSchema.parse(counts);
    if (upsertedCount > 0) sayOf(this, 'made');
    else if (modifiedCount > 0) sayOf(this, 'changed');
  });
  schema.post<Found>(['deleteOne', 'deleteMany'], ofQueries, function (counts: unknown) {
    if (countSchema.parse(counts).deletedCount > 0) sayOf(this, 'gone');
  });
  schema.post('findOneAndUpdate', function (this: Found, document: unknown) {
    if (document !== null) sayOf(this, 'changed');
  });
  schema.post('findOneAndDelete', function (this: Found, document: unknown) {
    if (document !== null) sayOf(this, 'gone');
  });
}
mongoose.plugin(tellWrites);
