import { z } from 'zod';
import { filmStateSchema } from '../film/film-state.ts';
import { atMsSchema, endpoint, listOf, pageQuery, personTextSchema } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';
import { filmProblemSchema } from './transcode-job.ts';

export const audienceSchema = z.enum(['public', 'members']);
export type Audience = z.infer<typeof audienceSchema>;

const personSchema = z.object({ id: idSchema, name: z.string() });

export const filmSchema = z.object({
  id: idSchema,
  title: z.string(),
  category: codeSchema.optional(),
  /** BCP 47 of the main audio. */
  language: z.string(),
  synopsis: z.string().optional(),
  audience: audienceSchema,
  state: filmStateSchema,
  problem: filmProblemSchema.optional(),
  /** What the reviewer must look at: damaged, conversions. */
  warnings: z.array(filmProblemSchema),
  progress: z
    .object({
      phase: z.enum(['probing', 'audio', 'encoding', 'checking']),
      ratio: z.number().min(0).max(1),
      etaMs: z.number().optional(),
    })
    .optional(),
  /** Films that are encoded before this one; present while `queued`. */
  waitingBehind: z.number().int().optional(),
  /** Bytes received while `uploading`, of `sourceBytes`. */
  receivedBytes: z.number().int().optional(),
  sourceBytes: z.number().int().optional(),
  filename: z.string(),
  durationMs: z.number().int().optional(),
  revision: idSchema.optional(),
  rungs: z
    .array(
      z.object({ name: z.string(), width: z.number().int(), height: z.number().int(), bandwidthBps: z.number().int() }),
    )
    .optional(),
  languages: z.array(z.string()).optional(),
  subtitles: z.array(z.string()).optional(),
  /** True as soon as a first part can be played by those who may preview. */
  playable: z.boolean(),
  reviews: z
    .object({
      needed: z.number().int(),
      passed: z.number().int(),
      entries: z.array(
        z.object({
          by: personSchema,
          decision: z.enum(['pass', 'return']),
          reason: z.string().optional(),
          atMs: atMsSchema,
        }),
      ),
    })
    .optional(),
  duplicateOf: idSchema.optional(),
  owner: personSchema,
  place: codeSchema,
  createdAtMs: atMsSchema,
  posterPath: z.string().optional(),
});
export type Film = z.infer<typeof filmSchema>;

const byId = z.strictObject({ id: idSchema });
const playbackUrl = z.string();

/** tus metadata of an upload, after base64 (tus 1.0, creation extension). */
export const uploadMetadataSchema = z.strictObject({
  filename: personTextSchema(255),
  title: personTextSchema(100).optional(),
  category: z.string().max(60).optional(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .default('zh-CN'),
  synopsis: personTextSchema(2000).optional(),
  filetype: z.string().max(100).optional(),
  relativePath: z.string().max(1000).optional(),
  name: z.string().max(300).optional(),
  type: z.string().max(100).optional(),
});

export const library = {
  listFilms: endpoint({
    method: 'GET',
    path: '/api/films',
    who: 'browse-library',
    summary: 'Films that I may see, newest first; `query` finds titles, pinyin and pinyin initials.',
    query: z.strictObject({ ...pageQuery, category: codeSchema.optional(), state: filmStateSchema.optional() }),
    reply: listOf(filmSchema),
  }),
  readFilm: endpoint({
    method: 'GET',
    path: '/api/films/:id',
    who: 'browse-library',
    summary: 'One film.',
    params: byId,
    reply: filmSchema,
  }),
  changeFilm: endpoint({
    method: 'PATCH',
    path: '/api/films/:id',
    who: 'edit-film',
    summary: 'Change what is written about a film.',
    params: byId,
    body: z.strictObject({
      title: personTextSchema(100).optional(),
      category: codeSchema.optional(),
      language: z
        .string()
        .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
        .optional(),
      synopsis: personTextSchema(2000).optional(),
      audience: audienceSchema.optional(),
    }),
    reply: filmSchema,
  }),
  deleteFilm: endpoint({
    method: 'DELETE',
    path: '/api/films/:id',
    who: 'delete-film',
    summary: 'Delete a film that no plan uses.',
    status: 204,
    params: byId,
  }),
  reviewFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/reviews',
    who: 'review-film',
    summary: 'Pass a film or return it; bound to the content.',
    status: 201,
    params: byId,
    body: z
      .strictObject({ decision: z.enum(['pass', 'return']), reason: personTextSchema(500).optional() })
      .refine((review) => review.decision === 'pass' || review.reason !== undefined, {
        path: ['reason'],
        message: 'Say why the film is returned.',
      }),
    reply: filmSchema,
  }),
  retryFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/retry',
    who: 'retry-encode',
    summary: 'Try again after a failure, or hand in again after a return.',
    params: byId,
    reply: filmSchema,
  }),
  withdrawFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/withdraw',
    who: 'withdraw-film',
    summary: 'Take a film off the air and out of the library at once.',
    params: byId,
    body: z.strictObject({ reason: personTextSchema(500) }),
    reply: filmSchema,
  }),
  filmPlayback: endpoint({
    method: 'GET',
    path: '/api/films/:id/playback',
    who: 'play-film',
    summary: 'Playback URLs of a film.',
    params: byId,
    reply: z.object({ hls: playbackUrl, languages: playbackUrl.optional(), expiresAtMs: atMsSchema }),
  }),
};
