import { type Document, ObjectId } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshCollections, openFreshCollections } from './fresh-collections.ts';

/** Each expectation is what the MongoDB manual says; the same file runs on a MongoDB server. */
let fresh: FreshCollections;
beforeAll(async () => {
  fresh = await openFreshCollections();
});
afterAll(() => fresh.stop());

const id = new ObjectId('64b000000000000000000001');
const at = new Date('2026-01-31T16:30:45.678Z');
const row: Document = {
  _id: 1,
  a: 7,
  b: 2,
  n: -3,
  s: 'Hello 红星',
  list: [3, 1, 2],
  docs: [
    { k: 'x', v: 1 },
    { k: 'y', v: 2 },
  ],
  sub: { p: 1, q: 2 },
  at,
  id,
  nothing: null,
  empty: [],
  yes: true,
};
const shanghai = 'Asia/Shanghai';

type Case = readonly [expression: unknown, value: unknown];
const missing = 'field is missing';
const cases: readonly Case[] = [
  [{ $add: ['$a', '$b', 1] }, 10],
  [{ $add: ['$a', '$nothing'] }, null],
  [{ $add: ['$at', 1000] }, new Date(at.getTime() + 1000)],
  [{ $subtract: ['$at', new Date(at.getTime() - 5)] }, 5],
  [{ $subtract: ['$a', '$b'] }, 5],
  [{ $multiply: ['$a', '$b'] }, 14],
  [{ $divide: ['$a', '$b'] }, 3.5],
  [{ $mod: ['$n', 2] }, -1],
  [{ $abs: '$n' }, 3],
  [{ $floor: 2.7 }, 2],
  [{ $ceil: 2.1 }, 3],
  [{ $round: [2.5] }, 2],
  [{ $round: [3.5, 0] }, 4],
  [{ $round: [2.675, 2] }, 2.67],
  [{ $round: [-2.5, 0] }, -2],
  [{ $round: [1250, -2] }, 1200],
  [{ $trunc: [2.99, 1] }, 2.9],
  [{ $trunc: [-2.99] }, -2],
  [{ $eq: ['$missing', null] }, false],
  [{ $eq: ['$nothing', null] }, true],
  [{ $lt: ['$missing', null] }, true],
  [{ $gt: ['$s', '$a'] }, true],
  [{ $cmp: ['$a', '$b'] }, 1],
  [{ $and: ['$yes', 1, 'text'] }, true],
  [{ $and: ['$yes', 0] }, false],
  [{ $or: ['$nothing', '$missing'] }, false],
  [{ $not: ['$nothing'] }, true],
  [{ $cond: [{ $gt: ['$a', 5] }, 'big', 'small'] }, 'big'],
  [{ $cond: { if: '$nothing', then: 1, else: 2 } }, 2],
  [{ $ifNull: ['$missing', '$nothing', 'default'] }, 'default'],
  [
    {
      $switch: {
        branches: [
          { case: { $eq: ['$a', 1] }, then: 'one' },
          { case: '$yes', then: 'yes' },
        ],
        default: 'no',
      },
    },
    'yes',
  ],
  [{ $let: { vars: { x: '$a', y: 2 }, in: { $add: ['$$x', '$$y'] } } }, 9],
  [{ $literal: '$a' }, '$a'],
  ['$docs.v', [1, 2]],
  ['$docs.z', []],
  ['$list.0', []],
  ['$sub.p', 1],
  ['$sub.z', missing],
  ['$a.b', missing],
  ['$$ROOT.a', 7],
  [
    ['$a', '$missing'],
    [7, null],
  ],
  [{ x: '$a', y: '$missing' }, { x: 7 }],
  [{ $size: '$list' }, 3],
  [{ $isArray: ['$list'] }, true],
  [{ $in: [2, '$list'] }, true],
  [{ $arrayElemAt: ['$list', -1] }, 2],
  [{ $arrayElemAt: ['$list', 9] }, missing],
  [{ $first: '$list' }, 3],
  [{ $last: '$list' }, 2],
  [{ $first: '$empty' }, missing],
  [{ $slice: ['$list', 2] }, [3, 1]],
  [{ $slice: ['$list', -2] }, [1, 2]],
  [{ $slice: ['$list', 1, 1] }, [1]],
  [{ $concatArrays: ['$list', [9], '$empty'] }, [3, 1, 2, 9]],
  [{ $concatArrays: ['$list', '$nothing'] }, null],
  [{ $reverseArray: '$list' }, [2, 1, 3]],
  [{ $range: [0, 10, 4] }, [0, 4, 8]],
  [{ $indexOfArray: ['$list', 1] }, 1],
  [{ $map: { input: '$list', as: 'n', in: { $multiply: ['$$n', '$b'] } } }, [6, 2, 4]],
  [{ $map: { input: '$list', in: '$$this' } }, [3, 1, 2]],
  [{ $filter: { input: '$docs', as: 'd', cond: { $gt: ['$$d.v', 1] } } }, [{ k: 'y', v: 2 }]],
  [{ $filter: { input: '$list', cond: true, limit: 2 } }, [3, 1]],
  [{ $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
  [{ $sortArray: { input: '$list', sortBy: -1 } }, [3, 2, 1]],
  [
    { $sortArray: { input: '$docs', sortBy: { v: -1 } } },
    [
      { k: 'y', v: 2 },
      { k: 'x', v: 1 },
    ],
  ],
  [{ $setIsSubset: [[1, 2], '$list'] }, true],
  [{ $setEquals: [[1, 2, 3, 3], '$list'] }, true],
  [{ $sortArray: { input: { $setUnion: ['$list', [5, 1]] }, sortBy: 1 } }, [1, 2, 3, 5]],
  [{ $sortArray: { input: { $setIntersection: ['$list', [1, 9, 3]] }, sortBy: 1 } }, [1, 3]],
  [{ $setDifference: ['$list', [1]] }, [3, 2]],
  [{ $anyElementTrue: [[0, null, 1]] }, true],
  [{ $allElementsTrue: [[1, 0]] }, false],
  [{ $mergeObjects: ['$sub', { q: 3 }, null] }, { p: 1, q: 3 }],
  [
    { $objectToArray: '$sub' },
    [
      { k: 'p', v: 1 },
      { k: 'q', v: 2 },
    ],
  ],
  [{ $arrayToObject: '$docs' }, { x: 1, y: 2 }],
  [{ $min: '$list' }, 1],
  [{ $max: ['$a', '$b', '$nothing'] }, 7],
  [{ $sum: '$list' }, 6],
  [{ $sum: ['$a', 'text'] }, 7],
  [{ $avg: '$list' }, 2],
  [{ $concat: ['$s', '!'] }, 'Hello 红星!'],
  [{ $concat: ['$s', '$nothing'] }, null],
  [{ $toUpper: '$s' }, 'HELLO 红星'],
  [{ $toLower: '$nothing' }, ''],
  [{ $strLenCP: '$s' }, 8],
  [{ $substrCP: ['$s', 6, 1] }, '红'],
  [{ $indexOfCP: ['$s', '星'] }, 7],
  [{ $split: ['a,b,,c', ','] }, ['a', 'b', '', 'c']],
  [{ $trim: { input: '  x y ' } }, 'x y'],
  [{ $ltrim: { input: 'xxay', chars: 'x' } }, 'ay'],
  [{ $rtrim: { input: 'ayxx', chars: 'x' } }, 'ay'],
  [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b-c'],
  [{ $replaceOne: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b.c'],
  [{ $regexMatch: { input: '$s', regex: '^hello', options: 'i' } }, true],
  [{ $toString: '$a' }, '7'],
  [{ $toString: '$id' }, '64b000000000000000000001'],
  [{ $toString: '$at' }, '2026-01-31T16:30:45.678Z'],
  [{ $toInt: '12' }, 12],
  [{ $toInt: 12.9 }, 12],
  [{ $toDouble: '1.5' }, 1.5],
  [{ $toBool: 0 }, false],
  [{ $toDate: 1000 }, new Date(1000)],
  [{ $toDate: '$id' }, new Date(0x64b00000 * 1000)],
  [{ $isNumber: '$s' }, false],
  [{ $dateToString: { date: '$at' } }, '2026-01-31T16:30:45.678Z'],
  [{ $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M', timezone: shanghai } }, '2026-02-01 00:30'],
  [{ $dateToString: { date: '$at', format: '%j %u %w %G-W%V %z', timezone: '+08:00' } }, '032 7 1 2026-W05 +0800'],
  [{ $dateToString: { date: '$nothing', onNull: 'none' } }, 'none'],
  [{ $dateTrunc: { date: '$at', unit: 'day', timezone: shanghai } }, new Date('2026-01-31T16:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'month', timezone: shanghai } }, new Date('2026-01-31T16:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } }, new Date('2026-01-26T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'quarter' } }, new Date('2026-01-01T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } }, new Date('2026-01-31T16:30:00Z')],
  [{ $dateAdd: { startDate: '$at', unit: 'month', amount: 1 } }, new Date('2026-02-28T16:30:45.678Z')],
  [
    { $dateAdd: { startDate: '$at', unit: 'month', amount: 1, timezone: shanghai } },
    new Date('2026-02-28T16:30:45.678Z'),
  ],
  [{ $dateAdd: { startDate: '$at', unit: 'hour', amount: 2 } }, new Date('2026-01-31T18:30:45.678Z')],
  [{ $dateSubtract: { startDate: '$at', unit: 'year', amount: 1 } }, new Date('2025-01-31T16:30:45.678Z')],
  [{ $dateDiff: { startDate: new Date('2026-01-31T15:59:00Z'), endDate: '$at', unit: 'day', timezone: shanghai } }, 1],
  [{ $dateDiff: { startDate: new Date('2026-01-31T15:59:00Z'), endDate: '$at', unit: 'day' } }, 0],
  [{ $dateDiff: { startDate: new Date('2025-12-31T00:00:00Z'), endDate: '$at', unit: 'month' } }, 1],
  [{ $dateDiff: { startDate: new Date('2026-01-31T16:29:59Z'), endDate: '$at', unit: 'minute' } }, 1],
  [{ $dateDiff: { startDate: new Date('2026-01-24T00:00:00Z'), endDate: '$at', unit: 'week' } }, 1],
  [{ $year: { date: '$at', timezone: shanghai } }, 2026],
  [{ $month: { date: '$at', timezone: shanghai } }, 2],
  [{ $dayOfMonth: '$at' }, 31],
  [{ $hour: { date: '$at', timezone: '+08:00' } }, 0],
  [{ $dayOfWeek: '$at' }, 7],
  [{ $isoDayOfWeek: '$at' }, 6],
];
it('computes every expression as the manual says', async () => {
  const rows = await fresh.collection(row);
  const differing: unknown[] = [];
  for (const [expression, value] of cases) {
    const [result] = await rows.aggregate([{ $replaceWith: { value: expression } }]).toArray();
    const got: unknown = result !== undefined && 'value' in result ? result['value'] : missing;
    if (JSON.stringify(got) !== JSON.stringify(value)) differing.push({ expression, got, value });
  }
  expect(differing).toEqual([]);
});

it.each([
  [{ $divide: ['$a', 0] }],
  [{ $concat: ['$a', 'x'] }],
  [{ $size: '$a' }],
  [{ $strLenCP: '$nothing' }],
  [{ $toInt: 'twelve' }],
  [{ $add: ['$s', 1] }],
  [{ $dateToString: { date: '$s' } }],
  ['$$unknown'],
])('refuses as MongoDB does: %j', async (expression) => {
  const rows = await fresh.collection(row);
  await expect(rows.aggregate([{ $replaceWith: { value: expression } }]).toArray()).rejects.toThrow();
});

const sales: readonly Document[] = [
  { _id: 1, town: 'a', n: 1, tags: ['x', 'y'] },
  { _id: 2, town: 'b', n: 5, tags: [] },
  { _id: 3, town: 'a', n: 3, tags: ['x'] },
  { _id: 4, n: 7 },
];
type Pipeline = readonly [name: string, stages: readonly Document[], result: readonly Document[]];
const pipelines: readonly Pipeline[] = [
  [
    '$group with a missing key as null',
    [{ $group: { _id: '$town', n: { $sum: '$n' } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, n: 7 },
      { _id: 'a', n: 4 },
      { _id: 'b', n: 5 },
    ],
  ],
  [
    'all accumulators',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          avg: { $avg: '$n' },
          min: { $min: '$town' },
          max: { $max: '$n' },
          first: { $first: '$town' },
          last: { $last: '$town' },
          all: { $push: '$town' },
          set: { $addToSet: '$town' },
          count: { $count: {} },
        },
      },
      { $set: { set: { $sortArray: { input: '$set', sortBy: 1 } } } },
    ],
    [{ _id: null, avg: 4, min: 'a', max: 7, first: 'a', last: null, all: ['a', 'b', 'a'], set: ['a', 'b'], count: 4 }],
  ],
  ['$sum passes texts over', [{ $group: { _id: 1, n: { $sum: '$town' } } }], [{ _id: 1, n: 0 }]],
  ['$avg of nothing is null', [{ $group: { _id: 1, n: { $avg: '$town' } } }], [{ _id: 1, n: null }]],
  [
    '$group by an object',
    [{ $match: { town: 'a' } }, { $group: { _id: { t: '$town', z: '$zz' }, n: { $sum: 1 } } }],
    [{ _id: { t: 'a' }, n: 2 }],
  ],
  [
    '$unwind',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
      { _id: 3, tags: 'x' },
    ],
  ],
  [
    '$unwind that keeps all and counts',
    [
      { $match: { _id: { $gte: 2 } } },
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } },
      { $project: { tags: 1, at: 1 } },
    ],
    [
      { _id: 2, at: null },
      { _id: 3, tags: 'x', at: 0 },
      { _id: 4, at: null },
    ],
  ],
  ['$count', [{ $match: { n: { $gt: 2 } } }, { $count: 'many' }], [{ many: 3 }]],
  ['$count of nothing', [{ $match: { n: 99 } }, { $count: 'many' }], []],
  ['$sortByCount', [{ $sortByCount: '$town' }, { $limit: 1 }], [{ _id: 'a', count: 2 }]],
  [
    '$facet',
    [{ $facet: { total: [{ $count: 'n' }], top: [{ $sort: { n: -1 } }, { $limit: 1 }, { $project: { n: 1 } }] } }],
    [{ total: [{ n: 4 }], top: [{ _id: 4, n: 7 }] }],
  ],
  [
    '$skip before $limit',
    [{ $sort: { n: 1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { n: 1 } }],
    [{ _id: 3, n: 3 }],
  ],
  [
    '$limit before $skip',
    [{ $sort: { n: 1 } }, { $limit: 2 }, { $skip: 1 }, { $project: { n: 1 } }],
    [{ _id: 3, n: 3 }],
  ],
  ['$unset', [{ $match: { _id: 4 } }, { $unset: 'n' }], [{ _id: 4 }]],
  [
    '$addFields keeps what is there',
    [{ $match: { _id: 4 } }, { $addFields: { 'x.y': '$n', n: 0 } }],
    [{ _id: 4, n: 0, x: { y: 7 } }],
  ],
  ['$project with $$REMOVE', [{ $match: { _id: 4 } }, { $project: { m: '$$REMOVE', n: 1 } }], [{ _id: 4, n: 7 }]],
  ['$replaceRoot', [{ $match: { _id: 4 } }, { $replaceRoot: { newRoot: { v: '$n' } } }], [{ v: 7 }]],
  ['$match after $group', [{ $group: { _id: '$town', n: { $sum: 1 } } }, { $match: { n: 2 } }], [{ _id: 'a', n: 2 }]],
];
it.each(pipelines)('runs: %s', async (_name, stages, result) => {
  const rows = await fresh.collection(...sales);
  expect(await rows.aggregate([...stages]).toArray()).toEqual(result);
});

it('joins by fields, by arrays, and by a pipeline with variables', async () => {
  const films = await fresh.collection({ _id: 1, k: 'a', n: 1 }, { _id: 2, k: 'a', n: 5 }, { _id: 3, k: 'b', n: 9 });
  const from = films.collectionName;
  const rows = await fresh.collection({ _id: 1, k: 'a' }, { _id: 2, k: ['a', 'b'] }, { _id: 3 });
  const byField = await rows
    .aggregate([
      { $lookup: { from, localField: 'k', foreignField: 'k', as: 'l' } },
      { $project: { l: { $size: '$l' } } },
    ])
    .toArray();
  expect(byField).toEqual([
    { _id: 1, l: 2 },
    { _id: 2, l: 3 },
    { _id: 3, l: 0 },
  ]);
  const pipeline = [
    { $match: { $expr: { $and: [{ $eq: ['$k', '$$key'] }, { $gt: ['$n', 2] }] } } },
    { $project: { n: 1 } },
  ];
  const byPipeline = await rows
    .aggregate([{ $match: { _id: 1 } }, { $lookup: { from, let: { key: '$k' }, pipeline, as: 'l' } }])
    .toArray();
  expect(byPipeline).toEqual([{ _id: 1, k: 'a', l: [{ _id: 2, n: 5 }] }]);
  const both = [{ $match: { _id: 1 } }, { $unionWith: { coll: from, pipeline: [{ $match: { k: 'b' } }] } }];
  expect((await rows.aggregate(both).toArray()).map(({ _id }) => _id as number)).toEqual([1, 3]);
});
