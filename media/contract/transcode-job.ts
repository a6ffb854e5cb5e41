import { z } from 'zod';
import { gapCardSchema } from './gap-card.ts';
import { addedTrackSchema } from '../film/added-track.ts';
import { highestRungs } from '../film/ladder.ts';
import { idSchema } from './ids.ts';

/** Name of the BullMQ queue that server and workers share. */
export const transcodeQueueName = 'transcode';
/**
 * Name of the queue of review copies. A queue of its own, because such a copy takes seconds and no CPU: it must not wait until an
 * encode has ended its chunk.
 */
export const reviewCopyQueueName = 'review-copy';
/** Redis channel on which the server asks workers to stop a film: the message is the film's id, the order is under `cancelledKey`. */
export const cancelChannelName = 'yuanbo:transcode:cancel';
/** Redis key that holds the last attempt of a film that is cancelled; a worker that missed the message finds it here. */
export const cancelledKey = (filmId: string): string => `yuanbo:transcode:cancelled:${filmId}`;
/** How long an order to stop is kept. */
export const cancelledSeconds = 86_400;
/** Redis set of the names of workers, and the key under which each says what it does; the key ends by itself. */
export const workerNamesKey = 'yuanbo:transcode:workers';
export const workerReportKey = (name: string): string => `${workerNamesKey}:${name}`;
/** How long a worker counts as there after its last word. */
export const workerReportSeconds = 10;

/** What a worker says about itself. */
export const workerReportSchema = z.object({
  name: z.string(),
  host: z.string(),
  pid: z.number().int(),
  /** Version of the encode recipe: workers of two versions make two revisions of one film. */
  recipe: z.string(),
  sinceAtMs: z.number(),
  /** Jobs at a time. */
  concurrency: z.number().int(),
  jobIds: z.array(z.string()),
});
export type WorkerReport = z.infer<typeof workerReportSchema>;

/** Job ids are made of these parts, so that adding the same work twice is one job. */
export const transcodeJobId = (job: TranscodeJob): string =>
  [
    job.kind,
    'revision' in job ? job.revision : job.filmId,
    'chunk' in job ? String(job.chunk) : '',
    'language' in job ? job.language : '',
    'askedAtMs' in job ? String(job.askedAtMs) : '',
    String(job.attempt),
  ]
    .filter((part) => part !== '')
    .join('-');

const common = { filmId: idSchema, attempt: z.number().int().min(0) };

/** Look at a source: hash, probe, plan its encode. Writes `revisions/{revision}/plan.json`; of a short film also its main audio. */
const prepareJob = z.object({
  kind: z.literal('prepare'),
  ...common,
  sourceKey: z.string(),
  /** BCP 47 language of the main audio track. */
  language: z.string(),
  /** County settings of encoding; what is left out has the default of media/film/encode-plan.ts. */
  options: z
    .object({
      loudnessLufs: z.number().optional(),
      with1440p: z.boolean().optional(),
      hevc2160p: z.boolean().optional(),
      highestRung: z.enum(highestRungs).optional(),
      package: z.enum(['auto', 'ts', 'ts+cmaf']).optional(),
    })
    .optional(),
  /** A card between two programmes has no upload: its film is drawn first and laid where an upload would lie. */
  card: gapCardSchema.optional(),
});
/** One pass over one audio language of a planned revision. */
const audioJob = z.object({
  kind: z.literal('audio'),
  ...common,
  revision: idSchema,
  sourceKey: z.string(),
  language: z.string(),
});
/** One chunk of cells on every rung. */
const chunkJob = z.object({
  kind: z.literal('chunk'),
  ...common,
  revision: idSchema,
  sourceKey: z.string(),
  chunk: z.number().int().min(0),
});
/** Verify everything and write the manifest. */
const finishJob = z.object({ kind: z.literal('finish'), ...common, revision: idSchema, sourceKey: z.string() });

/** Look at every stored file of a whole revision again: disks lose and change bytes. Asked for each time anew. */
const verifyJob = z.object({
  kind: z.literal('verify'),
  ...common,
  revision: idSchema,
  askedAtMs: z.number().int().positive(),
  /** Parts (chunks, then languages) before this one were looked at already. */
  fromPart: z.number().int().min(0).optional(),
});

/** Make a revision of a whole one that has these tracks besides its own; none: the base itself. */
const tracksJob = z.object({
  kind: z.literal('tracks'),
  ...common,
  base: idSchema,
  tracks: z.array(addedTrackSchema.extend({ sourceKey: z.string() })).max(32),
});

/** Copy an upload that browsers can play, so that owner and reviewers need not wait for its encode. */
export const reviewCopyJobSchema = z.object({ ...common, sourceKey: z.string() });
export type ReviewCopyJob = z.infer<typeof reviewCopyJobSchema>;

/** What a worker can be asked to do; parsed at dequeue. Every job is idempotent: a fact that is on the shelf is not made again. */
export const transcodeJobSchema = z.discriminatedUnion('kind', [
  prepareJob,
  audioJob,
  chunkJob,
  finishJob,
  tracksJob,
  verifyJob,
]);
export type TranscodeJob = z.infer<typeof transcodeJobSchema>;

/** What is wrong with a film, in words that people read; `code` picks the translated sentence. */
export const filmProblemSchema = z.object({
  code: z.string(),
  message: z.string(),
  cure: z.string(),
  /** What stands in the sentence, so that `translateProblem` can say it in another language. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FilmProblem = z.infer<typeof filmProblemSchema>;

/** What a finished job reports; parsed by the server when the job completes. */
export const transcodeResultSchema = z.discriminatedUnion('outcome', [
  /** The film itself is unfit: state `refused`. */
  z.object({ outcome: z.literal('refused'), problem: filmProblemSchema, sourceSha256: z.string().optional() }),
  z.object({
    outcome: z.literal('planned'),
    revision: idSchema,
    sourceSha256: z.string().length(64),
    durationMs: z.number().int(),
    chunks: z.number().int().positive(),
    languages: z.array(z.string()),
    rungs: z.array(z.string()),
    /** The reviewer must look closely: damaged, but usable. */
    warnings: z.array(filmProblemSchema),
  }),
  z.object({
    outcome: z.literal('tracks'),
    revision: idSchema,
    /** What it was made of, so that an answer to an earlier question is known. */
    base: idSchema,
    tracks: z.array(idSchema),
    warnings: z.array(filmProblemSchema),
  }),
  z.object({ outcome: z.literal('audio'), language: z.string() }),
  z.object({ outcome: z.literal('chunk'), chunk: z.number().int().min(0) }),
  z.object({ outcome: z.literal('finished'), revision: idSchema, warnings: z.array(filmProblemSchema) }),
  /** What of a whole revision is not as recorded any more, in words; its manifest and the damaged parts are taken away. */
  z.object({
    outcome: z.literal('verified'),
    revision: idSchema,
    findings: z.array(z.string()),
    /** Where to go on, and of how many parts; absent once all were looked at. */
    next: z.object({ part: z.number().int().positive(), of: z.number().int().positive() }).optional(),
  }),
  /** Parts of the film are not on the shelf, or were damaged there and are taken away: they must be made again. */
  z.object({ outcome: z.literal('incomplete'), revision: idSchema, findings: z.array(z.string()) }),
]);
export type TranscodeResult = z.infer<typeof transcodeResultSchema>;

/** Sent at most every 2 s while a job runs; `ratio` is of this job, 0 to 1; `speed` is film time over wall time. */
export const transcodeProgressSchema = z.object({
  phase: z.enum(['probing', 'audio', 'encoding', 'checking']),
  ratio: z.number().min(0).max(1),
  speed: z.number().min(0).optional(),
});
export type TranscodeProgress = z.infer<typeof transcodeProgressSchema>;
