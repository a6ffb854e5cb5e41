import { z } from 'zod';
import { atMsSchema, endpoint } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';

/** A replica that was not heard of for this long is taken for gone. */
export const replicaSilentMs = 30_000;

/** What keeps a channel from being looked after: edits that take too long to work out, and more cards than are made at a time. */
export const channelTroubles = ['slow-upkeep', 'slow-cards', 'many-cards'] as const;
export type ChannelTrouble = (typeof channelTroubles)[number];

const bytes = z.number().min(0);
const bookSchema = z.object({
  kind: z.enum(['embedded', 'external']),
  answersInMs: z.number().min(0).optional(),
  /** What is wrong and what to do; absent where all is well. */
  trouble: z.string().optional(),
});

/** How the whole system is, as its keeper wants to know it. */
export const statusSchema = z.object({
  serverAtMs: atMsSchema,
  /** Everything that is not well, by name, as `/readyz` says it. */
  down: z.array(z.object({ name: z.string(), reason: z.string() })),
  database: bookSchema,
  redis: bookSchema,
  /** Absent while Redis is away. */
  queue: z
    .object({
      paused: z.boolean(),
      waitingFilms: z.number().int(),
      waitingJobs: z.number().int(),
      runningJobs: z.number().int(),
      failedFilms: z.number().int(),
      workers: z.array(
        z.object({
          name: z.string(),
          host: z.string(),
          runningJobs: z.number().int(),
          concurrency: z.number().int(),
          silentMs: z.number(),
        }),
      ),
    })
    .optional(),
  disks: z.array(
    z.object({
      holds: z.enum(['films', 'data']),
      where: z.string(),
      /** Absent where a store does not tell. */
      freeBytes: bytes.optional(),
      totalBytes: bytes.optional(),
      /** Below this a warning is shown. */
      warnBelowBytes: bytes.optional(),
      /** Below this no upload is taken and no encode begins. */
      stopBelowBytes: bytes.optional(),
      state: z.enum(['roomy', 'low', 'full', 'unknown']),
    }),
  ),
  replicas: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      startedAtMs: atMsSchema,
      seenAtMs: atMsSchema,
      isGone: z.boolean(),
      /** It looks after the library at the moment. */
      isLeader: z.boolean(),
    }),
  ),
  channels: z.array(
    z.object({
      code: codeSchema,
      name: z.string(),
      item: z
        .object({
          title: z.string(),
          kind: z.enum(['item', 'filler', 'slate']),
          startAtMs: atMsSchema,
          endAtMs: atMsSchema,
        })
        .optional(),
      /** When a player last asked any replica for its list; absent where none did lately. */
      servedAtMs: atMsSchema.optional(),
      /** What the answering replica met; it is tried again all the time. */
      troubles: z.array(z.enum(channelTroubles)),
    }),
  ),
  /** Films whose stored files were found damaged and are not whole again: off the air until then. */
  damagedFilms: z.array(
    z.object({
      filmId: idSchema,
      title: z.string(),
      foundAtMs: atMsSchema,
      /** The first file that differs, and how. */
      finding: z.string(),
      /** The damaged parts are being made again, so nobody has to do anything. */
      isMending: z.boolean(),
    }),
  ),
  backup: z.object({ atMs: atMsSchema, documents: z.number().int(), bytes }).optional(),
});
export type SystemStatus = z.infer<typeof statusSchema>;

export const status = {
  readStatus: endpoint({
    method: 'GET',
    path: '/api/status',
    who: 'read-metrics',
    summary: 'How the system is: database, queue, disks, replicas, channels and the last backup.',
    reply: statusSchema,
  }),
};
