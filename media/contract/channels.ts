import { z } from 'zod';
import { atMsSchema, atMsTextSchema, endpoint, listOf, pageQuery, personTextSchema } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';
import { audienceSchema, languageSchema } from './library.ts';

/** Hours ahead for which a new channel's cards are made: a worker that stands still over a night is no harm. */
export const usualGapCardHours = 48;

export const channelSchema = z.object({
  code: codeSchema,
  name: z.string(),
  audience: audienceSchema,
  package: z.enum(['ts', 'cmaf']),
  /** BCP 47 languages that a channel of package `cmaf` declares, the main one first; a film without one is heard in its own main language. */
  languages: z.array(z.string()).default(['zh-CN']),
  groups: z.array(codeSchema),
  /** Films of these categories fill gaps in rotation; slate where there are none. */
  fillerCategories: z.array(codeSchema),
  /** Hours for which a film that aired fills no gap; slate airs where every film still rests. */
  fillerRestHours: z.number().int(),
  /** Cards between programmes are made for gaps that begin within so many hours; 0: none. */
  gapCardHours: z.number().int(),
});
export type Channel = z.infer<typeof channelSchema>;

/** One line of the guide, [startAtMs, endAtMs). */
export const guideItemSchema = z.object({
  id: z.string(),
  filmId: idSchema.optional(),
  title: z.string(),
  category: codeSchema.optional(),
  kind: z.enum(['item', 'filler', 'slate']),
  startAtMs: atMsSchema,
  endAtMs: atMsSchema,
  mustWatch: z.boolean(),
  /** It displaces the plan: slate while the channel is cut (`drill`: to practise), or an urgent insertion. */
  interruption: z.enum(['cut', 'drill', 'insertion']).optional(),
  /** Title of what was planned and does not air: an alternate does, or what fills gaps (节目调整). */
  insteadOf: z.string().optional(),
  /** Present once begun. */
  startOver: z.string().optional(),
  /** Present once over, at most one cell later, while within retention. */
  catchUp: z.string().optional(),
});
export type GuideItem = z.infer<typeof guideItemSchema>;

const languagesSchema = z
  .array(languageSchema)
  .min(1, 'Name at least the main language.')
  .max(8)
  .refine((tags) => new Set(tags).size === tags.length, 'Name each language once.');
const byCode = z.strictObject({ code: codeSchema });
const rehearsal = { atMs: atMsTextSchema.optional(), group: codeSchema.optional() };

export const channels = {
  listChannels: endpoint({
    method: 'GET',
    path: '/api/channels',
    who: 'public',
    summary: 'Channels that I may see; all of them without `limit`.',
    query: z.strictObject(pageQuery),
    reply: listOf(channelSchema),
  }),
  createChannel: endpoint({
    method: 'POST',
    path: '/api/channels',
    who: 'manage-channels',
    summary: 'Add a channel.',
    status: 201,
    body: z.strictObject({
      code: codeSchema,
      name: personTextSchema(60),
      audience: audienceSchema.default('members'),
      package: z.enum(['ts', 'cmaf']).default('ts'),
      languages: languagesSchema.default(['zh-CN']),
      groups: z.array(codeSchema).max(100).default([]),
      fillerCategories: z.array(codeSchema).max(50).default([]),
      fillerRestHours: z.number().int().min(0).max(72).default(0),
      gapCardHours: z.number().int().min(0).max(72).default(usualGapCardHours),
    }),
    reply: channelSchema,
  }),
  changeChannel: endpoint({
    method: 'PATCH',
    path: '/api/channels/:code',
    who: 'manage-channels',
    summary: 'Change a channel.',
    params: byCode,
    body: z.strictObject({
      name: personTextSchema(60).optional(),
      audience: audienceSchema.optional(),
      package: z.enum(['ts', 'cmaf']).optional(),
      languages: languagesSchema.optional(),
      groups: z.array(codeSchema).max(100).optional(),
      fillerCategories: z.array(codeSchema).max(50).optional(),
      fillerRestHours: z.number().int().min(0).max(72).optional(),
      gapCardHours: z.number().int().min(0).max(72).optional(),
    }),
    reply: channelSchema,
  }),
  channelPlayback: endpoint({
    method: 'GET',
    path: '/api/channels/:code/playback',
    who: 'play-live',
    summary: 'Playback URLs of a channel: live, and two hours back.',
    params: byCode,
    query: z.strictObject(rehearsal),
    reply: z.object({ live: z.string(), dvr: z.string(), expiresAtMs: atMsSchema, serverAtMs: atMsSchema }),
  }),
  channelGuide: endpoint({
    method: 'GET',
    path: '/api/channels/:code/guide',
    who: 'play-live',
    summary: 'What airs in [from, to), at most 31 days.',
    params: byCode,
    query: z.strictObject({
      from: atMsTextSchema,
      to: atMsTextSchema,
      fillers: z.enum(['round', 'each']).optional(),
      ...rehearsal,
    }),
    reply: z.object({ items: z.array(guideItemSchema), serverAtMs: atMsSchema }),
  }),
};
