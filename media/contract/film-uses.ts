import { z } from 'zod';
import { atMsSchema, endpoint } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';

const useSchema = z.object({
  channel: codeSchema,
  /** The township or village that alone sees it. */
  place: codeSchema.optional(),
  title: z.string(),
  startAtMs: atMsSchema,
});

const filmUsesSchema = z.object({
  /** In plans that are not published, each once, and on channels from now on, the next first; at most 100. */
  planned: z.array(useSchema.extend({ planId: idSchema.optional(), kind: z.enum(['draft', 'item']) })),
  /** How often it fills gaps from now on. */
  plannedFillers: z.number().int(),
  /** What began and was on air, the latest first, at most 100. */
  aired: z.array(useSchema.extend({ endAtMs: atMsSchema, kind: z.enum(['item', 'filler']), isSample: z.boolean() })),
  /** All of these, sample history left out. */
  airedTimes: z.number().int(),
  /** How many of them filled gaps. */
  airedFillers: z.number().int(),
  airedMs: z.number().int(),
});
export type FilmUses = z.infer<typeof filmUsesSchema>;

export const filmUses = {
  filmUses: endpoint({
    method: 'GET',
    path: '/api/films/:id/uses',
    who: 'read-as-run',
    summary: 'Where and how often a film is planned and was on air.',
    params: z.strictObject({ id: idSchema }),
    reply: filmUsesSchema,
  }),
};
