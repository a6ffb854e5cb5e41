import { z } from 'zod';
import { guideItemSchema } from './channels.ts';
import { atMsSchema, atMsTextSchema, endpoint } from './endpoint.ts';
import { idSchema } from './ids.ts';

/** Longest stretch that is rehearsed at once. */
export const LONGEST_REHEARSAL_MS = 86_400_000;

/** What would air on [startAtMs, endAtMs), and from where in its film. */
const rehearsalItemSchema = guideItemSchema
  .pick({ id: true, title: true, kind: true, startAtMs: true, endAtMs: true, mustWatch: true, insteadOf: true })
  .extend({
    /** The film whose picture airs; absent on slate. */
    filmId: idSchema.optional(),
    /** Where the film stands at `startAtMs`; absent on slate. */
    filmFromMs: z.number().int().optional(),
    /** The film's own length: what reaches beyond `endAtMs` is cut off. */
    filmMs: z.number().int().optional(),
  });
export type RehearsalItem = z.infer<typeof rehearsalItemSchema>;

const rehearsalSchema = z.object({
  /** The version of the plan that this is a rehearsal of. */
  version: z.number().int(),
  /** From when on the plan would hold; before it stands what airs anyway. */
  effectiveAtMs: atMsSchema,
  items: z.array(rehearsalItemSchema),
});
export type Rehearsal = z.infer<typeof rehearsalSchema>;

export const rehearsal = {
  rehearsePlan: endpoint({
    method: 'GET',
    path: '/api/plans/:id/rehearsal',
    who: 'read-plans',
    summary:
      'What would air in [from, to), at most a day, if this plan were published now: items, fillers, cards and slate without holes, those at the edges whole.',
    params: z.strictObject({ id: idSchema }),
    query: z.strictObject({ from: atMsTextSchema, to: atMsTextSchema }),
    reply: rehearsalSchema,
  }),
};
