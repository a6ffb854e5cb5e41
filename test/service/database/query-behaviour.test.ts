import { Binary, type Document, Int32, Long, ObjectId, UUID } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshCollections, openFreshCollections } from './fresh-collections.ts';

/** Each expectation is what the MongoDB manual says; the same file runs on a MongoDB server. */
let fresh: FreshCollections;
beforeAll(async () => {
  fresh = await openFreshCollections();
});
afterAll(() => fresh.stop());

const id = new ObjectId();
const uuid = new UUID();
const day = new Date(86_400_000);
const mixed: readonly Document[] = [
  { _id: 1, x: 'a' },
  { _id: 2, x: 5 },
  { _id: 3 },
  { _id: 4, x: id },
  { _id: 5, x: true },
  { _id: 6, x: day },
  { _id: 7, x: { a: 1 } },
  { _id: 8, x: null },
  { _id: 9, x: [0] },
];
const arrays: readonly Document[] = [
  { _id: 1, a: [{ b: 1 }, { b: 2 }] },
  { _id: 2, a: [1, 2] },
  { _id: 3, a: [] },
  { _id: 4, a: { b: 2 } },
  { _id: 5 },
  { _id: 6, a: [{ c: 1 }] },
  { _id: 7, a: null },
];
const numbers: readonly Document[] = [
  { _id: 1, x: 1 },
  { _id: 2, x: 10 },
  { _id: 3, x: [1, 10] },
  { _id: 4, x: [4, 5] },
  { _id: 5, x: Number.NaN },
];

type Case = readonly [name: string, documents: readonly Document[], filter: Document, found: readonly number[]];
const cases: readonly Case[] = [
  [
    'equality of embedded documents counts the order of fields',
    [{ _id: 1, x: { a: 1, b: 2 } }],
    { x: { b: 2, a: 1 } },
    [],
  ],
  ['equality of embedded documents', [{ _id: 1, x: { a: 1, b: 2 } }], { x: { a: 1, b: 2 } }, [1]],
  [
    'equality of whole arrays',
    [
      { _id: 1, x: [1, 2] },
      { _id: 2, x: [2, 1] },
    ],
    { x: [1, 2] },
    [1],
  ],
  ['an array inside an array equals its element', [{ _id: 1, x: [[1, 2], 3] }], { x: [1, 2] }, [1]],
  ['null finds null and missing fields', mixed, { x: null }, [3, 8]],
  ['$ne null', mixed, { x: { $ne: null } }, [1, 2, 4, 5, 6, 7, 9]],
  ['$exists true finds null', mixed.slice(7), { x: { $exists: true } }, [8, 9]],
  ['$exists false', mixed, { x: { $exists: false } }, [3]],
  ['$gt stays within the type', mixed, { x: { $gt: 1 } }, [2]],
  ['$lt on texts', mixed, { x: { $lt: 'b' } }, [1]],
  ['$gte null', mixed, { x: { $gte: null } }, [3, 8]],
  ['$gt null finds nothing', mixed, { x: { $gt: null } }, []],
  ['$lte true', mixed, { x: { $lte: true } }, [5]],
  ['$gte on dates', mixed, { x: { $gte: new Date(0) } }, [6]],
  ['$type string', mixed, { x: { $type: 'string' } }, [1]],
  ['$type objectId', mixed, { x: { $type: 'objectId' } }, [4]],
  ['$type date by number', mixed, { x: { $type: 9 } }, [6]],
  ['$type number looks into arrays', mixed, { x: { $type: 'number' } }, [2, 9]],
  ['$type array', mixed, { x: { $type: 'array' } }, [9]],
  ['$type null', mixed, { x: { $type: 'null' } }, [8]],
  ['$type list', mixed, { x: { $type: ['bool', 'object'] } }, [5, 7]],
  ['two bounds may be met by different elements', numbers, { x: { $gt: 4, $lt: 6 } }, [3, 4]],
  ['$elemMatch wants one element for both bounds', numbers, { x: { $elemMatch: { $gt: 4, $lt: 6 } } }, [4]],
  ['NaN equals NaN', numbers, { x: Number.NaN }, [5]],
  ['NaN is not below a number', numbers, { x: { $lt: 2 } }, [1, 3]],
  ['$gte NaN', numbers, { x: { $gte: Number.NaN } }, [5]],
  ['$in with numbers', numbers, { x: { $in: [5, 10] } }, [2, 3, 4]],
  ['$nin', numbers, { x: { $nin: [5, 10] } }, [1, 5]],
  ['$in with null', mixed, { x: { $in: [null, 'a'] } }, [1, 3, 8]],
  [
    '$in with a regular expression',
    [
      { _id: 1, x: 'abc' },
      { _id: 2, x: 'zz' },
    ],
    { x: { $in: [/^ab/, 'q'] } },
    [1],
  ],
  ['$in nothing', numbers, { x: { $in: [] } }, []],
  [
    '$all',
    [
      { _id: 1, x: [1, 2, 3] },
      { _id: 2, x: [1] },
      { _id: 3, x: 1 },
    ],
    { x: { $all: [1, 2] } },
    [1],
  ],
  ['$all of one on a scalar', [{ _id: 1, x: 1 }], { x: { $all: [1] } }, [1]],
  ['$all of nothing', [{ _id: 1, x: [1] }], { x: { $all: [] } }, []],
  [
    '$all with $elemMatch',
    [
      { _id: 1, x: [{ a: 1 }, { a: 2 }] },
      { _id: 2, x: [{ a: 1 }] },
    ],
    { x: { $all: [{ $elemMatch: { a: 1 } }, { $elemMatch: { a: 2 } }] } },
    [1],
  ],
  ['$size', arrays, { a: { $size: 2 } }, [1, 2]],
  [
    '$mod',
    [
      { _id: 1, x: 4 },
      { _id: 2, x: 5.9 },
      { _id: 3, x: -8 },
    ],
    { x: { $mod: [4, 0] } },
    [1, 3],
  ],
  ['$mod cuts fractions off', [{ _id: 1, x: 5.9 }], { x: { $mod: [4, 1] } }, [1]],
  ['$not finds missing fields', [{ _id: 1, x: 4 }, { _id: 2 }], { x: { $not: { $gt: 3 } } }, [2]],
  [
    '$not with a regular expression',
    [
      { _id: 1, x: 'ab' },
      { _id: 2, x: 'cd' },
    ],
    { x: { $not: /^a/ } },
    [2],
  ],
  [
    '$nor',
    [
      { _id: 1, x: 4 },
      { _id: 2, x: 5 },
    ],
    { $nor: [{ x: 4 }, { x: 6 }] },
    [2],
  ],
  [
    '$or and a condition beside it',
    [
      { _id: 1, x: 4, y: 1 },
      { _id: 2, x: 5, y: 1 },
      { _id: 3, x: 4 },
    ],
    { y: 1, $or: [{ x: 4 }, { x: 6 }] },
    [1],
  ],
  ['$and on one path', numbers, { $and: [{ x: 1 }, { x: 10 }] }, [3]],
  ['a path through an array of documents', arrays, { 'a.b': 2 }, [1, 4]],
  ['a path with a position', arrays, { 'a.1.b': 2 }, [1]],
  ['a position of plain values', arrays, { 'a.0': 1 }, [2]],
  ['null at the end of a path through arrays', arrays, { 'a.b': null }, [5, 6, 7]],
  ['$exists false at the end of a path', arrays, { 'a.b': { $exists: false } }, [2, 3, 5, 6, 7]],
  [
    '$elemMatch on documents',
    [
      {
        _id: 1,
        x: [
          { a: 1, b: 2 },
          { a: 2, b: 1 },
        ],
      },
      { _id: 2, x: [{ a: 1, b: 1 }] },
    ],
    { x: { $elemMatch: { a: 1, b: 1 } } },
    [2],
  ],
  [
    '$elemMatch with $or',
    [
      { _id: 1, x: [{ a: 1 }] },
      { _id: 2, x: [{ a: 3 }] },
    ],
    { x: { $elemMatch: { $or: [{ a: 1 }, { a: 2 }] } } },
    [1],
  ],
  ['a regular expression looks into arrays', [{ _id: 1, x: ['ab', 'cd'] }], { x: /^c/ }, [1]],
  ['options of a regular expression', [{ _id: 1, x: 'ABC' }], { x: { $regex: '^ab', $options: 'i' } }, [1]],
  [
    'a regular expression on Chinese text',
    [
      { _id: 1, x: '红星村党员大会' },
      { _id: 2, x: '红' },
    ],
    { x: /^红.村/ },
    [1],
  ],
  [
    '\\s knows no space but those of ASCII',
    [
      { _id: 1, x: '红 星' },
      { _id: 2, x: '红\u3000星' },
    ],
    { x: /^红\s[^\s]/ },
    [1],
  ],
  ['$ stands before a last line break too', [{ _id: 1, x: 'a\n' }], { x: /a$/ }, [1]],
  [
    'only \\n ends a line',
    [
      { _id: 1, x: 'a\nb' },
      { _id: 2, x: 'a\rb' },
    ],
    { x: /^b$/m },
    [1],
  ],
  ['a dot takes all but \\n', [{ _id: 1, x: 'a\rb' }], { x: /^a.b$/ }, [1]],
  ['a needless backslash changes nothing', [{ _id: 1, x: '😀-{b' }], { x: { $regex: '^.\\-{[\\-b\\_]' } }, [1]],
  ['a class of Unicode', [{ _id: 1, x: '红' }], { x: { $regex: '^\\p{L}$' } }, [1]],
  ['$elemMatch takes an array in the array by position', [{ _id: 1, x: [[3]] }], { x: { $elemMatch: { 0: 3 } } }, [1]],
  [
    '$expr compares two fields',
    [
      { _id: 1, a: 1, b: 2 },
      { _id: 2, a: 2, b: 1 },
    ],
    { $expr: { $lt: ['$a', '$b'] } },
    [1],
  ],
  [
    '32-bit, 64-bit and double numbers are one',
    [
      { _id: 1, x: new Int32(2) },
      { _id: 2, x: Long.fromNumber(2) },
      { _id: 3, x: 2 },
    ],
    { x: 2 },
    [1, 2, 3],
  ],
  [
    'integers beyond 2^53 are told apart',
    [
      { _id: 1, x: Long.fromString('9007199254740993') },
      { _id: 2, x: Long.fromString('9007199254740992') },
    ],
    { x: Long.fromString('9007199254740993') },
    [1],
  ],
  [
    'equality of bytes',
    [
      { _id: 1, x: new Binary(Buffer.from('ab')) },
      { _id: 2, x: new Binary(Buffer.from('ac')) },
    ],
    { x: new Binary(Buffer.from('ab')) },
    [1],
  ],
  [
    'equality of UUIDs',
    [
      { _id: 1, x: uuid },
      { _id: 2, x: new UUID() },
    ],
    { x: uuid },
    [1],
  ],
  ['minus zero is zero', [{ _id: 1, x: -0 }], { x: 0 }, [1]],
];

const speaksOf = (field: string) => cases.filter(([, , filter]) => JSON.stringify(filter).includes(`"${field}`));
describe.each([
  ['without an index', undefined, cases],
  ['with an index', { x: 1 }, speaksOf('x')],
  ['with a descending index', { x: -1 }, speaksOf('x')],
  ['with an index on the array path', { 'a.b': 1 }, speaksOf('a')],
] as const)('%s', (_name, index, asked) => {
  it.each(asked)('finds: %s', async (_case, documents, filter, found) => {
    expect(await fresh.found(documents, filter, index)).toEqual(found);
  });
});

it('sorts values of all types in the order of the manual', async () => {
  const sorted = await (await fresh.collection(...mixed)).find().sort({ x: 1, _id: 1 }).toArray();
  expect(sorted.map(({ _id }) => _id)).toEqual([3, 8, 9, 2, 1, 7, 4, 5, 6]);
});

it('sorts an array by its smallest value ascending and its largest descending', async () => {
  const rows = await fresh.collection({ _id: 1, x: [5, 9] }, { _id: 2, x: [1, 20] }, { _id: 3, x: [7] });
  expect((await rows.find().sort({ x: 1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 1, 3]);
  expect((await rows.find().sort({ x: -1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 1, 3]);
});

it('keeps the order of insertion when none is asked for', async () => {
  const rows = await fresh.collection({ _id: 3 }, { _id: 1 }, { _id: 2 });
  expect((await rows.find().toArray()).map(({ _id }) => _id)).toEqual([3, 1, 2]);
});

const shown: Document = {
  _id: 1,
  a: 1,
  b: [1, 2, 3],
  c: [
    { k: 1, l: 1 },
    { k: 2, l: 2 },
  ],
  d: { e: 1, f: 2 },
};
it.each([
  ['inclusion in the order of the document', { b: 1, a: 1 }, { _id: 1, a: 1, b: [1, 2, 3] }],
  ['exclusion', { a: 0, c: 0, d: 0 }, { _id: 1, b: [1, 2, 3] }],
  ['without _id', { _id: 0, a: 1 }, { a: 1 }],
  ['a path', { 'd.e': 1 }, { _id: 1, d: { e: 1 } }],
  ['a path through an array', { 'c.k': 1 }, { _id: 1, c: [{ k: 1 }, { k: 2 }] }],
  ['exclusion through an array', { 'c.k': 0, a: 0, b: 0, d: 0 }, { _id: 1, c: [{ l: 1 }, { l: 2 }] }],
  ['$slice beside an inclusion', { a: 1, b: { $slice: 2 } }, { _id: 1, a: 1, b: [1, 2] }],
  ['$slice from the end', { b: { $slice: -1 }, a: 0, c: 0, d: 0 }, { _id: 1, b: [3] }],
  ['$slice with a skip', { a: 1, b: { $slice: [1, 1] } }, { _id: 1, a: 1, b: [2] }],
  ['$elemMatch', { c: { $elemMatch: { k: 2 } } }, { _id: 1, c: [{ k: 2, l: 2 }] }],
  ['a computed field', { _id: 0, sum: { $add: ['$a', 1] } }, { sum: 2 }],
])('projects: %s', async (_name, projection, expected) => {
  const rows = await fresh.collection(shown);
  const row = await rows.findOne({}, { projection });
  expect(row).toEqual(expected);
  expect(Object.keys(row ?? {})).toEqual(Object.keys(expected));
});

it('projects the element that the filter found', async () => {
  const rows = await fresh.collection(shown);
  expect(await rows.findOne({ 'c.k': 2 }, { projection: { 'c.$': 1 } })).toEqual({ _id: 1, c: [{ k: 2, l: 2 }] });
});

it('counts, skips and limits', async () => {
  const rows = await fresh.collection(...numbers);
  expect(await rows.countDocuments({}, { skip: 2 })).toBe(3);
  expect(await rows.countDocuments({ x: 1 }, { limit: 1 })).toBe(1);
  expect((await rows.find().sort({ _id: -1 }).skip(1).limit(2).toArray()).map(({ _id }) => _id)).toEqual([4, 3]);
});

it('names distinct values, elements of arrays singly', async () => {
  const rows = await fresh.collection(...numbers.slice(0, 4));
  expect(await rows.distinct('x')).toEqual([1, 4, 5, 10]);
});

it('gives 64-bit integers back exactly', async () => {
  const exact = Long.fromString('1152921504606846977');
  const rows = await fresh.collection({ _id: 1, x: exact });
  await rows.updateOne({ _id: 1 }, { $set: { y: 1 } });
  expect(String((await rows.findOne({}, { promoteLongs: false }))?.['x'])).toBe(String(exact));
});
