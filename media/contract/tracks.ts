import { z } from 'zod';
import { trackKinds } from '../film/added-track.ts';
import { languageTagSchema } from '../film/language-tag.ts';
import { subtitleFindingSchema } from '../film/subtitle-finding.ts';
import { atMsSchema, endpoint, personTextSchema } from './endpoint.ts';
import { idSchema } from './ids.ts';
import { filmProblemSchema } from './transcode-job.ts';

/** Id of an added track, or `audio-zh-CN`, `subtitles-en` for one that came with the film. */
const trackIdSchema = z
  .string()
  .regex(/^(?:[0-9a-hjkmnp-tv-z]{26}|(?:audio|subtitles)-[A-Za-z0-9-]{2,40})$/, 'Give the id of a track of this film.');

export const trackSchema = z.object({
  id: trackIdSchema,
  kind: z.enum(trackKinds),
  /** BCP 47. */
  language: z.string(),
  name: z.string(),
  /** It came with the film, and stays with it. */
  isOwn: z.boolean(),
  /**
   * `ready` is in the film as it is shown; everything else waits in a film of its own (`filmId`) until it is made and reviewed:
   * `uploading`, `making`, `review`, or `refused` and `failed` with their problem.
   */
  state: z.enum(['ready', 'uploading', 'making', 'review', 'refused', 'failed']),
  /** Present while it waits. */
  change: z.enum(['add', 'remove']).optional(),
  filmId: idSchema.optional(),
  problem: filmProblemSchema.optional(),
  warnings: z.array(filmProblemSchema).optional(),
  /** Of its making, 0 to 1; of an upload the part that was received. */
  ratio: z.number().min(0).max(1).optional(),
  filename: z.string().optional(),
  addedBy: z.string().optional(),
  addedAtMs: atMsSchema.optional(),
});
export type Track = z.infer<typeof trackSchema>;

const byId = z.strictObject({ id: idSchema });
const byTrack = z.strictObject({ id: idSchema, trackId: trackIdSchema });
const mebibyte = 1_048_576;

export const tracks = {
  listTracks: endpoint({
    method: 'GET',
    path: '/api/films/:id/tracks',
    who: 'preview-film',
    summary: 'Languages and subtitles of a film: those that it has, and those that are on their way.',
    params: byId,
    reply: z.object({ items: z.array(trackSchema) }),
  }),
  addSubtitles: endpoint({
    method: 'POST',
    path: '/api/films/:id/tracks',
    who: 'upload-film',
    summary:
      'Add subtitles (SRT or WebVTT, at most 2 MB, as base64), or replace those of the language. The film stays as it is until the new one is passed. A language track is uploaded by tus with the metadata `trackOf`.',
    status: 201,
    params: byId,
    bodyBytes: 3 * mebibyte,
    body: z.strictObject({
      kind: z.literal('subtitles'),
      language: languageTagSchema,
      name: personTextSchema(60).optional(),
      filename: personTextSchema(255).optional(),
      content: z.base64('Give the bytes of the file as base64.').max(2.8 * mebibyte, 'Give at most 2 MB.'),
    }),
    reply: z.object({ track: trackSchema, findings: z.array(subtitleFindingSchema) }),
  }),
  removeTrack: endpoint({
    method: 'DELETE',
    path: '/api/films/:id/tracks/:trackId',
    who: 'upload-film',
    summary:
      'Remove an added track: at once while it is on its way, otherwise by a film of its own that takes this one’s place when it is passed.',
    params: byTrack,
    reply: z.object({ items: z.array(trackSchema) }),
  }),
  readSubtitles: endpoint({
    method: 'GET',
    path: '/api/films/:id/tracks/:trackId/text',
    who: 'preview-film',
    summary: 'Subtitles of a film as one WebVTT file.',
    params: byTrack,
    contentType: 'text/vtt',
    reply: z.string(),
  }),
};
