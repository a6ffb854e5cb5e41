import { z } from 'zod';
import { atMsSchema, endpoint, personTextSchema } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';
import { planItemSchema, planSchema } from './planning.ts';

const person = z.object({ id: idSchema, name: z.string() });
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'Give the 64 hexadecimal digits of a version.');

/** A plan that went on air, named by its content; it is never changed again. */
export const planVersionSchema = z.object({
  hash,
  planId: idSchema,
  title: z.string().optional(),
  from: planSchema.shape.from,
  to: planSchema.shape.to,
  state: z.enum(['published', 'superseded']),
  itemCount: z.number().int(),
  author: person,
  approver: person.optional(),
  /** Absent on plans of earlier releases. */
  publishedBy: person.optional(),
  publishedAtMs: atMsSchema.optional(),
  effectiveAtMs: atMsSchema.optional(),
  reason: z.string().optional(),
  /** The earlier version that it brought back. */
  restores: hash.optional(),
});
export type PlanVersion = z.infer<typeof planVersionSchema>;

const shownItem = z.object({ title: z.string(), startAtMs: atMsSchema, endAtMs: atMsSchema, mustWatch: z.boolean() });
const counts = z.object({
  added: z.number().int(),
  removed: z.number().int(),
  moved: z.number().int(),
  changed: z.number().int(),
});

/** What publishing would change: on air, at stations, on notice boards. */
export const planPreviewSchema = z.object({
  /** From when on it would hold if it were published now. */
  effectiveAtMs: atMsSchema,
  counts,
  /** County days on which something changes, in order. */
  days: z.array(
    z.object({
      date: z.string(),
      changes: z.array(
        z.object({
          kind: z.enum(['added', 'removed', 'moved', 'changed']),
          before: shownItem.optional(),
          after: shownItem.optional(),
          /** What differs of a moved or changed item: `start`, `end`, `film`, `title`, `mustWatch`. */
          fields: z.array(z.string()),
        }),
      ),
    }),
  ),
  /** Stations that watch the channel, the first hundred by name. */
  stations: z.object({ count: z.number().int(), names: z.array(z.string()) }),
  /** Changes within what notice boards show (31 days), and new or moved items that begin less than 24 h from now. */
  board: z.object({ counts, shortNotice: z.number().int() }),
});
export type PlanPreview = z.infer<typeof planPreviewSchema>;

const byCode = z.strictObject({ code: codeSchema });
const byHash = z.strictObject({ code: codeSchema, hash });

export const planVersions = {
  planDifference: endpoint({
    method: 'GET',
    path: '/api/plans/:id/difference',
    who: 'read-plans',
    summary: 'What publishing this plan now would change, by day, and for whom.',
    params: z.strictObject({ id: idSchema }),
    reply: planPreviewSchema,
  }),
  listVersions: endpoint({
    method: 'GET',
    path: '/api/channels/:code/versions',
    who: 'read-plans',
    summary: 'Plans that were published on a channel, newest first, each named by its content.',
    params: byCode,
    reply: z.object({ items: z.array(planVersionSchema) }),
  }),
  readVersion: endpoint({
    method: 'GET',
    path: '/api/channels/:code/versions/:hash',
    who: 'read-plans',
    summary: 'One published version with its items.',
    params: byHash,
    reply: planVersionSchema.extend({ items: z.array(planItemSchema) }),
  }),
  versionDifference: endpoint({
    method: 'GET',
    path: '/api/channels/:code/versions/:hash/difference',
    who: 'read-plans',
    summary: 'What going back to a version now would change, by day, and for whom.',
    params: byHash,
    reply: planPreviewSchema,
  }),
  restoreVersion: endpoint({
    method: 'POST',
    path: '/api/channels/:code/versions/:hash/restore',
    who: 'publish-plan',
    summary:
      'Publish what is still to come of an earlier version: what aired stays. Approved once, it needs no new approval.',
    stepUp: true,
    params: byHash,
    body: z.strictObject({ reason: personTextSchema(500) }),
    reply: planSchema,
  }),
};
