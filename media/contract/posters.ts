import { z } from 'zod';
import { pictureBounds } from '../film/picture-kind.ts';
import { endpoint } from './endpoint.ts';
import { idSchema } from './ids.ts';

/** A candidate by its number, the best first, or the picture that somebody sent. */
export const posterChoiceSchema = z.union([z.number().int().min(0).max(9), z.literal('own')]);
export type PosterChoice = z.infer<typeof posterChoiceSchema>;

const postersSchema = z.object({
  items: z.array(z.object({ poster: posterChoiceSchema, path: z.string(), isChosen: z.boolean() })),
});

const byId = z.strictObject({ id: idSchema });

export const posters = {
  listPosters: endpoint({
    method: 'GET',
    path: '/api/films/:id/posters',
    who: 'preview-film',
    summary: 'Pictures that can stand for a film: candidates from it, the best first, and the one that was sent.',
    params: byId,
    reply: postersSchema,
  }),
  choosePoster: endpoint({
    method: 'PUT',
    path: '/api/films/:id/poster',
    who: 'edit-film',
    summary: 'Choose the picture that stands for a film.',
    params: byId,
    body: z.strictObject({ poster: posterChoiceSchema }),
    reply: postersSchema,
  }),
  sendPoster: endpoint({
    method: 'POST',
    path: '/api/films/:id/posters',
    who: 'edit-film',
    summary:
      'Send a picture of one’s own, and choose it: JPEG, PNG or WebP by content, at most 15 MB and 50 million pixels. What is served is drawn anew from it, 1280 by 720.',
    status: 201,
    params: byId,
    isRawBody: true,
    bodyBytes: pictureBounds.mostBytes,
    body: z.instanceof(Uint8Array),
    reply: postersSchema,
  }),
};
