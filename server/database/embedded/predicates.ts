import { isDocument, isOperatorDocument, type BsonDocument } from './bson-document.ts';
import { isScalar, rank, rankOf } from './key-order.ts';
import { regexParts, regexPrefix } from './regex.ts';

/** What the filter surely demands of one path. Anything not understood is left out: it is tested on the document later. */
export interface PathPredicate {
  /** The value is one of these. */
  readonly oneOf?: readonly unknown[];
  /** The value is at least or above this. */
  readonly low?: unknown;
  /** The value is at most or below this. */
  readonly high?: unknown;
  /** The value is a text that begins so. */
  readonly prefix?: string;
}

/** The demands of a filter's top level and of its `$and` branches, by path; the first of a kind counts. */
export function pathPredicates(filter: BsonDocument): ReadonlyMap<string, PathPredicate> {
  const found = new Map<string, PathPredicate>();
  const collect = (part: BsonDocument): void => {
    for (const [path, condition] of Object.entries(part)) {
      if (path === '$and' && Array.isArray(condition)) (condition as unknown[]).filter(isDocument).forEach(collect);
      if (path.startsWith('$')) continue;
      const predicate = { ...predicateOf(condition), ...found.get(path) };
      if (Object.keys(predicate).length > 0) found.set(path, predicate);
    }
  };
  collect(filter);
  return found;
}

function predicateOf(condition: unknown): PathPredicate {
  if (isOperatorDocument(condition)) {
    const parts = Object.entries(condition).map(([name, operand]) => operatorPredicate(name, operand, condition));
    return Object.assign({}, ...parts.reverse()) as PathPredicate;
  }
  if (typeof condition !== 'string' && regexParts(condition) !== undefined)
    return prefixPredicate(condition, undefined);
  return isScalar(condition) ? { oneOf: [condition] } : {};
}

/** A bound that an index can be entered at: of a plain type, not null. */
const isBound = (value: unknown): boolean => {
  if (!isScalar(value)) return false;
  const kind = rankOf(value);
  return kind !== rank.null && kind !== rank.minKey && kind !== rank.maxKey;
};

function operatorPredicate(name: string, operand: unknown, condition: BsonDocument): PathPredicate {
  switch (name) {
    case '$eq':
      return isScalar(operand) ? { oneOf: [operand] } : {};
    case '$in':
      return Array.isArray(operand) && operand.every(isScalar) ? { oneOf: operand as unknown[] } : {};
    case '$gt':
    case '$gte':
      return isBound(operand) ? { low: operand } : {};
    case '$lt':
    case '$lte':
      return isBound(operand) ? { high: operand } : {};
    case '$regex':
      return prefixPredicate(operand, condition['$options']);
    default:
      return {};
  }
}

function prefixPredicate(pattern: unknown, options: unknown): PathPredicate {
  const prefix = regexPrefix(pattern, options);
  return prefix === undefined ? {} : { prefix };
}
