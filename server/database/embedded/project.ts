import { isDocument, isOperatorDocument, type BsonDocument } from './bson-document.ts';
import { badValue, DatabaseError } from './database-error.ts';
import { splitPath } from './field-path.ts';
import type { Expression } from './expressions/expression.ts';

/** Makes the shown form of a document. The second argument is the whole document that expressions look at. */
export type Projection = (document: BsonDocument, root?: BsonDocument) => BsonDocument;

/** What becomes of one field: kept, dropped, computed, or looked into. */
type FieldRule = 'keep' | 'drop' | { readonly compute: Expression } | Rules;
type Rules = Map<string, FieldRule>;

/** Compiles the value of a computed field. */
export type CompileExpression = (expression: unknown) => Expression;

const isRules = (rule: FieldRule | undefined): rule is Rules => rule instanceof Map;

/** `true` for 1 and true, `false` for 0 and false, `undefined` for what is to be computed. */
const flag = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : typeof value === 'number' ? value !== 0 : undefined;

/** Compiles the fields of `$project` (or of a find without its own operators): inclusion, exclusion or computed fields. */
export function compileFields(fields: BsonDocument, compile: CompileExpression): Projection {
  const rules: Rules = new Map();
  const modes = new Set<boolean>();
  const add = (prefix: string, given: BsonDocument): void => {
    for (const [name, value] of Object.entries(given)) {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      const kept = flag(value);
      if (kept === undefined && isDocument(value) && !isOperatorDocument(value)) {
        if (Object.keys(value).length === 0)
          throw new DatabaseError(51270, 'Location51270', `An empty sub-projection is not a valid value ('${path}')`);
        add(path, value);
        continue;
      }
      if (path !== '_id') modes.add(kept !== false);
      setRule(rules, path, kept === undefined ? { compute: compile(value) } : kept ? 'keep' : 'drop');
    }
  };
  add('', fields);
  if (modes.size > 1) {
    throw new DatabaseError(
      31254,
      'Location31254',
      'Cannot do exclusion on a field in inclusion projection, or the other way round',
    );
  }
  const idRule = rules.get('_id');
  const including = modes.has(true) || (modes.size === 0 && idRule !== 'drop' && idRule !== undefined);
  if (including && idRule === undefined) rules.set('_id', 'keep');
  return (document, root = document) => (including ? included(document, rules, root) : changed(document, rules, root));
}

/** Compiles the fields of `$addFields`: every field is computed, the others stay. */
export function compileAddedFields(fields: BsonDocument, compile: CompileExpression): Projection {
  const rules: Rules = new Map();
  const add = (prefix: string, given: BsonDocument): void => {
    for (const [name, value] of Object.entries(given)) {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      if (isDocument(value) && !isOperatorDocument(value) && Object.keys(value).length > 0) add(path, value);
      else setRule(rules, path, { compute: compile(value) });
    }
  };
  add('', fields);
  return (document, root = document) => changed(document, rules, root);
}

/** Compiles `$unset`: the named paths are left out. */
export function compileUnset(paths: readonly string[]): Projection {
  const rules: Rules = new Map();
  for (const path of paths) setRule(rules, path, 'drop');
  return (document, root = document) => changed(document, rules, root);
}

function setRule(rules: Rules, path: string, rule: FieldRule): void {
  if (path.startsWith('$')) throw badValue(`A projected field may not begin with '$' ('${path}')`);
  const parts = splitPath(path);
  const last = parts[parts.length - 1] ?? '';
  let at = rules;
  for (const part of parts.slice(0, -1)) {
    const inner = at.get(part) ?? new Map<string, FieldRule>();
    if (!isRules(inner)) throw collision(path);
    at.set(part, inner);
    at = inner;
  }
  if (at.has(last)) throw collision(path);
  at.set(last, rule);
}

const collision = (path: string): DatabaseError =>
  new DatabaseError(31249, 'Location31249', `Path collision at ${path}`);

/** Only the kept fields, in the document's order, then the computed ones. */
function included(document: BsonDocument, rules: Rules, root: BsonDocument): BsonDocument {
  const out: BsonDocument = {};
  for (const [name, value] of Object.entries(document)) {
    const rule = rules.get(name);
    if (rule === 'keep') out[name] = value;
    else if (isRules(rule)) setFound(out, name, inside(value, rule, root, included, undefined));
  }
  return withComputed(out, rules, root, included);
}

/** All fields but the dropped ones; computed ones take the place of what was there, new ones come last. */
function changed(document: BsonDocument, rules: Rules, root: BsonDocument): BsonDocument {
  const out: BsonDocument = {};
  for (const [name, value] of Object.entries(document)) {
    const rule = rules.get(name);
    if (rule === undefined || rule === 'keep') out[name] = value;
    else if (isRules(rule)) setFound(out, name, inside(value, rule, root, changed, value));
    else if (rule !== 'drop') setFound(out, name, rule.compute(root));
  }
  return withComputed(out, rules, root, changed);
}

type Walk = (document: BsonDocument, rules: Rules, root: BsonDocument) => BsonDocument;

/** Applies rules below a field: to a document, to each element of an array; `otherwise` for anything else. */
function inside(value: unknown, rules: Rules, root: BsonDocument, walk: Walk, otherwise: unknown): unknown {
  if (isDocument(value)) return walk(value, rules, root);
  if (Array.isArray(value)) {
    return (value as unknown[])
      .map((element) => inside(element, rules, root, walk, walk === changed ? element : undefined))
      .filter((element) => element !== undefined);
  }
  return computes(rules) ? walk({}, rules, root) : otherwise;
}

const computes = (rules: Rules): boolean =>
  [...rules.values()].some((rule) => (isRules(rule) ? computes(rule) : typeof rule === 'object'));

function withComputed(out: BsonDocument, rules: Rules, root: BsonDocument, walk: Walk): BsonDocument {
  for (const [name, rule] of rules) {
    if (typeof rule !== 'object' || Object.hasOwn(out, name)) continue;
    if (!isRules(rule)) setFound(out, name, rule.compute(root));
    else if (computes(rule)) out[name] = walk({}, rule, root);
  }
  return out;
}

function setFound(out: BsonDocument, name: string, value: unknown): void {
  if (value !== undefined) out[name] = value;
}
