import { z } from 'zod';
import { SKIPS_OF_A_BATCH, skipReasons } from '../plan/skip-reasons.ts';
import { atMsSchema, atMsTextSchema, endpoint } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';

/** A must-watch item that somebody at a station cancelled before it began. */
const toldSkipSchema = z.strictObject({
  /** Of the guide. */
  itemId: z.string().min(1).max(100),
  startAtMs: atMsSchema,
  reason: z.enum(skipReasons),
  /** When it was cancelled, by the server's time as the station knew it. */
  atMs: atMsSchema,
});
export type ToldSkip = z.infer<typeof toldSkipSchema>;

const skipSchema = z.object({
  place: codeSchema,
  placeName: z.string(),
  film: idSchema.optional(),
  title: z.string(),
  startAtMs: atMsSchema,
  reason: z.enum(skipReasons),
  atMs: atMsSchema,
  /** When it reached the server: later where the link was lost. */
  heardAtMs: atMsSchema,
});
export type KnownSkip = z.infer<typeof skipSchema>;

export const skips = {
  reportSkips: endpoint({
    method: 'POST',
    path: '/api/skips',
    who: 'public',
    summary:
      'A station tells which must-watch items it did not start, and why; told twice it counts once. What no guide names is left out.',
    status: 204,
    bodyBytes: 32_768,
    body: z.strictObject({
      /** Where it stands; the county where left out or unknown. */
      place: codeSchema.optional(),
      skips: z.array(toldSkipSchema).min(1).max(SKIPS_OF_A_BATCH),
    }),
  }),
  listSkips: endpoint({
    method: 'GET',
    path: '/api/skips',
    who: 'read-as-run',
    summary:
      'Must-watch items of [from, to), at most 31 days, that stations of mine did not start, with reason: the newest 200.',
    query: z.strictObject({ from: atMsTextSchema, to: atMsTextSchema }),
    reply: z.object({ items: z.array(skipSchema) }),
  }),
};
