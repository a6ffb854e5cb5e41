import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BsonDocument } from '../../../server/database/embedded/bson-document.ts';
import type { Collection, IndexSpecification } from '../../../server/database/embedded/catalogue.ts';
import { storedBytes } from '../../../server/database/embedded/document-store.ts';
import { openEmbeddedDatabase, type EmbeddedDatabase } from '../../../server/database/embedded/embedded-database.ts';
import { documentOf, findRows } from '../../../server/database/embedded/find-documents.ts';
import { sortKey } from '../../../server/database/embedded/index-keys.ts';
import { compareValues, encodeKey, invertKey } from '../../../server/database/embedded/key-order.ts';
import { sortOrder } from '../../../server/database/embedded/commands/wire-fields.ts';

const folder = mkdtempSync(join(tmpdir(), 'yuanbo-plan-'));
let database: EmbeddedDatabase;
beforeAll(() => {
  database = openEmbeddedDatabase(join(folder, 'plan.db'), { synchronous: 'NORMAL' });
});
afterAll(() => {
  database.sql.close();
  rmSync(folder, { recursive: true });
});

const objectIds = ['ff00000000000000000000ff', '000000000000000000000001', '7f00000000000000000000aa'].map(
  (hex) => new ObjectId(hex),
);
const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, Number.NaN, Infinity, -Infinity, 1e308),
  fc.constantFrom('', 'a', 'ab', 'abc', 'b', '\0', 'a\0b', '红', '红星'),
  fc.constantFrom(null, true, false, ...objectIds, new Date(0), new Date(1)),
);
const value = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ c: scalar }) },
  { weight: 1, arbitrary: fc.array(fc.record({ c: scalar }), { maxLength: 2 }) },
);
const document = fc.record({ a: value, b: scalar }, { requiredKeys: [] });
const bound = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('a', 'ab', '红', true, new Date(0), ...objectIds, null),
);
const condition = fc.oneof(
  scalar,
  fc.record({ $gt: bound, $lt: bound }, { requiredKeys: [] }).filter((given) => Object.keys(given).length > 0),
  fc.record({ $gte: bound, $lte: bound }, { requiredKeys: [] }).filter((given) => Object.keys(given).length > 0),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $ne: scalar }),
  fc.record({ $exists: fc.boolean() }),
  fc.constantFrom(/^a/, /^ab*/, /^红/, /b$/),
);
const filter = fc.oneof(
  fc.record({ a: condition, b: condition, 'a.c': condition }, { requiredKeys: [] }),
  fc.record({
    $and: fc.tuple(fc.record({ a: condition }), fc.record({ a: condition, b: condition }, { requiredKeys: ['b'] })),
  }),
);
const branch = fc.record({ a: condition, b: condition }, { requiredKeys: [] });
const anyFilter = fc.oneof(
  { weight: 3, arbitrary: filter },
  {
    weight: 1,
    arbitrary: fc.record(
      { $or: fc.array(branch, { minLength: 1, maxLength: 3 }), b: condition },
      { requiredKeys: ['$or'] },
    ),
  },
);
const sort = fc.constantFrom<BsonDocument>({}, { a: 1 }, { a: -1 }, { b: 1, a: 1 }, { a: -1, b: 1 }, { 'a.c': 1 });

const direction = fc.constantFrom<1 | -1>(1, -1);
const key = fc.oneof(
  direction.map((way) => ({ a: way })),
  fc.tuple(direction, direction).map(([first, second]) => ({ a: first, b: second })),
  fc.tuple(direction, direction).map(([first, second]) => ({ b: first, a: second })),
  direction.map((way) => ({ 'a.c': way })),
);
const index = fc.record({
  key,
  sparse: fc.boolean(),
  partialFilterExpression: fc.option(
    fc.constantFrom<BsonDocument>({ b: { $exists: true } }, { b: { $gt: 0 } }, { b: 'a' }),
    { nil: undefined },
  ),
});

let made = 0;
function collectionOf(
  documents: readonly BsonDocument[],
  indexes: readonly Omit<IndexSpecification, 'name'>[],
): Collection {
  made += 1;
  const collection = database.catalogue.findOrCreate(`test.c${made}`);
  indexes.forEach((specification, at) => {
    const { partialFilterExpression, sparse } = specification;
    database.catalogue.addIndex(collection, {
      ...specification,
      name: `i${at}`,
      sparse: sparse === true && partialFilterExpression === undefined,
    });
  });
  documents.forEach((given, _id) => {
    const whole = { _id, ...given };
    database.store.insert(collection, whole, storedBytes(whole));
  });
  return collection;
}

const idsOf = (collection: Collection, asked: BsonDocument, order: BsonDocument): readonly unknown[] =>
  [...findRows(database, collection, { filter: asked, sort: sortOrder(order) })].map((row) => documentOf(row)['_id']);

const question = fc.record({ asked: anyFilter, order: sort });
const situation = fc.record({
  documents: fc.array(document, { maxLength: 12 }),
  indexes: fc.array(index, { minLength: 1, maxLength: 2 }),
  questions: fc.array(question, { minLength: 6, maxLength: 12 }),
});

it('finds with indexes exactly what reading everything finds, in an order that is as good', () => {
  const property = fc.property(situation, ({ documents, indexes, questions }) => {
    database.sql.exec('BEGIN');
    try {
      const [plain, indexed] = [collectionOf(documents, []), collectionOf(documents, indexes)];
      for (const { asked, order } of questions) {
        const [expected, found] = [idsOf(plain, asked, order), idsOf(indexed, asked, order)];
        expect([...found].sort()).toEqual([...expected].sort());
        // Equal keys may come in any order, so the order is compared by key.
        expect(keysOf(documents, order, found)).toEqual(keysOf(documents, order, expected));
      }
    } finally {
      database.sql.exec('ROLLBACK');
      database.catalogue.reload();
    }
  });
  fc.assert(property, { numRuns: 150, seed: 20260131 });
});

/** For each place of a sorted result the sort key of the document there, so that ties look alike. */
function keysOf(documents: readonly BsonDocument[], order: BsonDocument, ids: readonly unknown[]): readonly string[] {
  const fields = sortOrder(order);
  return ids.map((id) => sortKey({ _id: id, ...documents[id as number] }, fields).toString('hex'));
}

it('orders keys as it compares values, and turns the order round for descending fields', () => {
  const property = fc.property(scalar, scalar, (a, b) => {
    const order = Math.sign(compareValues(a, b));
    expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)))).toBe(order);
    expect(Math.sign(Buffer.compare(invertKey(encodeKey(b)), invertKey(encodeKey(a))))).toBe(order);
  });
  fc.assert(property, { numRuns: 2000, seed: 7 });
});
