import { z } from 'zod';
import { PLAYS_OF_A_BATCH, watchedRungs } from '../quality/watched-rungs.ts';
import { atMsSchema, atMsTextSchema, endpoint } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';

export const playErrorKinds = ['network', 'media', 'other'] as const;
export const reportingPages = ['member', 'station'] as const;

const hourMs = 3_600_000;
const ms = z.number().int().min(0).max(hourMs);
const count = (most: number) => z.number().int().min(0).max(most);

/** What a player saw of one film or channel since it told last: at most an hour of it. */
export const playReportSchema = z
  .strictObject({
    film: idSchema.optional(),
    channel: codeSchema.optional(),
    mode: z.enum(['live', 'dvr', 'vod']),
    /** Server's time at the end of what is told, UTC ms. */
    atMs: atMsSchema,
    /** From the wish to watch until the first picture; told once a play. */
    startupMs: z.number().int().min(0).max(600_000).optional(),
    /** It ended without a picture. */
    failed: z.literal(true).optional(),
    watchedMs: ms,
    stalls: count(1000),
    stalledMs: ms,
    /** How long each rung was shown. */
    rungs: z.partialRecord(z.enum(watchedRungs), ms),
    errors: z.partialRecord(z.enum(playErrorKinds), count(1000)),
    frames: count(1_000_000),
    droppedFrames: count(1_000_000),
  })
  .refine(({ film, channel }) => film !== undefined || channel !== undefined, 'Name the film or the channel.');
export type PlayReport = z.infer<typeof playReportSchema>;

/** Reports that are counted once, however often they arrive: by the sender and its counter. */
export const qualityBatchSchema = z.strictObject({
  /** Made anew each time a page is opened. */
  sender: z.string().regex(/^[0-9a-z]{16,40}$/, 'A sender is 16 to 40 of 0-9 and a-z.'),
  /** Grows by one each batch; one that is not above the last of its sender is known already. */
  seq: z.number().int().min(1).max(1_000_000),
  page: z.enum(reportingPages),
  /** Where it was watched; the county where left out or unknown. */
  place: codeSchema.optional(),
  plays: z.array(playReportSchema).min(1).max(PLAYS_OF_A_BATCH),
});
export type QualityBatch = z.infer<typeof qualityBatchSchema>;

const share = z.number().min(0).max(1);
/** What many plays came to. */
export const qualityFiguresSchema = z.object({
  plays: z.number().int(),
  failed: z.number().int(),
  watchedMs: z.number(),
  startupP50Ms: z.number().optional(),
  startupP95Ms: z.number().optional(),
  stalls: z.number().int(),
  /** Part of the time in front of the picture in which it stood still. */
  stallRatio: share,
  errors: z.number().int(),
  droppedRatio: share,
  /** Part of the watched time on each rung. */
  rungs: z.partialRecord(z.enum(watchedRungs), share),
});
export type QualityFigures = z.infer<typeof qualityFiguresSchema>;

/** One film, channel or place, and what its plays came to. */
const namedFigures = qualityFiguresSchema.extend({ id: z.string(), name: z.string() });

const watched = { plays: z.number().int(), watchedMs: z.number() };

export const quality = {
  reportQuality: endpoint({
    method: 'POST',
    path: '/api/quality',
    who: 'public',
    summary: 'A page tells how well its pictures played; a batch that arrives twice counts once.',
    status: 204,
    bodyBytes: 32_768,
    body: qualityBatchSchema,
  }),
  readQuality: endpoint({
    method: 'GET',
    path: '/api/quality',
    who: 'read-metrics',
    summary: 'How well pictures played in the hours of [from, to), at most 7 days: in all, and the worst first.',
    query: z.strictObject({ from: atMsTextSchema, to: atMsTextSchema }),
    reply: z.object({
      fromMs: atMsSchema,
      toMs: atMsSchema,
      total: qualityFiguresSchema,
      films: z.array(namedFigures),
      channels: z.array(namedFigures),
      places: z.array(namedFigures),
    }),
  }),
  filmWatched: endpoint({
    method: 'GET',
    path: '/api/films/:id/watched',
    who: 'preview-film',
    summary: 'How often and how long a film was watched on demand and caught up, by county month, the newest first.',
    params: z.strictObject({ id: idSchema }),
    reply: z.object({ ...watched, months: z.array(z.object({ month: z.string(), ...watched })) }),
  }),
};
