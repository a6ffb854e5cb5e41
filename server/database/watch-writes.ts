import type { Query, Schema } from 'mongoose';
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

/**
 * Tells every write of this process that altered something, once it is acknowledged. Only models that are defined on the
 * connection afterwards are watched. So whoever wants to know of changes needs no word of those who make them.
 */
export function watchWrites(database: Database, tell: (write: Write) => void): void {
  const watch = (schema: Schema): void => {
    // Documents within documents are written with the one around them.
    const collection = schema.get('collection');
    if (collection === undefined) return;
    const say = (kind: Write['kind'], id: unknown): void =>
      tell({ collection, kind, id: typeof id === 'string' ? id : undefined });
    schema.post('save', (document) => say('made', document._id));
    schema.post<Found>(['updateOne', 'updateMany', 'replaceOne'], ofQueries, function (counts: unknown) {
      const { upsertedCount, modifiedCount } = countSchema.parse(counts);
      if (upsertedCount > 0) say('made', this.getFilter()['_id']);
      else if (modifiedCount > 0) say('changed', this.getFilter()['_id']);
    });
    schema.post<Found>(['deleteOne', 'deleteMany'], ofQueries, function (counts: unknown) {
      if (countSchema.parse(counts).deletedCount > 0) say('gone', this.getFilter()['_id']);
    });
    schema.post('findOneAndUpdate', function (this: Found, document: unknown) {
      if (document !== null) say('changed', this.getFilter()['_id']);
    });
    schema.post('findOneAndDelete', function (this: Found, document: unknown) {
      if (document !== null) say('gone', this.getFilter()['_id']);
    });
  };
  database.plugin(watch);
}
