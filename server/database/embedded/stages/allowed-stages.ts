import { decodeDocument, encodeDocument, isDocument, type BsonDocument } from '../bson-document.ts';
import { sortOrder } from '../commands/wire-fields.ts';
import { badValue, unsupported } from '../database-error.ts';
import { expressionTest } from '../expressions/expression.ts';
import { operandFields } from '../expressions/operator.ts';
import { compileFilter } from '../match-filter.ts';
import { sortRows } from '../sort-rows.ts';
import { compileGroup } from './group.ts';
import { compileLookup } from './lookup.ts';
import { compileAddFields, compileProject, compileReplaceWith, compileUnsetStage, compileUnwind } from './reshape.ts';
import { collect, type Stage, type StageContext } from './stage.ts';

type CompileStage = (operand: unknown, context: StageContext) => Stage;

/** A whole number of a stage such as `$limit`. */
export function stageCount(name: string, operand: unknown, least: number): number {
  if (typeof operand === 'number' && Number.isSafeInteger(operand) && operand >= least) return operand;
  throw badValue(`${name} must be a whole number of ${least} or more`);
}

const match: CompileStage = (operand, { variables }) => {
  if (!isDocument(operand)) throw badValue('the match filter must be an expression in an object');
  const matches = compileFilter(operand, expressionTest(variables));
  return function* matching(documents) {
    for (const document of documents) if (matches(document)) yield document;
  };
};

const sort: CompileStage = (operand, { database }) => {
  if (!isDocument(operand) || Object.keys(operand).length === 0) throw badValue('$sort takes at least one field');
  const order = sortOrder(operand);
  return function* sorting(documents) {
    const rows = (function* encoded() {
      for (const document of documents) yield { bytes: encodeDocument(document), document };
    })();
    const bounds = { keep: Infinity, mostBytes: database.settings.sortBytes };
    for (const { bytes } of sortRows(rows, order, bounds)) yield decodeDocument(bytes);
  };
};

const limit: CompileStage = (operand) => {
  const most = stageCount('$limit', operand, 1);
  return function* limiting(documents) {
    let given = 0;
    for (const document of documents) {
      yield document;
      given += 1;
      if (given >= most) return;
    }
  };
};

const skip: CompileStage = (operand) => {
  const leaveOut = stageCount('$skip', operand, 0);
  return function* skipping(documents) {
    let seen = 0;
    for (const document of documents) {
      seen += 1;
      if (seen > leaveOut) yield document;
    }
  };
};

const count: CompileStage = (operand) => {
  if (typeof operand !== 'string' || operand === '' || /[.$]/.test(operand))
    throw badValue('the count field must be a plain name');
  return function* counting(documents) {
    let n = 0;
    for (const document of documents) n += isDocument(document) ? 1 : 0;
    if (n > 0) yield { [operand]: n };
  };
};

/** `$sortByCount` is a `$group` and a `$sort` (MongoDB manual, `$sortByCount`). */
const sortByCount: CompileStage = (operand, context) =>
  context.pipelines.compile(context, [{ $group: { _id: operand, count: { $sum: 1 } } }, { $sort: { count: -1 } }]);

const facet: CompileStage = (operand, context) => {
  if (!isDocument(operand) || Object.keys(operand).length === 0) throw badValue('$facet takes at least one pipeline');
  const parts = Object.entries(operand).map(([name, stages]) => {
    if (!Array.isArray(stages)) throw badValue(`arguments to $facet must be arrays ('${name}')`);
    return [name, context.pipelines.compile(context, stages as BsonDocument[])] as const;
  });
  return function* faceting(documents) {
    const held = collect(documents, context.database.settings.sortBytes);
    yield Object.fromEntries(parts.map(([name, run]) => [name, [...run(held)]]));
  };
};

const unionWith: CompileStage = (operand, context) => {
  const fields = operandFields(
    '$unionWith',
    typeof operand === 'string' ? { coll: operand } : operand,
    ['coll'],
    ['pipeline'],
  );
  const { coll, pipeline = [] } = fields;
  if (typeof coll !== 'string' || !Array.isArray(pipeline))
    throw badValue('$unionWith takes a collection and a pipeline');
  return function* union(documents) {
    yield* documents;
    yield* context.pipelines.run(context, coll, pipeline as BsonDocument[]);
  };
};

const replaceRoot: CompileStage = (operand, context) =>
  compileReplaceWith(operandFields('$replaceRoot', operand, ['newRoot'], [])['newRoot'], context);

/** Every stage that a pipeline may use; any other is an error. */
const allowedStages: Readonly<Record<string, CompileStage>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $group: compileGroup,
  $project: compileProject,
  $addFields: compileAddFields,
  $set: compileAddFields,
  $unset: compileUnsetStage,
  $replaceRoot: replaceRoot,
  $replaceWith: compileReplaceWith,
  $unwind: compileUnwind,
  $lookup: compileLookup,
  $facet: facet,
  $unionWith: unionWith,
  $sortByCount: sortByCount,
};

/** Compiles one stage; throws when it is not on the allow-list. */
export function compileStage(stage: BsonDocument, context: StageContext): Stage {
  const [name = '', ...others] = Object.keys(stage);
  if (others.length > 0 || name === '')
    throw badValue('A pipeline stage specification object must contain exactly one field.');
  const compile = Object.hasOwn(allowedStages, name) ? allowedStages[name] : undefined;
  if (compile === undefined) throw unsupported(`the pipeline stage ${name}`);
  return compile(stage[name], context);
}
