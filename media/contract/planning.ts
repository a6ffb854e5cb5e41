import { z } from 'zod';
import { countyDateSchema } from './county-date.ts';
import { atMsSchema, endpoint, listOf, pageQuery, personTextSchema } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';

const person = z.object({ id: idSchema, name: z.string() });

/** Longest list of a plan; a longer one is answered 413 `too_large`. */
export const MOST_PLAN_ITEMS = 20_000;

const ending = {
  /** Last county date, inclusive. */
  until: countyDateSchema.exactOptional(),
  /** County dates on which it does not air. */
  except: z.array(countyDateSchema).max(400).exactOptional(),
};
/** 1 (Monday) to 7 (Sunday). */
const weekday = z.number().int().min(1).max(7);
/** -1 is the last one. */
const lastOr = (most: number) =>
  z.union([z.number().int().min(1).max(most), z.literal(-1)], { error: `Give 1 to ${most}, or -1 for the last one.` });

/** On which days of the plan a line airs again, from its start on; what follows it airs with it. */
export const repeatSchema = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), ...ending }),
  z.strictObject({ every: z.literal('week'), weekdays: z.array(weekday).min(1).max(7), ...ending }),
  z.strictObject({ every: z.literal('month'), dates: z.array(lastOr(31)).min(1).max(32), ...ending }),
  z.strictObject({ every: z.literal('month-weekday'), weekday, week: lastOr(5), ...ending }),
]);

/** One line of a plan as clients send it. */
export const planItemInputSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9a-z-]{1,40}$/)
    .optional(),
  /** Left out of a slot that is open without a film: it has a `durationMs`, and what fills gaps airs there. */
  filmId: idSchema.optional(),
  /** Films that stand in, in this order, where the film may not air; never longer than it. */
  alternates: z.array(idSchema).max(5).optional(),
  /** County civil time with its offset, as in `2026-12-01T19:30:00+08:00`; required unless `startMode` is `follow`. */
  start: z.string().max(40).optional(),
  startMode: z.enum(['hard', 'soft', 'follow']).default('hard'),
  maxLateMs: z.number().int().min(0).max(86_400_000).default(0),
  /** The film's own length where left out; required without a film. */
  durationMs: z.number().int().positive().max(86_400_000).optional(),
  title: personTextSchema(100).optional(),
  mustWatch: z.boolean().default(false),
  /** Townships and villages may air something of their own instead; never of what must be watched. */
  open: z.boolean().optional(),
  note: personTextSchema(500).optional(),
  repeat: repeatSchema.optional(),
});

export const findingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  itemId: z.string().optional(),
  row: z.number().int().optional(),
  /** Facts for the translated sentence. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const planItemSchema = planItemInputSchema.extend({
  id: z.string(),
  filmTitle: z.string(),
  /** Where it airs; of a line that repeats, the first time in the plan. */
  endAtMs: atMsSchema.optional(),
  startAtMs: atMsSchema.optional(),
});

export const planSchema = z.object({
  id: idSchema,
  channel: codeSchema,
  /** Township or village whose own items these are; the county's plan where absent. */
  place: codeSchema.optional(),
  from: countyDateSchema,
  to: countyDateSchema,
  title: z.string().optional(),
  state: z.enum(['draft', 'submitted', 'approved', 'published', 'superseded']),
  version: z.number().int(),
  author: person,
  approver: person.optional(),
  items: z.array(planItemSchema),
  findings: z.array(findingSchema),
  /** What is left open to the place of the plan on its days, [startAtMs, endAtMs). */
  openSlots: z.array(z.object({ startAtMs: atMsSchema, endAtMs: atMsSchema, title: z.string() })).optional(),
  effectiveAtMs: atMsSchema.optional(),
  returnedReason: z.string().optional(),
  warningReason: z.string().optional(),
});
export type Plan = z.infer<typeof planSchema>;
export type Finding = z.infer<typeof findingSchema>;

const byId = z.strictObject({ id: idSchema });

export const planning = {
  listPlans: endpoint({
    method: 'GET',
    path: '/api/plans',
    who: 'read-plans',
    summary: 'Plans, newest first.',
    query: z.strictObject({ ...pageQuery, channel: codeSchema.optional(), state: planSchema.shape.state.optional() }),
    reply: listOf(
      planSchema
        .omit({ items: true, findings: true, openSlots: true })
        .extend({ itemCount: z.number().int(), errors: z.number().int(), warnings: z.number().int() }),
    ),
  }),
  createPlan: endpoint({
    method: 'POST',
    path: '/api/plans',
    who: 'edit-plan',
    summary: 'Begin a plan of a channel for [from, to).',
    status: 201,
    body: z.strictObject({
      channel: codeSchema,
      /** Township or village that fills slots left open to it; the county where left out. */
      place: codeSchema.optional(),
      from: countyDateSchema,
      to: countyDateSchema,
      title: personTextSchema(100).optional(),
    }),
    reply: planSchema,
  }),
  readPlan: endpoint({
    method: 'GET',
    path: '/api/plans/:id',
    who: 'read-plans',
    summary: 'One plan with its findings.',
    params: byId,
    reply: planSchema,
  }),
  changePlan: endpoint({
    method: 'PATCH',
    path: '/api/plans/:id',
    who: 'edit-plan',
    summary: 'Change title or range of a draft.',
    ifMatch: true,
    params: byId,
    body: z.strictObject({
      title: personTextSchema(100).optional(),
      from: countyDateSchema.optional(),
      to: countyDateSchema.optional(),
    }),
    reply: planSchema,
  }),
  replaceItems: endpoint({
    method: 'PUT',
    path: '/api/plans/:id/items',
    who: 'edit-plan',
    summary: 'Replace the list of items; what parses is saved and answered with its findings.',
    ifMatch: true,
    bodyBytes: 8 * 1_048_576,
    params: byId,
    body: z.strictObject({ items: z.array(planItemInputSchema) }),
    reply: planSchema,
  }),
  submitPlan: endpoint({
    method: 'POST',
    path: '/api/plans/:id/submit',
    who: 'edit-plan',
    summary: 'Hand the plan to an approver; 422 `findings` while an error stands.',
    params: byId,
    body: z.strictObject({ warningReason: personTextSchema(500).optional() }),
    reply: planSchema,
  }),
  approvePlan: endpoint({
    method: 'POST',
    path: '/api/plans/:id/approve',
    who: 'approve-plan',
    summary: 'Approve; never by the author.',
    params: byId,
    body: z.strictObject({ note: personTextSchema(500).optional() }),
    reply: planSchema,
  }),
  returnPlan: endpoint({
    method: 'POST',
    path: '/api/plans/:id/return',
    who: 'approve-plan',
    summary: 'Return with a reason; never by the author.',
    params: byId,
    body: z.strictObject({ reason: personTextSchema(500) }),
    reply: planSchema,
  }),
  publishPlan: endpoint({
    method: 'POST',
    path: '/api/plans/:id/publish',
    who: 'publish-plan',
    summary: 'Put an approved plan on air.',
    stepUp: true,
    params: byId,
    body: z.strictObject({}),
    reply: planSchema,
  }),
};
