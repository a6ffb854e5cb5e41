import { isDocument, isOperatorDocument, promoteDocument, type BsonDocument } from './bson-document.ts';
import type { PipelineUpdate } from './apply-update.ts';
import { sortOrder } from './commands/wire-fields.ts';
import { badValue, unsupported } from './database-error.ts';
import type { EmbeddedDatabase } from './embedded-database.ts';
import { documentOf, findRows, type FindRequest } from './find-documents.ts';
import { sameValue } from './key-order.ts';
import { countRows } from './scan.ts';
import { compileStage, stageCount } from './stages/allowed-stages.ts';
import type { Documents, Pipelines, Stage, StageContext } from './stages/stage.ts';

const pipelines: Pipelines = { run: runPipeline, compile: compileStages };

/** What a pipeline is run with. */
export interface PipelineRequest {
  readonly database: EmbeddedDatabase;
  readonly databaseName: string;
  readonly deadlineAtMs: number | undefined;
  readonly hint?: string | undefined;
}

/** Runs an aggregation pipeline over a collection (MongoDB manual, "Aggregation Pipeline"); throws on unknown stages. */
export function aggregate(request: PipelineRequest, collection: string, stages: readonly BsonDocument[]): Documents {
  const { database, databaseName, deadlineAtMs, hint } = request;
  const context: StageContext = { database, databaseName, deadlineAtMs, variables: new Map(), pipelines };
  return runPipeline(context, collection, stages, hint);
}

function compileStages(context: StageContext, stages: readonly BsonDocument[]): Stage {
  const compiled = stages.map((stage) => {
    if (!isDocument(stage)) throw badValue('Each element of the pipeline must be an object');
    return compileStage(stage, context);
  });
  return (documents) => compiled.reduce((flowing, stage) => stage(flowing), documents);
}

/** The first stages that the planner can answer: `$match`, `$sort`, `$skip` and `$limit`, in this order. */
function leadingQuery(stages: readonly BsonDocument[]): {
  readonly query: FindRequest;
  readonly rest: readonly BsonDocument[];
} {
  let at = 0;
  const take = (name: string): unknown => {
    const stage = stages[at];
    // A stage of two names is left to compileStage, which refuses it.
    if (stage === undefined || Object.keys(stage).length !== 1) return undefined;
    if (stage[name] !== undefined) at += 1;
    return stage[name];
  };
  const filter = take('$match') ?? {};
  if (!isDocument(filter)) throw badValue('the match filter must be an expression in an object');
  const sort = take('$sort');
  const order = isDocument(sort) ? sortOrder(sort) : [];
  if (sort !== undefined && order.length === 0) throw badValue('$sort takes at least one field');
  const skip = take('$skip');
  const limit = take('$limit');
  const query: FindRequest = {
    filter,
    sort: order,
    skip: skip === undefined ? 0 : stageCount('$skip', skip, 0),
    limit: limit === undefined ? 0 : stageCount('$limit', limit, 1),
  };
  return { query, rest: stages.slice(at) };
}

function runPipeline(context: StageContext, name: string, stages: readonly BsonDocument[], hint?: string): Documents {
  const { query, rest } = leadingQuery(stages);
  const run = compileStages(context, rest);
  const request: FindRequest = { ...query, hint, deadlineAtMs: context.deadlineAtMs, variables: context.variables };
  const counted = countOnly(rest);
  return counted === undefined ? run(source(context, name, request)) : counted(count(context, name, request));
}

function* source(
  { database, databaseName }: StageContext,
  name: string,
  request: FindRequest,
): Generator<BsonDocument> {
  const collection = database.catalogue.find(`${databaseName}.${name}`);
  if (collection === undefined) return;
  for (const row of findRows(database, collection, request)) yield documentOf(row);
}

/** `countDocuments` of drivers is `$group: {_id: 1, n: {$sum: 1}}`: counted without decoding documents. */
function countOnly([stage, ...others]: readonly BsonDocument[]): ((n: number) => Documents) | undefined {
  const group = stage?.['$group'];
  if (others.length > 0 || !isDocument(group)) return undefined;
  const { _id: id, n, ...more } = group;
  const sums = isOperatorDocument(n) && n['$sum'] === 1 && Object.keys(n).length === 1;
  if (!sums || Object.keys(more).length > 0 || (id !== null && id !== 1)) return undefined;
  return (total) => (total === 0 ? [] : [{ _id: id, n: total }]);
}

function count({ database, databaseName }: StageContext, name: string, request: FindRequest): number {
  const collection = database.catalogue.find(`${databaseName}.${name}`);
  if (collection === undefined) return 0;
  const { filter, skip = 0, limit = 0 } = request;
  if (Object.keys(filter).length === 0) {
    const there = Math.max(0, countRows(database.sql, collection) - skip);
    return limit === 0 ? there : Math.min(there, limit);
  }
  let n = 0;
  for (const row of findRows(database, collection, request)) n += row.bytes.length > 0 ? 1 : 0;
  return n;
}

const updateStages = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** Compiles a pipeline as an update of one document at a time (MongoDB manual, "Updates with Aggregation Pipeline"). */
export const pipelineUpdate =
  (database: EmbeddedDatabase): PipelineUpdate =>
  (typedStages) => {
    const stages = typedStages.map(promoteDocument);
    const odd = stages.flatMap((stage) => Object.keys(stage)).find((name) => !updateStages.has(name));
    if (odd !== undefined) throw unsupported(`${odd} in an update`);
    const context: StageContext = {
      database,
      databaseName: '',
      deadlineAtMs: undefined,
      variables: new Map(),
      pipelines,
    };
    const run = compileStages(context, stages);
    return (typed) => {
      const before = promoteDocument(typed);
      const [after] = run([before]);
      return keepTypes(typed, before, after) as BsonDocument;
    };
  };

/** Gives values that the pipeline left alone their stored number classes back. */
function keepTypes(typed: unknown, before: unknown, after: unknown): unknown {
  if (isDocument(after) && isDocument(before) && isDocument(typed)) {
    const fields = Object.entries(after).map(
      ([name, value]) => [name, keepTypes(typed[name], before[name], value)] as const,
    );
    return Object.fromEntries(fields);
  }
  return typed !== undefined && after !== undefined && sameValue(before, after) ? typed : after;
}
