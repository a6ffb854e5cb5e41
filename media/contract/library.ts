import { z } from 'zod';
import { channelCertificateSchema, earlierCertificateSchema } from '../film/channel-certificate.ts';
import { chapterSchema } from '../film/chapters.ts';
import { filmStateSchema } from '../film/film-state.ts';
import { markKinds } from '../film/technical-check.ts';
import { calendarDateSchema } from './county-date.ts';
import { atMsSchema, endpoint, listOf, pageQuery, personTextSchema } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';
import { filmProblemSchema } from './transcode-job.ts';

export const audienceSchema = z.enum(['public', 'members']);
export type Audience = z.infer<typeof audienceSchema>;

export const languageSchema = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A language is a BCP 47 tag such as zh-CN.');

const personSchema = z.object({ id: idSchema, name: z.string() });

export const filmSchema = z.object({
  id: idSchema,
  title: z.string(),
  category: codeSchema.optional(),
  /** BCP 47 of the main audio. */
  language: z.string(),
  synopsis: z.string().optional(),
  /** In order, on the film's clock. */
  chapters: z.array(chapterSchema).optional(),
  audience: audienceSchema,
  /** The county recommends it: it stands on the featured shelf of stations and members. */
  featured: z.literal(true).optional(),
  /** Of what people wrote about it: give it back as If-Match, and nobody else’s words are overwritten. */
  wordsVersion: z.string(),
  /** First and last county date on which channels may show it, both inclusive; without limit where absent. */
  airFrom: z.string().optional(),
  airUntil: z.string().optional(),
  state: filmStateSchema,
  problem: filmProblemSchema.optional(),
  /** What the reviewer must look at: damaged, conversions. */
  warnings: z.array(filmProblemSchema),
  progress: z
    .object({
      phase: z.enum(['probing', 'audio', 'encoding', 'checking']),
      ratio: z.number().min(0).max(1),
      /** Film time over wall time. */
      speed: z.number().optional(),
      etaMs: z.number().optional(),
    })
    .optional(),
  /** Films that are encoded before this one; present while `queued`, and while `encoding` has not begun. */
  waitingBehind: z.number().int().optional(),
  /** Its encode waits until somebody resumes it. */
  paused: z.boolean().optional(),
  /** Somebody put its encode before all others. */
  bumped: z.boolean().optional(),
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
          /** Where in the film it is. */
          positionMs: z.number().int().optional(),
          atMs: atMsSchema,
        }),
      ),
    })
    .optional(),
  duplicateOf: idSchema.optional(),
  /** The film whose re-encode this is: it takes that one's place when it is passed. */
  renews: idSchema.optional(),
  /** SHA-256 of the uploaded file, for those who make and judge films. */
  sourceSha256: z.string().optional(),
  /** Whether the uploaded file is still kept, for the same people. */
  sourceKept: z.boolean().optional(),
  /** When its stored files were last found as they were made, and since when another look is waited for; for the same people. */
  verifiedAtMs: atMsSchema.optional(),
  verifyAskedAtMs: atMsSchema.optional(),
  /** What of its stored files was found damaged and when; absent once they are whole again. */
  damage: z.object({ atMs: atMsSchema, finding: z.string() }).optional(),
  /** How much of that look is done, 0 to 1. */
  verifyRatio: z.number().min(0).max(1).optional(),
  owner: personSchema,
  place: codeSchema,
  createdAtMs: atMsSchema,
  posterPath: z.string().optional(),
});
export type Film = z.infer<typeof filmSchema>;

/** What was found in a film and what was changed about it. */
export const filmCheckSchema = z.object({
  /** Codes of media/film/conversions.ts. */
  conversions: z.array(z.string()),
  /** In order of time, on the film's clock; what the county's limits leave of them. */
  marks: z.array(
    z.object({
      kind: z.enum(markKinds),
      fromMs: z.number(),
      toMs: z.number(),
      value: z.number().optional(),
      detail: z.string().optional(),
    }),
  ),
  /** Of the source, before it was brought to the target. */
  loudness: z
    .object({
      measuredLufs: z.number().nullable(),
      targetLufs: z.number(),
      truePeakDb: z.number().nullable().optional(),
    })
    .optional(),
  /** Whether the film may be planned on a channel; absent until it is whole. */
  isChannelReady: z.boolean().optional(),
  channelReady: z.union([channelCertificateSchema, earlierCertificateSchema]).optional(),
});
export type FilmCheck = z.infer<typeof filmCheckSchema>;

/** Chapters that a person wrote, in order. */
const writtenChaptersSchema = z
  .array(z.strictObject({ atMs: z.number().int().min(0), title: personTextSchema(100) }))
  .max(200, 'A film may have at most 200 chapters.')
  .refine((chapters) => chapters.every(({ atMs }, at) => atMs > (chapters[at - 1]?.atMs ?? -1)), {
    message: 'Write chapters in the order of their times, each time once.',
  });

const byId = z.strictObject({ id: idSchema });
const playbackUrl = z.string();

/** tus metadata of an upload, after base64 (tus 1.0, creation extension). */
export const uploadMetadataSchema = z.strictObject({
  filename: personTextSchema(255),
  title: personTextSchema(100).optional(),
  category: z.string().max(60).optional(),
  language: languageSchema.default('zh-CN'),
  synopsis: personTextSchema(2000).optional(),
  filetype: z.string().max(100).optional(),
  relativePath: z.string().max(1000).optional(),
  /** The film that this file is a language track of, and what viewers read in its menu. */
  trackOf: idSchema.optional(),
  trackName: personTextSchema(60).optional(),
  /** The film that this is another file for: it stays on air as it is until the new one is passed. */
  replaces: idSchema.optional(),
  name: z.string().max(300).optional(),
  type: z.string().max(100).optional(),
});

export const library = {
  listFilms: endpoint({
    method: 'GET',
    path: '/api/films',
    who: 'browse-library',
    summary:
      'Films that I may see, newest first; `query` finds titles, pinyin and pinyin initials, `sourceSha256` the same file.',
    query: z.strictObject({
      ...pageQuery,
      category: codeSchema.optional(),
      state: filmStateSchema.optional(),
      /** Only what the county recommends. */
      featured: z.literal('true').optional(),
      sourceSha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'Give a SHA-256 as 64 lower-case hexadecimal digits.')
        .optional(),
    }),
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
  checkFilm: endpoint({
    method: 'GET',
    path: '/api/films/:id/check',
    who: 'preview-film',
    summary: 'Technical check of a film: marks on its clock, conversions, loudness, channel-ready certificate.',
    params: byId,
    reply: filmCheckSchema,
  }),
  changeFilm: endpoint({
    method: 'PATCH',
    path: '/api/films/:id',
    who: 'edit-film',
    summary:
      'Change what is written about a film; with If-Match (its `ETag` or `wordsVersion`) only if nobody else did since.',
    params: byId,
    body: z.strictObject({
      title: personTextSchema(100).optional(),
      category: codeSchema.optional(),
      language: languageSchema.optional(),
      synopsis: personTextSchema(2000).optional(),
      /** Instead of those of the upload; an empty list takes them away. */
      chapters: writtenChaptersSchema.optional(),
      audience: audienceSchema.optional(),
      /** `null` takes the limit away. */
      airFrom: calendarDateSchema.nullable().optional(),
      airUntil: calendarDateSchema.nullable().optional(),
    }),
    reply: filmSchema,
  }),
  featureFilm: endpoint({
    method: 'PUT',
    path: '/api/films/:id/featured',
    who: 'feature-film',
    summary:
      'Put a film on the featured shelf of stations and members, or take it off; it stands there once it is ready.',
    params: byId,
    body: z.strictObject({ featured: z.boolean() }),
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
      .strictObject({
        decision: z.enum(['pass', 'return']),
        reason: personTextSchema(500).optional(),
        /** Where in the film the reason is, on its clock. */
        positionMs: z.number().int().min(0).max(86_400_000).optional(),
      })
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
  reencodeFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/reencode',
    who: 'retry-encode',
    summary:
      'Encode a ready film anew under the recipe and settings of today: answers the new film, which takes its place when it is passed.',
    status: 201,
    params: byId,
    reply: filmSchema,
  }),
  verifyFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/verify',
    who: 'retry-encode',
    summary: 'Have every stored file of a ready film read again; what is damaged goes off the air and is made again.',
    status: 202,
    params: byId,
    reply: filmSchema,
  }),
  downloadFilm: endpoint({
    method: 'GET',
    path: '/api/films/:id/download',
    who: 'download-film',
    summary:
      'One file that plays from a stick: the best rung, or `rung`, with the main language, or `language`. Ranges are answered.',
    params: byId,
    query: z.strictObject({
      // A second track of one language is called `zh-CN-x-2`.
      language: z
        .string()
        .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/, 'A language is a BCP 47 tag such as zh-CN.')
        .optional(),
      rung: z
        .string()
        .regex(/^[1-9][0-9]{2,3}p$/, 'A rung is named by its height, as 720p.')
        .optional(),
    }),
    contentType: 'video/mp2t',
    isFile: true,
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
    summary:
      'Playback URLs of a film, of its storyboard (WebVTT for the seek bar) and of its poster candidates, the best first.',
    params: byId,
    reply: z.object({
      hls: playbackUrl,
      languages: playbackUrl.optional(),
      storyboard: playbackUrl.optional(),
      /** Playlists of its subtitles; their segments say the film’s own time. */
      subtitles: z.array(z.object({ language: z.string(), url: playbackUrl })),
      posters: z.array(playbackUrl),
      /** What plays is the upload as it is: nothing of the film is encoded yet. */
      asUploaded: z.literal(true).optional(),
      /** What plays is the opening alone, encoded in haste: ask again for what takes its place. */
      opening: z.literal(true).optional(),
      expiresAtMs: atMsSchema,
    }),
  }),
};
