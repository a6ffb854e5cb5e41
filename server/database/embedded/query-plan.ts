import { isDocument, isOperatorDocument, type BsonDocument } from './bson-document.ts';
import type { Index, IndexField } from './catalogue.ts';
import { directedKey, encodeKey, invertKey, isScalar, rank, rankOf, sameValue } from './key-order.ts';
import { compileFilter } from './match-filter.ts';
import { pathPredicates, type PathPredicate } from './predicates.ts';
import type { KeyRange } from './scan.ts';

/** How an index answers a query. Every candidate is tested with the whole filter, so ranges may be wide, never narrow. */
export interface IndexPlan {
  readonly index: Index;
  readonly ranges: readonly KeyRange[];
  /** The index gives the wanted order by itself. */
  readonly sorted: boolean;
  readonly reverse: boolean;
  /** The ranges are the filter: candidates need no test. */
  readonly exact: boolean;
}

/** How the branches of an `$or` are answered, each by an index; a document that several find counts once. */
export interface UnionPlan {
  readonly branches: readonly IndexPlan[];
}

/** What is wanted of a collection. */
export interface Query {
  readonly filter: BsonDocument;
  readonly sort: readonly IndexField[];
  /** Name of the index to use, whatever the planner thinks. */
  readonly hint?: string | undefined;
}

const mostRanges = 1000;
const end = Buffer.from([0xff]);
/** Above every key that begins with these bytes. */
const above = (key: Buffer): Buffer => Buffer.concat([key, end]);

/** The best way by indexes; `undefined` means that the whole collection must be read. */
export function choosePlan(query: Query, indexes: readonly Index[]): IndexPlan | UnionPlan | undefined {
  return bestIndex(query, indexes) ?? (query.hint === undefined ? unionOf(query.filter, indexes) : undefined);
}

/** True for a plan over several indexes. */
export const isUnion = (plan: IndexPlan | UnionPlan | undefined): plan is UnionPlan =>
  plan !== undefined && 'branches' in plan;

function bestIndex(query: Query, indexes: readonly Index[]): IndexPlan | undefined {
  const predicates = pathPredicates(query.filter);
  let best: { readonly plan: IndexPlan; readonly score: number } | undefined;
  for (const index of indexes) {
    if (query.hint !== undefined && index.name !== query.hint) continue;
    const candidate = planFor(index, query, predicates);
    if (candidate !== undefined && (best === undefined || candidate.score > best.score)) best = candidate;
  }
  return best?.plan;
}

/** A plan for each branch of the `$or`, together with what stands beside it; none unless every branch has one. */
function unionOf(filter: BsonDocument, indexes: readonly Index[]): UnionPlan | undefined {
  const { $or: alternatives, ...beside } = filter;
  if (!Array.isArray(alternatives) || !alternatives.every(isDocument)) return undefined;
  const plans = alternatives.map((branch) => bestIndex({ filter: { $and: [branch, beside] }, sort: [] }, indexes));
  const branches = plans.filter((plan) => plan !== undefined);
  return branches.length === plans.length ? { branches } : undefined;
}

function planFor(index: Index, query: Query, predicates: ReadonlyMap<string, PathPredicate>) {
  if (index.partial !== undefined && !implies(query.filter, predicates, index.partial.filter)) return undefined;
  const points = equalityPrefix(index, predicates);
  const next = index.fields[points.fields];
  const range = next === undefined ? undefined : fieldRange(predicates.get(next.path), next, index.multikey);
  if (index.sparse && !demandsPresence(index, predicates)) return undefined;
  const ranges = points.keys.map((key) =>
    range === undefined
      ? { from: key, to: above(key) }
      : { from: Buffer.concat([key, range.from]), to: Buffer.concat([key, range.to]) },
  );
  const direction = !index.multikey && points.single ? sortDirection(index, points.fields, query.sort) : undefined;
  const sorted = query.sort.length > 0 && direction !== undefined;
  const used = points.fields * 4 + (range === undefined ? 0 : range.closed ? 3 : 2);
  if (used === 0 && !sorted && query.hint === undefined) return undefined;
  const whole = index.unique && points.fields === index.fields.length;
  return {
    plan: {
      index,
      ranges: inOrder(ranges),
      sorted,
      reverse: sorted && direction < 0,
      exact: !index.multikey && isPlainEquality(query.filter, points.fields),
    },
    score: used * 2 + (sorted ? 3 : 0) + (whole ? 5 : 0),
  };
}

interface Points {
  /** One key beginning for each combination of values. */
  readonly keys: readonly Buffer[];
  /** How many fields of the index they cover. */
  readonly fields: number;
  /** Exactly one value for each field. */
  readonly single: boolean;
}

function equalityPrefix(index: Index, predicates: ReadonlyMap<string, PathPredicate>): Points {
  let keys: readonly Buffer[] = [Buffer.alloc(0)];
  let fields = 0;
  let single = true;
  for (const { path, direction } of index.fields) {
    const values = predicates.get(path)?.oneOf;
    if (values === undefined || keys.length * values.length > mostRanges) break;
    const ends = values.flatMap((value) =>
      value === null
        ? [directedKey(null, direction), directedKey(undefined, direction)]
        : [directedKey(value, direction)],
    );
    single &&= ends.length === 1;
    keys = keys.flatMap((key) => ends.map((part) => Buffer.concat([key, part])));
    fields += 1;
  }
  return { keys, fields, single };
}

/** A sparse index leaves documents out, so the filter must demand a value of its first field. */
function demandsPresence(index: Index, predicates: ReadonlyMap<string, PathPredicate>): boolean {
  const predicate = predicates.get(index.fields[0]?.path ?? '');
  if (predicate === undefined) return false;
  return predicate.oneOf === undefined || !predicate.oneOf.includes(null);
}

interface FieldRange extends KeyRange {
  /** Bounded at both ends. */
  readonly closed: boolean;
}

/** The keys of one field that a range predicate allows, both bounds taken as inclusive. */
function fieldRange(
  predicate: PathPredicate | undefined,
  field: IndexField,
  multikey: boolean,
): FieldRange | undefined {
  if (predicate === undefined) return undefined;
  const { low, prefix } = predicate;
  if (prefix !== undefined) return prefixRange(prefix, field.direction);
  // Two elements of one array may meet one bound each, so on a multikey index only one bound narrows.
  const high = multikey && low !== undefined ? undefined : predicate.high;
  if (low === undefined && high === undefined) return undefined;
  const closed = low !== undefined && high !== undefined;
  const kind = rankOf(low ?? high);
  if (field.direction > 0) {
    const from = low === undefined ? Buffer.from([kind]) : encodeKey(low);
    return { from, to: high === undefined ? Buffer.from([kind + 1]) : above(encodeKey(high)), closed };
  }
  const from = high === undefined ? Buffer.from([~kind & 0xff]) : directedKey(high, -1);
  return { from, to: low === undefined ? Buffer.from([(~kind & 0xff) + 1]) : above(directedKey(low, -1)), closed };
}

function prefixRange(prefix: string, direction: 1 | -1): FieldRange {
  const key = Buffer.concat([Buffer.from([rank.string]), Buffer.from(prefix, 'utf8')]);
  if (direction > 0) return { from: key, to: above(key), closed: true };
  // Inverted, the two zero bytes that end a text are FF FF: only three of them are above every key.
  const inverted = invertKey(key);
  return { from: inverted, to: above(above(above(inverted))), closed: true };
}

/** 1 or -1 when reading the index forwards or backwards gives the order; fields fixed by equality do not count. */
function sortDirection(index: Index, fixedFields: number, sort: readonly IndexField[]): 1 | -1 | undefined {
  const fixed = new Set(index.fields.slice(0, fixedFields).map(({ path }) => path));
  let at = fixedFields;
  let direction: 1 | -1 | undefined;
  for (const wanted of sort) {
    if (fixed.has(wanted.path)) continue;
    const field = index.fields[at];
    if (field?.path !== wanted.path) return undefined;
    const relative = field.direction === wanted.direction ? 1 : -1;
    if (direction !== undefined && direction !== relative) return undefined;
    direction = relative;
    at += 1;
  }
  return direction ?? 1;
}

/** True when the filter is nothing but `path: value` for as many fields as the index answers by equality. */
const isPlainEquality = (filter: BsonDocument, fields: number): boolean =>
  Object.keys(filter).length === fields &&
  Object.entries(filter).every(
    ([path, value]) => !path.startsWith('$') && value !== null && !isOperatorDocument(value) && isScalar(value),
  );

function inOrder(ranges: readonly KeyRange[]): readonly KeyRange[] {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.from, b.from));
  return sorted.filter((range, at) => at === 0 || sorted[at - 1]?.from.equals(range.from) !== true);
}

/** True when every document that the filter finds surely meets the condition of a partial index. */
function implies(filter: BsonDocument, predicates: ReadonlyMap<string, PathPredicate>, partial: BsonDocument): boolean {
  const demands = conjunction(filter);
  return conjunction(partial).every(([path, condition]) => {
    if (path.startsWith('$')) return false;
    if (demands.some(([other, given]) => other === path && sameCondition(given, condition))) return true;
    const predicate = predicates.get(path);
    if (predicate === undefined) return false;
    const test = compileFilter({ value: condition });
    if (predicate.oneOf !== undefined) return predicate.oneOf.every((value) => value !== null && test({ value }));
    return isDocument(condition) && Object.keys(condition).length === 1 && condition['$exists'] === true;
  });
}

/** The conditions of a filter, those of its `$and` branches among them, all of which must hold. */
const conjunction = (filter: BsonDocument): readonly (readonly [path: string, condition: unknown])[] =>
  Object.entries(filter).flatMap(([path, condition]) =>
    path === '$and' && Array.isArray(condition)
      ? (condition as unknown[]).filter(isDocument).flatMap(conjunction)
      : [[path, condition] as const],
  );

const sameCondition = (a: unknown, b: unknown): boolean => {
  try {
    return sameValue(a, b);
  } catch {
    return false;
  }
};
