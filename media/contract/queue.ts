import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { idSchema } from './ids.ts';
import { filmSchema } from './library.ts';

const byId = z.strictObject({ id: idSchema });
/** Whether somebody holds the whole queue. */
const heldSchema = z.object({ paused: z.boolean() });

export const queue = {
  pauseQueue: endpoint({
    method: 'POST',
    path: '/api/queue/pause',
    who: 'manage-queue',
    summary: 'Let workers begin no new job; what they are at they finish.',
    reply: heldSchema,
  }),
  resumeQueue: endpoint({
    method: 'POST',
    path: '/api/queue/resume',
    who: 'manage-queue',
    summary: 'Let workers go on.',
    reply: heldSchema,
  }),
  bumpFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/bump',
    who: 'manage-queue',
    summary: 'Encode a film before all others, from the next chunk on.',
    params: byId,
    reply: filmSchema,
  }),
  cancelFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/cancel',
    who: 'retry-encode',
    summary:
      'Stop the encode of a film: it is failed with the problem `cancelled` and can be retried from where it was.',
    params: byId,
    reply: filmSchema,
  }),
  pauseFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/pause',
    who: 'retry-encode',
    summary: 'Let a film wait after the chunk that is being made.',
    params: byId,
    reply: filmSchema,
  }),
  resumeFilm: endpoint({
    method: 'POST',
    path: '/api/films/:id/resume',
    who: 'retry-encode',
    summary: 'Go on with a film that was paused.',
    params: byId,
    reply: filmSchema,
  }),
};
