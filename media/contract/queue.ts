import { z } from 'zod';
import { atMsSchema, endpoint } from './endpoint.ts';
import { filmStateSchema } from '../film/film-state.ts';
import { idSchema } from './ids.ts';
import { filmSchema } from './library.ts';
import { transcodeProgressSchema } from './transcode-job.ts';

const byId = z.strictObject({ id: idSchema });
/** Whether somebody holds the whole queue. */
const heldSchema = z.object({ paused: z.boolean() });

/** The encode queue as it is now. */
export const queueSchema = z.object({
  /** Who holds the whole queue, and since when. */
  paused: z.object({ by: z.string(), atMs: atMsSchema }).optional(),
  /** Films that are made or wait for it, in the order in which workers take their jobs; paused ones last. */
  films: z.array(
    z.object({
      id: idSchema,
      title: z.string(),
      owner: z.string(),
      state: filmStateSchema,
      /** Put first by hand, needed on air at `neededAtMs`, its producer's turn, or paused. */
      why: z.enum(['bumped', 'needed', 'turn', 'paused']),
      neededAtMs: atMsSchema.optional(),
      sinceAtMs: atMsSchema,
      /** Jobs that no worker has taken. */
      waitingJobs: z.number().int(),
      ratio: z.number().optional(),
    }),
  ),
  running: z.array(
    z.object({
      jobId: z.string(),
      filmId: idSchema,
      title: z.string().optional(),
      kind: z.enum(['prepare', 'audio', 'chunk', 'finish', 'tracks', 'verify']),
      chunk: z.number().int().optional(),
      sinceAtMs: atMsSchema.optional(),
      progress: transcodeProgressSchema.optional(),
      /** Name of the worker; absent where it was not heard of for 10 s. */
      worker: z.string().optional(),
    }),
  ),
  workers: z.array(
    z.object({
      name: z.string(),
      host: z.string(),
      pid: z.number().int(),
      recipe: z.string(),
      sinceAtMs: z.number(),
      concurrency: z.number().int(),
      jobIds: z.array(z.string()),
      /** Time since its last heartbeat. */
      silentMs: z.number(),
    }),
  ),
});
export type QueueView = z.infer<typeof queueSchema>;

export const queue = {
  readQueue: endpoint({
    method: 'GET',
    path: '/api/queue',
    who: 'read-queue',
    summary: 'Films that wait for their encode and why, what is being made, and the workers.',
    reply: queueSchema,
  }),
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
