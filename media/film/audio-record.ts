import { z } from 'zod';
import { idSchema } from '../contract/ids.ts';
import { packageFileSchema } from './package-manifest.ts';
import { soundMendSchema } from './sound-mend.ts';
import { soundCheckSchema } from './technical-check.ts';

const adtsFileSchema = packageFileSchema.extend({
  /** Byte at which each cell's first AAC frame begins, and last the end of the last cell's: one entry more than cells. */
  cellOffsets: z.array(z.number().int().min(0)),
});

/**
 * `audio/{language}.json`: one language of the film is encoded. `{path}/high.aac` and `low.aac` are ADTS; their first
 * frame is the encoder's priming and lies before the first offset. Frame `k` after it starts at sample 1024 k of film time and
 * belongs to the cell in which it starts.
 */
export const audioRecordSchema = z.object({
  schema: z.literal(1),
  revision: idSchema,
  language: z.string(),
  /** Folder as a storage key, without a slash at its end. */
  path: z.string(),
  high: adtsFileSchema,
  low: adtsFileSchema,
  /** Segments `{path}/00000.m4s` ... and `{path}/init.mp4` of package cmaf. */
  cmaf: z
    .object({
      initFile: packageFileSchema,
      files: z.array(packageFileSchema),
      averageBps: z.number().int(),
      peakBps: z.number().int(),
    })
    .optional(),
  /** Integrated loudness before the gain; null for silence. */
  measuredLufs: z.number().nullable(),
  gainDb: z.number(),
  /** What was mended before it was measured. */
  mended: soundMendSchema.optional(),
  errorLines: z.number().int().min(0),
  /** Absent in records of earlier versions. */
  check: soundCheckSchema.optional(),
});
export type AudioRecord = z.infer<typeof audioRecordSchema>;
