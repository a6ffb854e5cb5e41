import { z } from 'zod';
import { promoteDocument, type BsonDocument } from '../bson-document.ts';
import { unsupported } from '../database-error.ts';
import { choosePlan, isUnion, type IndexPlan, type UnionPlan } from '../query-plan.ts';
import { answer, defineCommand, namespaceOf, type CommandContext } from './command.ts';
import { harmless, ignored, sortOrder, wireDocument, wireHint } from './wire-fields.ts';

const explained = z.looseObject({
  find: z.string().optional(),
  count: z.string().optional(),
  filter: wireDocument.optional(),
  query: wireDocument.optional(),
  sort: wireDocument.optional(),
  hint: wireHint.optional(),
});

function stageOf(plan: IndexPlan | UnionPlan | undefined): BsonDocument {
  if (plan === undefined) return { stage: 'COLLSCAN', direction: 'forward' };
  if (isUnion(plan)) return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.branches.map(indexStage) } };
  return { stage: 'FETCH', inputStage: indexStage(plan) };
}

const indexStage = ({ index, reverse, ranges }: IndexPlan): BsonDocument => ({
  stage: 'IXSCAN',
  indexName: index.name,
  isMultiKey: index.multikey,
  direction: reverse ? 'backward' : 'forward',
  ranges: ranges.length,
});

function winningPlan(context: CommandContext, query: z.output<typeof explained>): BsonDocument {
  const name = query.find ?? query.count;
  if (name === undefined) throw unsupported('explaining anything but find and count');
  const sort = sortOrder(query.sort);
  const indexes = context.database.catalogue.find(namespaceOf(context, name))?.indexes ?? [];
  const filter = promoteDocument(query.filter ?? query.query ?? {});
  const plan = choosePlan({ filter, sort, hint: query.hint }, indexes);
  const stage = stageOf(plan);
  const sorted = plan !== undefined && !isUnion(plan) && plan.sorted;
  return sort.length > 0 && !sorted ? { stage: 'SORT', inputStage: stage } : stage;
}

/** `explain`: which index answers a find or a count, without running it. */
export const explain = defineCommand(
  'read',
  z.strictObject({ explain: explained, verbosity: ignored, ...harmless }),
  (context, { explain: query }) => answer({ queryPlanner: { winningPlan: winningPlan(context, query) } }),
);
