import { z } from 'zod';
import { atMsSchema, atMsTextSchema, endpoint, listOf, pageQuery } from './endpoint.ts';

/** What deeds are done to. */
export const auditNouns = [
  'film',
  'plan',
  'channel',
  'user',
  'session',
  'place',
  'category',
  'settings',
  'season',
  'day-template',
  'queue',
] as const;

/** Which entries: those that meet every given condition. */
const filter = {
  /** User name, whole. */
  actor: z.string().max(64).optional(),
  /** Kind of thing that the deed is about. */
  noun: z.enum(auditNouns).optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  /** [from, to) in UTC ms. */
  from: atMsTextSchema.optional(),
  to: atMsTextSchema.optional(),
  query: pageQuery.query,
};
export type AuditFilter = z.output<z.ZodObject<typeof filter>>;

/** Number of an entry, as text of a query. */
const seqSchema = z
  .string()
  .regex(/^\d{1,15}$/, 'Give the number of an entry.')
  .transform(Number);

export const audit = {
  readAudit: endpoint({
    method: 'GET',
    path: '/api/audit',
    who: 'read-audit',
    summary: 'What was done by whom, newest first, with the state of the hash chain.',
    query: z.strictObject({ ...pageQuery, ...filter }),
    reply: listOf(
      z.object({
        seq: z.number().int(),
        atMs: atMsSchema,
        actor: z.string(),
        ip: z.string(),
        action: z.string(),
        object: z.string(),
        detail: z.string(),
        requestId: z.string(),
        hash: z.string(),
      }),
    ).extend({ chainIntact: z.boolean(), firstBadSeq: z.number().int().optional() }),
  }),
  checkAudit: endpoint({
    method: 'GET',
    path: '/api/audit/check',
    who: 'read-audit',
    summary: 'Check the hash chain anew, some thousand entries a time: ask again from `toSeq` until it is `lastSeq`.',
    query: z.strictObject({ after: seqSchema.optional() }),
    reply: z.object({
      /** Entries up to here are whole. */
      toSeq: z.number().int(),
      lastSeq: z.number().int(),
      firstBadSeq: z.number().int().optional(),
    }),
  }),
  auditCsv: endpoint({
    method: 'GET',
    path: '/api/audit.csv',
    who: 'read-audit',
    summary: 'The newest 20,000 entries that meet the conditions, as a sheet.',
    query: z.strictObject(filter),
    isFile: true,
  }),
};
